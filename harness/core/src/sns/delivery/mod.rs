//! From a published message to every endpoint that gets it.
//!
//! - `run`: what calls have sent on its way, and what is due; start here
//! - `fan_out`: which subscriptions get a message
//! - `queue`, `webhook`, `kept`, `confirm`: deliveries to queues; over HTTP; by ways that nobody plays here; messages of SNS itself
//! - `screened`: messages on their way out of topics with a data protection policy
//! - `rendering`: what endpoints get, made once for all that get the same
//! - `letter`, `fallback`: a message as a queue gets it; what becomes of one that could not be delivered
//! - `post`, `posting`: what goes over HTTP and what came of it; attempt by attempt
//! - `schedule`, `throttle`: what is under way, and when it goes on
//! - `policy`: how deliveries are repeated and held back
//! - `course`: what a fault does to a delivery
//! - `transit`: what a delivery needs besides the message

mod confirm;
mod course;
mod fallback;
mod fan_out;
mod kept;
mod letter;
pub(crate) mod policy;
mod post;
mod posting;
mod queue;
mod rendering;
mod run;
mod schedule;
mod screened;
mod throttle;
mod transit;
mod webhook;

pub use course::{Course, Falling, Passing};
pub use policy::PolicyFault;
pub use post::{Attempted, DeliveryId, Destination, Post};
pub(in crate::sns) use run::Outgoing;
pub(in crate::sns) use schedule::Deliveries;
pub(crate) use transit::Transit;
