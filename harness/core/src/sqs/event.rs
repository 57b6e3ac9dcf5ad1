//! What happened in a queue.

use std::sync::Arc;

use crate::{Timestamp, Uuid};

/// Something that happened in a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// ARN of the queue.
    pub queue: Arc<str>,
    /// What.
    pub what: Happening,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// A queue came into being.
    QueueCreated,
    /// A queue was deleted with all that was in it.
    QueueDeleted,
    /// The queue's messages were purged.
    Purged {
        /// How many messages went.
        messages: u64,
    },
    /// A message was accepted.
    Sent {
        /// Its id.
        message: Uuid,
        /// Its message group.
        group: Option<Arc<str>>,
        /// When it becomes visible.
        visible_at: Timestamp,
    },
    /// A send was recognised as a duplicate and not enqueued.
    Deduplicated {
        /// Id of the message that it repeats.
        message: Uuid,
    },
    /// A message was handed out.
    Received {
        /// Its id.
        message: Uuid,
        /// How often it has been received, this time included.
        count: u32,
        /// Until when it is hidden.
        hidden_until: Timestamp,
    },
    /// The visibility of a message was changed.
    VisibilityChanged {
        /// Its id.
        message: Uuid,
        /// Until when it is hidden.
        hidden_until: Timestamp,
    },
    /// A message was deleted by a consumer.
    Deleted {
        /// Its id.
        message: Uuid,
    },
    /// A message outlived the retention period.
    Expired {
        /// Its id.
        message: Uuid,
    },
    /// A message went to the dead-letter queue.
    DeadLettered {
        /// Its id.
        message: Uuid,
        /// ARN of the dead-letter queue.
        to: Arc<str>,
    },
    /// A message move task took the message elsewhere.
    Moved {
        /// Its id before the move.
        message: Uuid,
        /// Its id afterwards.
        became: Uuid,
        /// ARN of the destination.
        to: Arc<str>,
    },
}
