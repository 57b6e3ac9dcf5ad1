//! Whether what was seen is what a spec expects, as `specs/README.md` defines it under Matching.
//!
//! - [`mismatches`]: a pattern and a value: start here
//! - [`error_mismatches`]: an error pattern and a refusal
//! - [`Mismatch`]: one difference, with its place in the pattern and in the value
//! - `unordered`: elements to patterns, in any order
//! - `value_type`: the words of `$type`
//! - `describe`: patterns and values in words

mod describe;
mod error;
mod mismatch;
mod pattern;
mod unordered;
mod value_type;

pub use error::error_mismatches;
pub use mismatch::Mismatch;
pub use pattern::mismatches;
