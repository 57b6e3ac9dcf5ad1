//! What the schema cannot say.
//!
//! - `evidence`: a case has evidence that can be looked up
//! - `input`: parameters against the shape of an operation's input
//! - `output`: patterns against the shape of its output
//! - `saved`: pointers of captures against the shape of its output
//! - `scalar`: single values against a shape
//! - `captures`: variables are known where they are used and used where they are known

mod captures;
mod evidence;
mod input;
mod output;
mod saved;
mod scalar;

pub(crate) use captures::check as check_captures;
pub(crate) use evidence::check as check_evidence;
pub(crate) use input::{Required, check as check_input, check_functions};
pub(crate) use output::{check as check_output, check_pattern};
pub(crate) use saved::check as check_saved;
pub(crate) use scalar::is_base64;
