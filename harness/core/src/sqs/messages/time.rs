//! What time does to messages: they become visible, and they expire.

use super::backlog::{Messages, Order};
use super::stored::State;
use crate::{Timestamp, Uuid};

impl Messages {
    /// When the next message becomes visible or expires.
    pub(in crate::sqs) fn next_due(&self, retention_secs: u32) -> Option<Timestamp> {
        let visible_at = self.timers.first().map(|&(at, _)| at);
        visible_at.into_iter().chain(self.next_expiry(retention_secs).map(|(at, _)| at)).min()
    }

    /// Lets happen what is due by `now`, in order; gives each expired message to `expired`.
    pub(in crate::sqs) fn advance(&mut self, now: Timestamp, retention_secs: u32, mut expired: impl FnMut(Uuid)) {
        loop {
            let expiry = self.next_expiry(retention_secs).filter(|(at, _)| *at <= now);
            let timer = self.timers.first().copied().filter(|(at, _)| *at <= now);
            match (expiry, timer) {
                // A message that expires at the moment at which it would become visible is gone.
                (Some((expiry_at, place)), timer) if timer.is_none_or(|(timer_at, _)| expiry_at <= timer_at) => {
                    expired(self.discard(expiry_at, place));
                }
                (_, Some((at, place))) => self.show(at, place),
                (_, None) => break,
            }
        }
    }

    /// Changes the delay of a FIFO queue, which holds for the messages that are delayed already; on a standard queue it does not.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-delay-queues.html>
    pub(in crate::sqs) fn change_delay(&mut self, now: Timestamp, delay_secs: u32) {
        if matches!(self.order, Order::Standard(_)) || self.delayed == 0 {
            return;
        }
        let delayed: Vec<_> =
            self.timers.iter().copied().filter(|&(_, place)| self.store.at(place).state == State::Delayed).collect();
        for (old, place) in delayed {
            let visible_at = self.store.at(place).sent_at.plus_secs(delay_secs.into());
            if visible_at <= now {
                self.show(now, place);
            } else {
                self.timers.remove(&(old, place));
                self.timers.insert((visible_at, place));
                self.store.at_mut(place).visible_at = visible_at;
            }
        }
    }

    fn next_expiry(&self, retention_secs: u32) -> Option<(Timestamp, u32)> {
        let oldest = self.ages.oldest(&self.store)?;
        Some((self.store.at(oldest).sent_at.plus_secs(retention_secs.into()), oldest))
    }
}

#[cfg(test)]
mod tests {
    use crate::Timestamp;
    use crate::sqs::messages::sample::Sample;

    #[test]
    fn messages_become_visible_in_the_order_of_their_times() {
        let mut queue = Sample::standard();
        queue.send(0, "late", None, 5_000);
        queue.send(0, "early", None, 2_000);
        assert_eq!(queue.messages.next_due(60), Some(Timestamp(2_000)));
        assert_eq!(queue.bodies(1_999, 10, 1), [""; 0]);
        assert_eq!(queue.bodies(5_000, 10, 1), ["early", "late"]);
    }

    #[test]
    fn messages_expire_in_every_state_when_their_retention_ends() {
        let mut queue = Sample::standard();
        queue.send(0, "in flight", None, 0);
        queue.receive(0, 1, 900_000);
        queue.send(1, "visible", None, 0);
        queue.send(2, "delayed", None, 900_000);
        assert_eq!([59_999, 60_000, 60_001, 60_002].map(|at| queue.pass(at)), [0, 1, 1, 1]);
        assert_eq!((queue.messages.visible(), queue.messages.hidden(), queue.messages.next_due(60)), (0, 0, None));
    }

    #[test]
    fn message_that_expires_as_it_becomes_visible_is_gone() {
        let mut queue = Sample::standard();
        queue.send(0, "m", None, 60_000);
        assert_eq!(queue.bodies(60_000, 1, 1), [""; 0]);
    }

    #[test]
    fn changed_delay_holds_for_delayed_messages_of_fifo_queues_only() {
        for (mut queue, group, visible) in [(Sample::fifo(), Some("g"), vec!["m"]), (Sample::standard(), None, vec![])]
        {
            queue.send(0, "m", group, 10_000);
            queue.messages.change_delay(Timestamp(1_000), 2);
            assert_eq!(queue.bodies(1_999, 1, 1), [""; 0]);
            assert_eq!(queue.bodies(2_000, 1, 1), visible);
        }
    }
}
