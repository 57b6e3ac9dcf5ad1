//! Histories, and the invariants that they must hold.
//!
//! - [`Record`], [`What`], [`HandlerState`], [`LeaseState`], [`CheckpointEnd`], [`Phase`]: one line of a history: start here
//! - [`jsonl`]: histories as files
//! - [`jepsen`]: histories for Jepsen's tools
//! - [`Scene`], [`Expectation`], [`KeyRule`]: what a history does not tell of its queues and its consumer
//! - [`check_all`], [`check_these`], [`Invariant`], [`Verdict`]: what must hold, and whether it does
//! - [`Effects`]: what a run did to the outside world, for comparing runs
//! - [`probe`]: what consumers in any language tell of their effects
//! - [`Accounting`]: how many messages were sent, received, recovered and lost
//! - [`Stress`], [`Promise`]: what must have happened for that to mean anything
//! - [`divergence`]: whether two runs of one seed were the same
//! - `told`: events of the reference as lines of a history
//! - `traffic`: everything that a history tells, as one index
//! - `streams`: shards, what was put into them, what was read, and what was done with it
//! - `topics`: topics, their subscriptions and what became of each message on its way to each of them
//! - `linearize`: whether operations on a queue can be explained, by bad patterns
//! - `mutation`: checkers with a fault on purpose, for tests

mod accounting;
mod determinism;
mod effects;
mod expectation;
mod invariant;
mod invariants;
pub mod jepsen;
pub mod jsonl;
mod key;
mod linearize;
mod mutation;
pub mod probe;
mod record;
#[cfg(test)]
mod samples;
mod scene;
#[cfg(test)]
mod story;
mod streams;
mod stress;
mod told;
mod topics;
mod traffic;
mod vacuity;
mod verdict;

pub use accounting::Accounting;
pub use determinism::{Divergence, divergence};
pub use effects::Effects;
pub use expectation::{Calm, Expectation, RetryLimits, Variant};
pub use invariant::{Invariant, Subject};
pub use invariants::{check_all, check_these};
pub use key::KeyRule;
pub use record::{CheckpointEnd, HandlerState, LeaseState, Phase, Record, What};
pub use scene::Scene;
pub use stress::Stress;
pub use vacuity::{Promise, vacuity};
pub use verdict::Verdict;
