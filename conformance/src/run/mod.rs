//! Running the selected cases: several at a time, one place that tells.
//!
//! - [`scheduler`]: worker threads that run cases, and the thread that judges and tells
//! - [`judge`]: from finding to verdict, with what is known of the target
//! - [`interrupt`]: how Ctrl-C ends a run
//! - [`order`]: which cases start first
//! - [`skip`]: which cases a target cannot run, or not soon enough

pub mod interrupt;
pub mod judge;
pub mod order;
pub mod scheduler;
pub mod skip;
