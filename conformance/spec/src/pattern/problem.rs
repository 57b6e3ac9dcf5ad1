//! What is wrong with a pattern.

/// A part of a pattern that does not follow the format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}: {remedy}")]
pub struct PatternProblem {
    /// JSON pointer from the pattern's root to the part, operators included: `/Messages/$unordered/0/Body`.
    pub pointer: String,
    /// What to write at the part, a few words.
    pub label: &'static str,
    /// What is wrong, a lowercase fragment.
    pub message: String,
    /// What to write instead.
    pub remedy: String,
}
