//! Another backend behind the server, in place of the reference.
//!
//! - [`Upstream`]: where it is, and how it is asked; start here
//! - [`UpstreamProblem`]: why it can't be
//! - `address`: queue URLs in requests and answers

mod address;
mod upstream;

pub use upstream::{Upstream, UpstreamProblem};
