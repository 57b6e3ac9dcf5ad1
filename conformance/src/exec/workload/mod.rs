//! A `workload` step: producers and consumers at the same time, and what must hold of what they saw.
//!
//! - [`run`]: the step: start here
//! - `plan`: which producer sends which message when
//! - `produce`, `consume`, `dead_letters`: one kind of process each
//! - `receive`: a receive, tried again when the server failed
//! - `progress`: what all of them know together: what is done, and when to end
//! - `verdict`: the history against invariants and expected stress

mod consume;
mod dead_letters;
mod plan;
mod produce;
mod progress;
mod receive;
mod run;
mod verdict;

pub(super) use run::run;
