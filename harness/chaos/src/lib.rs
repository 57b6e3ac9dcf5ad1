//! Fault injection: what a plan allows, a run draws, and a schedule replays.
//!
//! What AWS itself may do at random is not a fault: see `redeliver_core::Lifelike`.
//!
//! - [`plan`]: what may happen in a run, as YAML or from a builder
//! - [`failpoints`]: names of crash-like moments in the shell, for users of `FAILPOINTS`

pub mod failpoints;
pub mod plan;

pub use plan::Plan;
