//! What specs are run against: the built-in reference, an address, or a program or container that is started for the run.
//!
//! - [`Manifest`]: what is known of a target, from `conformance/targets/<name>.yaml` or a file of the user's own
//! - [`schema`], `written`, `lint`: how manifests are written, and what is checked of them
//! - [`Start`], [`Program`], [`Container`], [`Ready`], [`Reset`]: how a target comes to be there, and is emptied
//! - [`find`], [`builtin`]: manifests by name, path or URL
//! - [`Target`], [`Options`], [`Profile`]: a target that is open for calls
//! - [`Addresses`], [`Endpoint`]: where it answers
//! - [`TargetProblem`]: why it could not be opened
//! - [`Time`], [`Clock`]: how time passes there
//! - [`Tolerance`]: what is overlooked
//! - [`Usage`]: what a program took of this machine
//! - [`end_all`]: ends what was started, for a process that stops at once
//! - `account`: which account a target works in
//! - `child`, `contained`: a program or container that is started and stopped; `ready`: waits for it
//! - `words`, `ports`, `files`, `locate`: what stands in the texts of a manifest, and where programs are
//! - `probe`: whether an address answers; `greet`: whether it speaks as a service of AWS does

mod account;
mod addresses;
mod builtin;
mod child;
#[cfg_attr(not(feature = "containers"), path = "uncontained.rs")]
mod contained;
mod container;
mod endpoint;
mod files;
mod find;
mod greet;
mod leftovers;
mod lint;
mod locate;
mod manifest;
mod open;
mod ports;
mod probe;
mod problem;
mod ready;
mod reset;
mod start;
mod time;
mod tolerance;
mod usage;
mod words;
mod written;

pub use addresses::Addresses;
pub use builtin::builtin;
pub use container::{Container, Volume};
pub use endpoint::Endpoint;
pub use find::find;
pub(crate) use greet::is_of_the_protocol;
pub use leftovers::end_all;
pub(crate) use leftovers::{Noted, note};
pub use manifest::{Avoided, Credentials, Manifest, Tried};
pub use open::{Options, Profile, Target};
pub use problem::TargetProblem;
pub use reset::Reset;
pub use start::{Program, Ready, Start};
pub use time::{Clock, Time};
pub use tolerance::Tolerance;
pub use usage::Usage;
pub(crate) use written::Lasting;
pub use written::schema;
