//! AWS itself as a target: guards, names and tags, pace, what it costs, and what is cleared away.
//!
//! - [`Aws`]: what a manifest says of it
//! - [`admit`]: consent, account, region and credentials, before anything is called: start here
//! - [`Admitted`]: a run that may call AWS
//! - [`Caller`]: whose credentials a run has
//! - [`Rules`]: what holds for every call of such a run
//! - [`RunId`]: which run a thing is of, as its name says
//! - `login`: region and credentials as AWS's own tools find them, and whose they are
//! - `reach`: what a call may touch
//! - `tags`: what everything is tagged with that can be
//! - `pace`: how often operations may be called
//! - [`Usage`], [`Price`], [`estimate`]: what a run would call and cost
//! - [`sweep`]: finds and removes what runs left behind
//! - `moment`: times in tags

mod admit;
mod caller;
mod estimate;
#[cfg_attr(not(feature = "aws"), path = "no_login.rs")]
mod login;
mod manifest;
mod moment;
mod pace;
pub mod price;
mod reach;
mod rules;
mod run_id;
mod sweep;
mod tags;
mod usage;

pub(crate) use admit::{Admitted, Wanted, admit};
pub(crate) use caller::Caller;
pub use estimate::{Estimate, estimate};
pub use manifest::Aws;
pub use price::{PRICES, Price};
pub(crate) use rules::Rules;
pub use run_id::RunId;
pub use sweep::{Found, Sweep, Which, sweep};
pub use usage::Usage;
