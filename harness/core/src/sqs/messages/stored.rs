//! A message inside a queue: the message and what the queue knows about it, packed.

use std::sync::Arc;

use super::body::Body;
use super::list::{Linked, Links};
use super::message::{DeduplicationId, Extras, Message};
use super::slab::{NONE, Slab};
use crate::sqs::checksum::Md5;
use crate::{Timestamp, Uuid};

/// All messages of a queue.
pub(super) type Store = Slab<Stored>;

/// Whether and why a message is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Not yet visible for the first time.
    Delayed,
    /// Visible; on a FIFO queue it may still wait for earlier messages of its group.
    Visible,
    /// Hidden by a visibility timeout: in flight.
    Hidden,
}

/// A message inside a queue.
#[derive(Debug)]
pub(in crate::sqs) struct Stored {
    pub(in crate::sqs) id: Uuid,
    pub(in crate::sqs) body: Body,
    pub(in crate::sqs) body_md5: Md5,
    pub(in crate::sqs) sender: Arc<str>,
    pub(in crate::sqs) deduplication: DeduplicationId,
    pub(in crate::sqs) extras: Option<Box<Extras>>,
    pub(in crate::sqs) sent_at: Timestamp,
    /// Zero when it was never received.
    first_received_at: Timestamp,
    /// When it was last received.
    pub(super) received_at: Timestamp,
    /// Order within the queue: messages are handed out by it, lowest first.
    pub(in crate::sqs) position: u64,
    /// When it becomes visible, if it is delayed or hidden.
    pub(super) visible_at: Timestamp,
    /// Neighbours by age.
    age: Links,
    /// Neighbours on the same lane of a standard queue, or in the same group of a FIFO queue.
    lane: Links,
    pub(in crate::sqs) receive_count: u32,
    /// How often it had been received, in other queues, before it came here.
    count_on_arrival: u32,
    /// The message group's place, or `NONE`.
    pub(super) group: u32,
    pub(super) shard: u16,
    pub(super) state: State,
    /// Whether it already came back after a deletion.
    pub(super) resurrected: bool,
    /// Whether it is kept among the late ones of its age list.
    pub(super) late_in_age: bool,
    /// How many purges, modulo 256, the queue had seen when it came.
    pub(super) purges: u8,
}

impl Stored {
    /// What the queue makes of an incoming message, and the name of its group.
    pub(super) fn new(message: Message, position: u64) -> (Self, Option<Box<str>>) {
        let Message { id, body, body_md5, sender, group, deduplication, extras, .. } = message;
        let stored = Self {
            id,
            body,
            body_md5,
            sender,
            deduplication,
            extras,
            sent_at: message.sent_at,
            first_received_at: message.first_received_at.unwrap_or_default(),
            received_at: Timestamp(0),
            position,
            visible_at: Timestamp(0),
            age: Links::NONE,
            lane: Links::NONE,
            receive_count: message.receive_count,
            count_on_arrival: message.receive_count,
            group: NONE,
            shard: 0,
            state: State::Visible,
            resurrected: false,
            late_in_age: false,
            purges: 0,
        };
        (stored, group)
    }

    /// The message as it leaves the queue.
    pub(super) fn into_message(self, group: Option<Box<str>>) -> Message {
        let first_received_at = self.first_received_at();
        let Self { id, body, body_md5, sender, deduplication, extras, sent_at, receive_count, .. } = self;
        Message { id, body, body_md5, sender, group, deduplication, extras, sent_at, first_received_at, receive_count }
    }

    /// When it was first received.
    pub(in crate::sqs) fn first_received_at(&self) -> Option<Timestamp> {
        (self.first_received_at != Timestamp(0)).then_some(self.first_received_at)
    }

    /// How often it was received from this queue.
    pub(in crate::sqs) fn receives_here(&self) -> u32 {
        self.receive_count - self.count_on_arrival
    }

    /// Counts a receive.
    pub(super) fn received(&mut self, now: Timestamp) {
        self.receive_count += 1;
        self.received_at = now;
        if self.first_received_at == Timestamp(0) {
            self.first_received_at = now;
        }
    }
}

/// Marks the list of all messages by age.
#[derive(Debug)]
pub(super) struct ByAge;

/// Marks the lists of lanes and groups.
#[derive(Debug)]
pub(super) struct ByLane;

impl Linked<ByAge> for Stored {
    fn links(&self) -> &Links {
        &self.age
    }

    fn links_mut(&mut self) -> &mut Links {
        &mut self.age
    }
}

impl Linked<ByLane> for Stored {
    fn links(&self) -> &Links {
        &self.lane
    }

    fn links_mut(&mut self) -> &mut Links {
        &mut self.lane
    }
}

#[cfg(test)]
mod tests {
    use super::Stored;

    /// Millions of messages are kept: with a body of 100 bytes each takes less than 400 bytes in all.
    #[test]
    fn stored_message_takes_176_bytes_besides_its_body() {
        assert_eq!(size_of::<Option<Stored>>(), 176);
    }
}
