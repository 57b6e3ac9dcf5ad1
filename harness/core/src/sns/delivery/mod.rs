//! From a published message to every endpoint that gets it.
//!
//! - `post`: what goes over HTTP, and what came of it
//! - `policy`: how deliveries are repeated and held back

pub(crate) mod policy;
mod post;

pub use policy::PolicyFault;
pub use post::{Attempted, DeliveryId, Destination, Post};
