//! The JSON schema of the format: for editors, and the first thing that a file is checked against.
//!
//! - `generate`: [`schema`], made from the types in `raw`
//! - `check`: all breaches of the schema in a value
//! - `tell`: how each kind of breach is told

mod check;
mod generate;
mod tell;

pub(crate) use check::Compiled;
pub use generate::schema;
pub(crate) use generate::{check, schema_of};
pub(crate) use tell::noun;
