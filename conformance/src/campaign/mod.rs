//! Chaos for consumers in any language: a command is run again and again against an endpoint with faults.
//!
//! - [`Scenario`]: queue or stream, messages and limits of every run: start here
//! - [`run`](run::run): one run
//! - [`search`](search::search): seed by seed, until one breaks something; then the smallest schedule that still does
//! - [`feed`]: what the consumer reads from, be it a [`queue`], perhaps behind a topic, or a [`stream`]
//! - [`clients`]: a client of each service, for one address
//! - [`place`]: `serve` or `proxy` as a process beside this one, and its control API
//! - [`command`]: the consumer, as a process that is killed and started anew
//! - [`effects`]: what the consumer appends to the file of its effects

pub mod clients;
pub mod command;
pub mod effects;
pub mod feed;
pub mod place;
pub mod queue;
pub mod run;
mod scenario;
pub mod search;
pub mod stream;

pub use scenario::Scenario;
