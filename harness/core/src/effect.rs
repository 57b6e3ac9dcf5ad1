//! What the shell has to do after a step.

use std::sync::Arc;

use crate::Outcome;
use crate::sns::{DeliveryId, Post};

/// Names a call that waits for its answer, such as a long poll.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// What the shell has to do after a step.
#[derive(Debug)]
pub enum Effect {
    /// Answer the call that was told to wait.
    Answer {
        /// The ticket that the call got.
        ticket: Ticket,
        /// Its answer.
        outcome: Outcome,
    },
    /// Make an attempt to deliver, and tell [`World::delivered`](crate::World::delivered) what came of it.
    Deliver {
        /// Names the delivery.
        delivery: DeliveryId,
        /// What to send.
        post: Arc<Post>,
    },
}
