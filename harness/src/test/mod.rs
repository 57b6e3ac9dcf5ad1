//! Tests of consumers: run under every fault within a budget, and reduced to the smallest one that breaks them.
//!
//! - [`Test`]: start here, or with `#[redeliver::test]`, which makes one
//! - [`Outcome`], [`Problem`]: what a test came to
//! - [`Failure`], [`Breach`], [`Found`], [`Coverage`], [`SearchPhase`]: a failure as plain data
//! - `keep`: what a failure leaves behind
//! - `regression`: the file that replays a failure first next time
//! - `tell`: a failure as its story
//! - `environment`: what the variables `REDELIVER_*` ask for

mod builder;
mod environment;
mod failure;
mod keep;
mod outcome;
mod regression;
mod tell;

pub use builder::Test;
pub use failure::{Breach, Coverage, Failure, Found, SearchPhase};
pub use outcome::{Outcome, Passed, Problem};
