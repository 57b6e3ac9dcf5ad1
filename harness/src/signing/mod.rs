//! New signatures for requests that faults, or a proxy, changed or made.
//!
//! - [`Credentials`]: what is signed with
//! - [`Source`], [`SourceProblem`]: where credentials are; start here
//! - `profile`: the AWS shared credentials file
//! - `sign`: signs a request
//! - `refused`: what a client is told when a backend does not take what was changed

#[cfg(feature = "server")]
mod credentials;
#[cfg(feature = "server")]
mod profile;
mod refused;
#[cfg(feature = "server")]
mod sign;
#[cfg(feature = "server")]
mod source;

#[cfg(feature = "server")]
pub use credentials::Credentials;
pub(crate) use refused::{Refused, explain};
#[cfg(feature = "server")]
pub(crate) use sign::{sign, sign_put};
#[cfg(feature = "server")]
pub use source::{Source, SourceProblem};
