//! What happens by itself, by the time at which it does.

use std::collections::BTreeMap;

use super::StreamId;
use super::channel::ChannelId;
use super::consumer::ConsumerId;
use super::queue::QueueId;
use crate::{Ticket, Timestamp};

/// What is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::kinesis) enum Due {
    /// What a stream is busy with comes to its end.
    Stream(StreamId),
    /// A minute is over in which an on-demand stream took something.
    Minute(StreamId),
    /// An on-demand stream has grown.
    Growth(StreamId),
    /// What a consumer of a stream is busy with comes to its end.
    Consumer(StreamId, ConsumerId),
    /// What a queue is busy with comes to its end.
    Queue(QueueId),
    /// What a channel is busy with comes to its end.
    Channel(ChannelId),
    /// A channel writes what it has.
    Delivery(ChannelId),
    /// A record of a queue is shown again.
    Look(QueueId),
    /// The time of a receive is over.
    Wait(Ticket),
    /// A subscription has something to say, or ends.
    Subscription(Ticket),
}

/// What happens by itself, in order: of what is due at one time, that comes first which was planned first.
#[derive(Debug, Default)]
pub(in crate::kinesis) struct Agenda {
    due: BTreeMap<(Timestamp, u64), Due>,
    planned: u64,
}

impl Agenda {
    /// Adds something.
    pub(in crate::kinesis) fn plan(&mut self, at: Timestamp, due: Due) {
        self.planned += 1;
        self.due.insert((at, self.planned), due);
    }

    /// Takes out what is due next, if that is by `now`.
    pub(in crate::kinesis) fn pop(&mut self, now: Timestamp) -> Option<(Timestamp, Due)> {
        let entry = self.due.first_entry().filter(|entry| entry.key().0 <= now)?;
        let ((at, _), due) = entry.remove_entry();
        Some((at, due))
    }

    /// When something is due next.
    pub(in crate::kinesis) fn wake_at(&self) -> Option<Timestamp> {
        self.due.first_key_value().map(|(&(at, _), _)| at)
    }
}
