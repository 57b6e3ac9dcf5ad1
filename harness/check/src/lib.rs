//! Histories, and the invariants that they must hold.
//!
//! - [`Record`], [`What`]: one line of a history: start here

mod record;

pub use record::{Record, What};
