//! What a FIFO queue remembers: sends, by which it knows duplicates, and receives that may be repeated.

use super::attempts::Got;
use super::backlog::{Fifo, Messages, Order};
use super::dedup::{Key, Original};
use super::message::DeduplicationId;
use crate::sqs::settings::DeduplicationScope;
use crate::{Timestamp, Uuid};

impl Messages {
    /// The name under which a send is remembered, or the earlier send that it repeats; nothing on a standard queue.
    pub(in crate::sqs) fn deduplicate(
        &mut self,
        now: Timestamp,
        group: &str,
        id: &DeduplicationId,
        body: &str,
    ) -> Option<Result<Key, Original>> {
        let dedup = &mut self.fifo()?.dedup;
        let key = dedup.key(now, group, id, body);
        Some(dedup.find(now, &key).map_or(Ok(key), Err))
    }

    /// Remembers a send.
    pub(in crate::sqs) fn remember_send(&mut self, now: Timestamp, key: Key, id: Uuid, position: u64) {
        if let Some(fifo) = self.fifo() {
            fifo.dedup.remember(now, key, id, position);
        }
    }

    /// Changes within what deduplication ids are unique, from `at` on.
    pub(in crate::sqs) fn change_scope(&mut self, now: Timestamp, scope: DeduplicationScope, at: Timestamp) {
        if let Some(fifo) = self.fifo() {
            fifo.dedup.change_scope(now, scope, at);
        }
    }

    /// Repeats a receive of a FIFO queue: what it got is hidden anew until `until`, with the handles of the first time. Nothing
    /// when there was no such receive or something happened to a message since.
    pub(in crate::sqs) fn repeat(&mut self, now: Timestamp, attempt: &str, until: Timestamp) -> Option<Vec<Got>> {
        let Order::Fifo(fifo) = &mut self.order else { return None };
        let got = fifo.attempts.find(now, attempt, &self.store)?;
        fifo.attempts.renew(attempt, until);
        for got in &got {
            if until > now {
                self.hide(now, got.handle.place, until);
            } else {
                self.show(now, got.handle.place);
            }
        }
        Some(got)
    }

    /// Remembers what a receive got, so that it can be repeated.
    pub(in crate::sqs) fn remember_receive(&mut self, now: Timestamp, attempt: &str, got: Vec<Got>) {
        if let Some(fifo) = self.fifo() {
            fifo.attempts.remember(now, attempt, got);
        }
    }

    fn fifo(&mut self) -> Option<&mut Fifo> {
        match &mut self.order {
            Order::Standard(_) => None,
            Order::Fifo(fifo) => Some(fifo),
        }
    }
}
