//! Patterns: what a response must look like, as `specs/README.md` defines it under Matching.
//!
//! - `ast`: [`Pattern`], what matching walks
//! - `parse`: from a value to a pattern, every operator with its operand
//! - `value_type`: the words of `$type`
//! - `decimal`: numbers of any length, as `$between` and `$greater-than` compare them
//! - `problem`: what is wrong with a pattern, and where

mod ast;
mod decimal;
mod parse;
mod problem;
mod value_type;

pub use ast::{OPERATORS, Pattern};
pub use decimal::Decimal;
pub(crate) use parse::reason;
pub use problem::PatternProblem;
pub use value_type::ValueType;
