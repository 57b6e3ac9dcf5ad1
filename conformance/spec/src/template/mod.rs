//! Variables and functions in the values of a step.
//!
//! - `scope`: [`Scope`], the variables that are known
//! - `text`: text with `${name}` in it, cut into its parts
//! - `resolve`: [`resolve`] for parameters, [`substitute`] for patterns
//! - `problem`: what is wrong with a template, and where

mod problem;
mod resolve;
mod scope;
mod text;

pub use problem::{TemplateFault, TemplateProblem};
pub use resolve::{FUNCTIONS, TEXT_BYTES_MAX, resolve, substitute, substitute_text, variables};
pub use scope::{Scope, VARIABLES};
pub(crate) use text::is_operator;
pub use text::{Part, has_variable, is_name, parts};
