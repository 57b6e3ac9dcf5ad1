//! Plans: what may happen in a run, as YAML or from a typed builder.
//!
//! ```yaml
//! plan: "1.0"
//! about: Replies to sends get lost, and a delete now and then.
//! swarm: true
//! rules:
//!   - rule: lost-reply
//!     when: { operation: SendMessage, queue: payments, between: [0s, 2m] }
//!     probability: 0.1
//!   - rule: lost-reply
//!     places:
//!       - { call: sqs:DeleteMessage, key: order-3, nth: 1 }
//! ```
//!
//! Start with [`Plan::load`].
//!
//! - `plan`: [`Plan`], [`PlannedRule`], [`When`], [`Chance`]: what a plan says
//! - `parameters`: [`Parameters`] of a rule, with durations and numbers read
//! - `known`: [`Known`], what the loader must know of a rule; [`Place`], where a plan acts
//! - `pattern`: names with `*` in them
//! - `duration`: `31s`, `250ms`

mod duration;
mod known;
mod parameters;
mod pattern;
#[expect(clippy::module_inception, reason = "the noun of the module is the noun of the file")]
mod plan;

pub use duration::{DurationProblem, parse_duration, show_duration};
pub use known::{Kind, Known, Parameter, Place};
pub use parameters::Parameters;
pub use pattern::Pattern;
pub use plan::{Chance, KeySource, Phase, Plan, PlannedRule, PlannedSite, Preset, Swarm, When};
