//! Messages for the tests of this module: a queue whose bodies are numbers, driven by hand.

use crate::sqs::queue::QueueId;
use crate::sqs::receipt_handle::ReceiptHandle;
use crate::sqs::settings::{FifoSettings, Settings};
use crate::{Calm, Ids, Oracle, Poll, Timestamp};

use super::{Cursor, DeduplicationId, Message, Messages};

/// A queue and its source of ids.
#[derive(Debug)]
pub(super) struct Sample {
    pub(super) messages: Messages,
    ids: Ids,
}

impl Sample {
    pub(super) fn standard() -> Self {
        Self::of(&Settings::default(), &mut Calm)
    }

    pub(super) fn fifo() -> Self {
        Self::of(&Settings { fifo: Some(FifoSettings::default()), ..Settings::default() }, &mut Calm)
    }

    pub(super) fn of(settings: &Settings, oracle: &mut dyn Oracle) -> Self {
        Self { messages: Messages::new(settings, oracle), ids: Ids::new(1) }
    }

    /// Sends a body, to a group if there is one, with a delay.
    pub(super) fn send(&mut self, at: u64, body: &str, group: Option<&str>, delay: u64) {
        let message = Message {
            id: self.ids.uuid(),
            body: body.to_owned().into(),
            body_md5: [0; 16],
            sender: "me".into(),
            group: group.map(Into::into),
            deduplication: DeduplicationId::OfBody,
            extras: None,
            sent_at: Timestamp(at),
            first_received_at: None,
            receive_count: 0,
        };
        self.messages.insert(Timestamp(at), message, Timestamp(at + delay), &mut Calm);
        self.messages.check();
    }

    /// Receives up to `max` for `hidden` milliseconds, after time has passed up to `at`.
    pub(super) fn receive(&mut self, at: u64, max: usize, hidden: u64) -> Vec<(String, ReceiptHandle)> {
        self.receive_from(at, max, hidden, Poll::Long, &mut Calm)
    }

    pub(super) fn receive_from(
        &mut self,
        at: u64,
        max: usize,
        hidden: u64,
        poll: Poll,
        oracle: &mut dyn Oracle,
    ) -> Vec<(String, ReceiptHandle)> {
        self.pass(at);
        let now = Timestamp(at);
        let limit = self.messages.begin(poll, max, usize::MAX, oracle);
        let mut cursor = Cursor::default();
        let mut got = Vec::new();
        while got.len() < limit
            && let Some(place) = self.messages.next(now, &mut cursor)
        {
            self.messages.take(now, place, Timestamp(at + hidden));
            let stored = self.messages.at(place);
            let (message, receive) = (stored.id, stored.receive_count);
            let handle = ReceiptHandle { queue: QueueId(0), place, message, receive, received_at: now };
            got.push((stored.body.text().into_owned(), handle));
        }
        if hidden == 0 {
            for (_, handle) in &got {
                self.messages.release(now, handle.place);
            }
        }
        self.messages.check();
        got
    }

    /// Bodies of a receive.
    pub(super) fn bodies(&mut self, at: u64, max: usize, hidden: u64) -> Vec<String> {
        self.receive(at, max, hidden).into_iter().map(|(body, _)| body).collect()
    }

    /// Lets time pass; gives how many messages expired at a retention of a minute.
    pub(super) fn pass(&mut self, at: u64) -> usize {
        let mut expired = 0;
        self.messages.advance(Timestamp(at), 60, |_| expired += 1);
        self.messages.check();
        expired
    }
}
