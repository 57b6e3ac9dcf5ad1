//! What is wrong with spec files, with its place and a remedy.
//!
//! - `problem`: [`Problem`] and [`Problems`], what a loader hands out
//! - `render`: how they are drawn
//! - `finding`: what a check finds in one file, by JSON pointer; it becomes a [`Problem`] when its place is looked up

mod finding;
#[expect(clippy::module_inception, reason = "the noun of the module is the noun of the file")]
mod problem;
mod render;

pub(crate) use finding::Findings;
pub use problem::{Problem, Problems};
pub use redeliver_chaos::plan::Style;
