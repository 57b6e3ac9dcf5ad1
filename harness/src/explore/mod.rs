//! The search for the smallest fault that breaks a test.
//!
//! - `search`: its parts, in order: start here
//! - `run`: one run
//! - `candidates`: what is tried, in which order
//! - `diverge`: whether two runs are the same
//! - `budget`: wall time
//! - `quiet`: panics as results

pub(crate) mod budget;
mod candidates;
mod diverge;
pub(crate) mod quiet;
pub(crate) mod run;
pub(crate) mod search;
