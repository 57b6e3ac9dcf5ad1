//! What several tests are made of.
//!
//! - `values`: [`values`]: any value of a shape
//! - `runner`: [`runner`]: property tests that are the same in every run

mod runner;
mod values;

pub(crate) use runner::runner;
pub(crate) use values::values;
