//! What a FIFO queue remembers: sends, by which it knows duplicates, and receives that may be repeated.

use super::attempts::Got;
use super::backlog::{Fifo, Messages, Order};
use super::body::Body;
use super::message::DeduplicationId;
use super::sends::{Key, Original};
use crate::sqs::settings::DeduplicationScope;
use crate::{Timestamp, Uuid};

impl Messages {
    /// The name under which a send is remembered, or the earlier send that it repeats; nothing on a standard queue.
    pub(in crate::sqs) fn deduplicate(
        &mut self,
        now: Timestamp,
        group: &str,
        id: &DeduplicationId,
        body: &Body,
    ) -> Option<Result<Key, Original>> {
        let dedup = &mut self.fifo()?.dedup;
        let key = dedup.key(now, group, id, body);
        Some(dedup.sends.find(now, &key).map_or(Ok(key), Err))
    }

    /// Remembers a send.
    pub(in crate::sqs) fn remember_send(&mut self, now: Timestamp, key: Key, id: Uuid, position: u64) {
        if let Some(fifo) = self.fifo() {
            fifo.dedup.sends.remember(now, key, id, position);
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

#[cfg(test)]
mod tests {
    use crate::Timestamp;
    use crate::sqs::messages::Got;
    use crate::sqs::messages::sample::Sample;

    /// A FIFO queue with an attempt `a` at 0 that got two messages of two groups until 10,000.
    fn attempted() -> (Sample, Vec<Got>) {
        let mut queue = Sample::fifo();
        for (body, group) in [("1", "g1"), ("2", "g2")] {
            queue.send(0, body, Some(group), 0);
        }
        let got: Vec<Got> = queue
            .receive(0, 2, 10_000)
            .into_iter()
            .map(|(_, handle)| Got { handle, hidden_until: Timestamp(10_000) })
            .collect();
        queue.messages.remember_receive(Timestamp(0), "a", got.clone());
        (queue, got)
    }

    fn repeats(queue: &mut Sample, at: u64, until: u64) -> bool {
        queue.pass(at);
        queue.messages.repeat(Timestamp(at), "a", Timestamp(until)).is_some()
    }

    #[test]
    fn attempt_repeats_within_the_visibility_of_its_messages_and_renews_it() {
        let (mut queue, _) = attempted();
        assert!(repeats(&mut queue, 9_999, 20_000));
        assert!(repeats(&mut queue, 19_999, 30_000));
        assert!(!repeats(&mut queue, 30_000, 40_000), "the messages are visible");
        assert!(queue.messages.repeat(Timestamp(30_000), "b", Timestamp(40_000)).is_none());
    }

    #[test]
    fn attempt_does_not_repeat_once_a_message_was_deleted_or_changed() {
        let (mut queue, got) = attempted();
        queue.messages.delete(Timestamp(1), &got[0].handle, &mut crate::Calm);
        assert!(!repeats(&mut queue, 2, 10_000));
        let (mut queue, got) = attempted();
        queue.messages.change_visibility(Timestamp(1), &got[0].handle, 30).unwrap();
        assert!(!repeats(&mut queue, 2, 10_000));
    }

    #[test]
    fn attempt_is_forgotten_after_five_minutes() {
        for (at, known) in [(299_999, true), (300_000, false)] {
            let (mut queue, got) = attempted();
            let until = Timestamp(400_000);
            queue.messages.repeat(Timestamp(1), "a", until).unwrap();
            assert_eq!(queue.messages.repeat(Timestamp(at), "a", until).is_some(), known);
            assert_eq!(got.len(), 2);
        }
    }
}
