//! The comparison for programs.

use super::Comparison;

/// Writes the comparison as JSON.
///
/// # Panics
///
/// Never: all keys are strings.
pub fn json(comparison: &Comparison) -> String {
    serde_json::to_string_pretty(comparison).expect("all keys are strings") + "\n"
}
