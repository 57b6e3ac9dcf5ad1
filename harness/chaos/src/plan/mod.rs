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
//! - `load`: [`Plan::load`], from text
//! - `builder`: [`PlanBuilder`], [`RuleBuilder`], the same in Rust
//! - `preset`: [`Preset`], the plans that come with the crate
//! - `activate`: [`Plan::activate`], which rules a seed switches on
//! - `parameters`: [`Parameters`] of a rule, with durations and numbers read
//! - `known`: [`Known`], what the loader must know of a rule; [`Place`], where a plan acts
//! - `pattern`: names with `*` in them
//! - `duration`: `31s`, `250ms`
//! - `read`: from a YAML tree to a plan
//! - `yaml`: from text to a tree with places; [`Problems`], what is wrong, drawn ([`Drawing`]); [`nearest`], did-you-mean

mod activate;
mod builder;
mod duration;
mod known;
mod load;
mod parameters;
mod pattern;
#[expect(clippy::module_inception, reason = "the noun of the module is the noun of the file")]
mod plan;
mod preset;
mod read;
mod yaml;

pub use builder::{PlanBuilder, RuleBuilder};
pub use duration::{DurationProblem, parse_duration, show_duration};
pub use known::{Kind, Known, Parameter, Place};
pub use parameters::Parameters;
pub use pattern::Pattern;
pub use plan::{Chance, KeySource, Phase, Plan, PlannedRule, PlannedSite, Preset, Swarm, When};
pub use yaml::{Drawing, Problem, Problems, Span, Style, Text, nearest};
