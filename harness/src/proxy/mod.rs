//! Another backend behind the server, in place of the reference.
//!
//! - [`Upstream`]: where it is, and how it is asked; start here
//! - [`UpstreamProblem`]: why it can't be
//! - `ask`: asks it
//! - `trust`: whose certificates are taken
//! - `address`: queue URLs in requests and answers

mod address;
mod ask;
mod problem;
mod trust;
mod upstream;

pub use problem::UpstreamProblem;
pub use upstream::Upstream;
