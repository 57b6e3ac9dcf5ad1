//! What specs are run against: the built-in reference, an address, or a program that is started for the run.
//!
//! - [`Manifest`]: what is known of a target, from `conformance/targets/<name>.yaml` or a file of the user's own
//! - [`Start`], [`Program`], [`Ready`]: how a target comes to be there
//! - [`find`], [`builtin`]: manifests by name, path or URL
//! - [`Target`], [`Options`], [`Profile`]: a target that is open for calls
//! - [`TargetProblem`]: why it could not be opened
//! - [`Time`], [`Clock`]: how time passes there
//! - `account`: which account a target works in
//! - `child`: a program that is started and stopped
//! - `probe`: whether an address answers

mod account;
mod builtin;
mod child;
mod endpoint;
mod find;
mod manifest;
mod open;
mod probe;
mod problem;
mod start;
mod time;

pub use builtin::builtin;
pub use endpoint::Endpoint;
pub use find::find;
pub use manifest::{Credentials, Manifest};
pub use open::{Options, Profile, Target};
pub use problem::TargetProblem;
pub use start::{Program, Ready, Start};
pub use time::{Clock, Time};
