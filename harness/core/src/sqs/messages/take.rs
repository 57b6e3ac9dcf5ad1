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

    /// The oldest message that could be moved elsewhere.
    pub(in crate::sqs) fn first_visible(&mut self, now: Timestamp) -> Option<u32> {
        match &mut self.order {
            Order::Standard(standard) => standard.first(&self.store, now),
            Order::Fifo(fifo) => fifo.groups.first_of(fifo.groups.next_in_line()?),
        }
    }
}
