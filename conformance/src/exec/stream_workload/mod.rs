//! A `workload` step of a stream: producers and readers at the same time while shards change, and what must hold of what they saw.
//!
//! - [`run`]: the step: start here
//! - `plan`: which producer puts which record when
//! - `produce`, `poll`, `fan_out`, `reshard`: one kind of process each
//! - `replay`: reading again at the end
//! - `lineage`: which shards a reader may read, parents first
//! - `ledger`: what all of them saw and did, and when to end
//! - `call`: calls that are tried again when the service has too much to do
//! - `judge`: the ledger against invariants
//! - `verdict`: invariants and expected stress

mod call;
mod fan_out;
mod judge;
mod ledger;
mod lineage;
mod plan;
mod poll;
mod produce;
mod replay;
mod reshard;
mod run;
mod verdict;

pub(super) use run::run;
