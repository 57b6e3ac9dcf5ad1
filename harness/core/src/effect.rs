//! What the shell has to do after a step.

use std::sync::Arc;

use redeliver_model::kinesis::SubscribeToShardEvent;

use crate::kinesis::StoredObject;
use crate::sns::{DeliveryId, Post};
use crate::{Error, Outcome};

/// Names a call that waits for its answer, such as a long poll.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// What comes on a stream of events.
#[derive(Debug, Clone, PartialEq)]
pub enum Emitted {
    /// An event of `SubscribeToShard`.
    Event(Box<SubscribeToShardEvent>),
    /// An error, after which nothing follows.
    Failed(Error),
    /// The end.
    End,
}

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
    /// Say something on a stream of events.
    Emit {
        /// The ticket that the call got.
        ticket: Ticket,
        /// What to say.
        emitted: Emitted,
    },
    /// Make an attempt to deliver, and tell [`World::delivered`](crate::World::delivered) what came of it.
    Deliver {
        /// Names the delivery.
        delivery: DeliveryId,
        /// What to send.
        post: Arc<Post>,
    },
    /// Write an object of a channel.
    Store {
        /// What to write.
        object: Arc<StoredObject>,
    },
}
