//! Why a target could not be opened.

/// Why a target could not be opened; the text says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TargetProblem {
    /// What was asked for makes no sense: an unknown name, a broken manifest, an address that is none.
    #[error("{0}")]
    Usage(String),
    /// The target is not there: its program is missing or died, or nothing answers at its address.
    #[error("{0}")]
    Unreachable(String),
}
