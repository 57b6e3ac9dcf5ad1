//! One difference between a pattern and a value.

use redeliver_spec::Pattern;

use super::describe::describe;
use crate::finding::Difference;

/// One difference between a pattern and a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// JSON pointer into the pattern, operators included, for example `/Messages/$unordered/0/Body`.
    pub pattern: String,
    /// JSON pointer into the value; below a text that is read as JSON it goes on inside.
    pub at: String,
    /// What was expected, in words or as JSON.
    pub expected: String,
    /// What was seen.
    pub seen: String,
}

impl Mismatch {
    /// Whether nothing was expected, and an empty list or map was seen.
    pub fn is_only_empty(&self) -> bool {
        self.expected == describe(&Pattern::Absent) && matches!(self.seen.as_str(), "[]" | "{}")
    }
}

impl From<Mismatch> for Difference {
    fn from(mismatch: Mismatch) -> Self {
        Self { at: mismatch.at, expected: mismatch.expected, seen: mismatch.seen }
    }
}
