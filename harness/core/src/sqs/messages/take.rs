//! Handing messages out.

use super::backlog::{Messages, Order};
use super::groups::Groups;
use super::stored::State;
use crate::{Oracle, Poll, Timestamp};

/// Where a receive stands among the messages.
#[derive(Debug, Default)]
pub(in crate::sqs) struct Cursor {
    /// The next message of the group that is being served.
    after: Option<u32>,
}

impl Messages {
    /// Begins a receive: how many messages it hands out at most, when it asked for `max` and `room` more may be in flight.
    pub(in crate::sqs) fn begin(&mut self, poll: Poll, max: usize, room: usize, oracle: &mut dyn Oracle) -> usize {
        let max = max.min(room);
        match &mut self.order {
            Order::Standard(standard) => {
                let available = standard.ask(poll, oracle).min(max);
                if available == 0 { 0 } else { oracle.batch(available).clamp(1, available) }
            }
            Order::Fifo(fifo) => {
                if fifo.groups.next_in_line().is_none() {
                    0
                } else {
                    max
                }
            }
        }
    }

    /// The next message that could be handed out: on a FIFO queue as many of one group as possible, in order, before the next group.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html>
    pub(in crate::sqs) fn next(&mut self, now: Timestamp, cursor: &mut Cursor) -> Option<u32> {
        match &mut self.order {
            Order::Standard(standard) => standard.first_asked(&self.store, now),
            Order::Fifo(fifo) => {
                let in_group = cursor.after.filter(|&place| self.store.at(place).state == State::Visible);
                let place = in_group.or_else(|| fifo.groups.first_of(fifo.groups.next_in_line()?))?;
                cursor.after = Groups::after(&self.store, place);
                Some(place)
            }
        }
    }

    /// Hands out a message: counts the receive and hides it until `until`.
    pub(in crate::sqs) fn take(&mut self, now: Timestamp, place: u32, until: Timestamp) {
        self.store.at_mut(place).received(now);
        self.hide(now, place, until);
    }

    /// Lets a message that was just handed out be visible at once. Only after the whole receive, which returns no message twice.
    pub(in crate::sqs) fn release(&mut self, now: Timestamp, place: u32) {
        self.show(now, place);
    }

    /// Whether there is a message that could be handed out.
    pub(in crate::sqs) fn can_be_received(&self) -> bool {
        match &self.order {
            Order::Standard(_) => self.visible() > 0,
            Order::Fifo(fifo) => fifo.groups.next_in_line().is_some(),
        }
    }

    /// The oldest message that could be moved elsewhere.
    pub(in crate::sqs) fn first_visible(&mut self, now: Timestamp) -> Option<u32> {
        match &mut self.order {
            Order::Standard(standard) => standard.first(&self.store, now),
            Order::Fifo(fifo) => fifo.groups.first_of(fifo.groups.next_in_line()?),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::sqs::messages::sample::Sample;

    #[test]
    fn standard_messages_come_oldest_first_and_return_to_their_places() {
        let mut queue = Sample::standard();
        for body in ["a", "b", "c", "d"] {
            queue.send(0, body, None, 0);
        }
        assert_eq!(queue.bodies(0, 2, 1_000), ["a", "b"]);
        assert_eq!(queue.bodies(1_000, 10, 1_000), ["a", "b", "c", "d"]);
    }

    #[test]
    fn standard_message_goes_to_the_back_after_three_receives() {
        let mut queue = Sample::standard();
        for body in ["a", "b"] {
            queue.send(0, body, None, 0);
        }
        let firsts = [1, 2, 3, 4, 5].map(|at| queue.bodies(at, 1, 0)[0].clone());
        assert_eq!(firsts, ["a", "a", "a", "b", "b"]);
    }

    /// From a test that was validated on AWS: groups were interleaved, and the first group is served first.
    #[test]
    fn fifo_receive_takes_one_group_as_far_as_it_goes_before_the_next() {
        let mut queue = Sample::fifo();
        for (body, group) in [("g1-1", "g1"), ("g2-1", "g2"), ("g1-2", "g1"), ("g2-2", "g2"), ("g1-3", "g1")] {
            queue.send(0, body, Some(group), 0);
        }
        assert_eq!(queue.bodies(0, 4, 1_000), ["g1-1", "g1-2", "g1-3", "g2-1"]);
        assert_eq!(queue.bodies(1, 10, 1_000), [""; 0], "both groups have messages in flight");
    }

    #[test]
    fn fifo_group_yields_nothing_while_its_first_message_is_hidden() {
        let mut queue = Sample::fifo();
        queue.send(0, "1", Some("g"), 0);
        assert_eq!(queue.bodies(0, 1, 1_000), ["1"]);
        queue.send(1, "2", Some("g"), 0);
        assert_eq!(queue.bodies(1, 10, 1_000), [""; 0]);
        assert_eq!(queue.bodies(1_000, 10, 1_000), ["1", "2"]);
    }

    #[test]
    fn fifo_receive_without_hiding_keeps_order_and_sends_the_group_to_the_end_of_the_line() {
        let mut queue = Sample::fifo();
        for (body, group) in [("g1-1", "g1"), ("g1-2", "g1"), ("g2-1", "g2")] {
            queue.send(0, body, Some(group), 0);
        }
        assert_eq!(queue.bodies(0, 1, 0), ["g1-1"]);
        assert_eq!(queue.bodies(0, 10, 0), ["g2-1", "g1-1", "g1-2"]);
    }
}
