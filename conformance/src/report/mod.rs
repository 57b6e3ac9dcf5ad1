//! Reports: pure functions of what a run has told.
//!
//! - [`Recorded`], [`Recorder`]: everything that a run told, in an order of its own
//! - [`About`], [`now`]: what is known of a run beside its cases
//! - [`console`]: for people, while and after it runs
//! - [`json`], [`junit`], [`history`]: for programs
//! - [`github`], [`markdown`]: for the pages of a CI
//! - [`Context`]: what these need beyond what a run tells
//! - [`files`]: where reports are written
//! - `failure`, `detail`, `evidence`, `summary`, `progress`: parts of these

mod about;
pub mod console;
mod context;
pub mod detail;
pub mod evidence;
pub mod failure;
pub mod files;
pub mod github;
pub mod history;
pub mod json;
pub mod junit;
pub mod markdown;
pub(crate) mod progress;
mod recorded;
#[cfg(test)]
mod sample;
mod summary;

pub use about::{About, now};
pub use context::Context;
pub(crate) use progress::Progress;
pub use recorded::{Recorded, Recorder};
