//! Reports: pure functions of what a run has told.
//!
//! - [`Recorded`], [`Recorder`]: everything that a run told, in an order of its own
//! - [`About`], [`now`]: what is known of a run beside its cases
//! - [`console`]: for people, while and after it runs
//! - [`json`], [`junit`], [`history`]: for programs
//! - [`files`]: where reports are written
//! - `failure`, `detail`, `evidence`, `summary`, `progress`: parts of these

mod about;
pub mod console;
pub mod detail;
pub mod evidence;
pub mod failure;
pub mod files;
pub mod history;
pub mod json;
pub mod junit;
mod progress;
mod recorded;
mod summary;

pub use about::{About, now};
pub use recorded::{Recorded, Recorder};
