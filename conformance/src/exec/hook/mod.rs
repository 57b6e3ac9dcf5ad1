//! HTTP endpoints beside the runner, which a target delivers to.
//!
//! - `endpoints`: [`Endpoints`], those of a case: receivers in process where the target is, listeners on loopback elsewhere; start here
//! - `inbox`: what came to one, and what it answers
//! - `listener`: an address on loopback

mod endpoints;
mod inbox;
mod listener;

pub(super) use endpoints::Endpoints;
