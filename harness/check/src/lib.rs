//! Histories, and the invariants that they must hold.
//!
//! - [`Record`], [`What`], [`HandlerState`], [`Phase`]: one line of a history: start here
//! - [`jsonl`]: histories as files
//! - [`Scene`]: what a history does not tell of its queue
//! - [`Invariant`], [`Verdict`]: what must hold, and whether it does
//! - [`Stress`]: what must have happened for that to mean anything
//! - `told`: events of the reference as lines of a history
//! - `traffic`: sends, deliveries and removals, read off a history

mod invariants;
pub mod jsonl;
mod record;
mod scene;
#[cfg(test)]
mod story;
mod stress;
mod told;
mod traffic;
mod verdict;

pub use invariants::Invariant;
pub use record::{HandlerState, Phase, Record, What};
pub use scene::Scene;
pub use stress::Stress;
pub use verdict::Verdict;
