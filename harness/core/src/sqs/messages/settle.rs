//! What consumers say about messages that they hold: done, or not yet.

use super::backlog::{Messages, Order};
use super::stored::State;
use crate::sqs::receipt_handle::ReceiptHandle;
use crate::{Oracle, Timestamp, Uuid};

/// Seconds for which a message can be in flight without a break.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html>
const IN_FLIGHT_SECS_MAX: u64 = 43_200;

/// What came of a deletion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sqs) enum Deletion {
    /// The message is deleted.
    Done(Uuid),
    /// There was nothing to delete any more.
    Nothing,
    /// FIFO: the handle's receive is over, because the message became visible again.
    HandleExpired,
}

/// Why the visibility of a message stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sqs) enum Unchanged {
    /// The message is gone.
    Gone,
    /// FIFO: it is visible.
    Visible,
    /// FIFO: it was received anew since.
    HandleExpired,
    /// It would be in flight for more than twelve hours.
    TooLong,
}

impl Messages {
    /// Deletes the message of a handle.
    ///
    /// On a standard queue any handle that the message ever had will do, also after its visibility ran out; on a FIFO queue only that
    /// of the receive that still hides it.
    pub(in crate::sqs) fn delete(
        &mut self,
        now: Timestamp,
        handle: &ReceiptHandle,
        oracle: &mut dyn Oracle,
    ) -> Deletion {
        let Some(stored) = self.store.find(handle.place).filter(|stored| stored.id == handle.message) else {
            return Deletion::Nothing;
        };
        match &self.order {
            Order::Standard(_) => {
                if !stored.resurrected && oracle.resurrect() {
                    if stored.state != State::Visible {
                        self.show(now, handle.place);
                    }
                    self.store.at_mut(handle.place).resurrected = true;
                } else {
                    self.discard(now, handle.place);
                }
            }
            Order::Fifo(_) => {
                if stored.state != State::Hidden || stored.receive_count != handle.receive {
                    return Deletion::HandleExpired;
                }
                self.discard(now, handle.place);
            }
        }
        Deletion::Done(handle.message)
    }

    /// Hides the message of a handle for `secs` from now on, or no longer when they are 0; gives until when.
    pub(in crate::sqs) fn change_visibility(
        &mut self,
        now: Timestamp,
        handle: &ReceiptHandle,
        secs: u32,
    ) -> Result<Timestamp, Unchanged> {
        let stored =
            self.store.find(handle.place).filter(|stored| stored.id == handle.message).ok_or(Unchanged::Gone)?;
        if matches!(self.order, Order::Fifo(_)) {
            if stored.state != State::Hidden {
                return Err(Unchanged::Visible);
            }
            if stored.receive_count != handle.receive {
                return Err(Unchanged::HandleExpired);
            }
        }
        let until = now.plus_secs(secs.into());
        if until > stored.received_at.plus_secs(IN_FLIGHT_SECS_MAX) {
            return Err(Unchanged::TooLong);
        }
        match (stored.state, secs) {
            (State::Visible | State::Delayed, 0) => {}
            (State::Hidden, 0) => self.show(now, handle.place),
            _ => self.hide(now, handle.place, until),
        }
        Ok(until)
    }
}

#[cfg(test)]
mod tests {
    use super::{Deletion, Unchanged};
    use crate::sqs::messages::sample::Sample;
    use crate::{Calm, Oracle, Timestamp};

    #[test]
    fn standard_handles_delete_whenever_the_message_is_there() {
        let mut queue = Sample::standard();
        queue.send(0, "m", None, 0);
        let first = queue.receive(0, 1, 1_000)[0].1;
        queue.receive(1_000, 1, 1_000);
        let now = Timestamp(1_500);
        assert_eq!(queue.messages.delete(now, &first, &mut Calm), Deletion::Done(first.message));
        assert_eq!(queue.messages.delete(now, &first, &mut Calm), Deletion::Nothing);
    }

    #[test]
    fn handle_of_a_deleted_message_does_not_reach_the_one_in_its_place() {
        let mut queue = Sample::standard();
        queue.send(0, "old", None, 0);
        let old = queue.receive(0, 1, 1_000)[0].1;
        queue.messages.delete(Timestamp(1), &old, &mut Calm);
        queue.send(2, "new", None, 0);
        assert_eq!(queue.receive(2, 1, 0)[0].1.place, old.place);
        assert_eq!(queue.messages.delete(Timestamp(3), &old, &mut Calm), Deletion::Nothing);
        assert_eq!(queue.messages.change_visibility(Timestamp(3), &old, 1), Err(Unchanged::Gone));
        assert_eq!(queue.bodies(3, 1, 1), ["new"]);
    }

    #[test]
    fn fifo_handle_expires_with_the_visibility_of_its_receive() {
        let mut queue = Sample::fifo();
        queue.send(0, "m", Some("g"), 0);
        let first = queue.receive(0, 1, 1_000)[0].1;
        queue.pass(1_000);
        assert_eq!(queue.messages.delete(Timestamp(1_000), &first, &mut Calm), Deletion::HandleExpired);
        assert_eq!(queue.messages.change_visibility(Timestamp(1_000), &first, 9), Err(Unchanged::Visible));
        let second = queue.receive(1_000, 1, 1_000)[0].1;
        assert_eq!(queue.messages.delete(Timestamp(1_001), &first, &mut Calm), Deletion::HandleExpired);
        assert_eq!(queue.messages.change_visibility(Timestamp(1_001), &first, 9), Err(Unchanged::HandleExpired));
        assert_eq!(queue.messages.change_visibility(Timestamp(1_001), &second, 9), Ok(Timestamp(10_001)));
        queue.pass(10_000);
        assert_eq!(queue.messages.delete(Timestamp(10_000), &second, &mut Calm), Deletion::Done(second.message));
    }

    #[test]
    fn message_is_in_flight_for_twelve_hours_at_most() {
        let mut queue = Sample::standard();
        queue.send(0, "m", None, 0);
        let handle = queue.receive(0, 1, 50_000)[0].1;
        assert_eq!(queue.messages.change_visibility(Timestamp(1_000), &handle, 43_200), Err(Unchanged::TooLong));
        assert_eq!(queue.messages.change_visibility(Timestamp(1_000), &handle, 43_199), Ok(Timestamp(43_200_000)));
    }

    /// Recorded on AWS: of three messages of a group in flight one is extended, and the others run out.
    #[test]
    fn extended_message_holds_back_what_comes_after_it() {
        let visible = |extended: usize| {
            let mut queue = Sample::fifo();
            for body in ["1", "2", "3"] {
                queue.send(0, body, Some("g"), 0);
            }
            let got = queue.receive(0, 3, 1_000);
            queue.messages.change_visibility(Timestamp(500), &got[extended].1, 30).unwrap();
            queue.bodies(1_000, 10, 1_000)
        };
        assert_eq!([0, 1, 2].map(visible), [vec![], vec!["1".to_owned()], vec!["1".to_owned(), "2".to_owned()]]);
    }

    /// From a test that was validated on AWS.
    #[test]
    fn released_message_of_a_group_comes_alone_and_after_other_groups() {
        let mut queue = Sample::fifo();
        for (body, group) in [("g1-1", "g1"), ("g1-2", "g1"), ("g2-1", "g2")] {
            queue.send(0, body, Some(group), 0);
        }
        let got = queue.receive(0, 2, 10_000);
        queue.messages.change_visibility(Timestamp(1), &got[0].1, 0).unwrap();
        assert_eq!(queue.bodies(1, 10, 10_000), ["g2-1", "g1-1"]);
    }

    #[test]
    fn deleted_message_comes_back_once_if_the_oracle_wants_it() {
        struct Resurrecting;
        impl Oracle for Resurrecting {
            fn resurrect(&mut self) -> bool {
                true
            }
        }
        let mut queue = Sample::standard();
        queue.send(0, "m", None, 0);
        let mut delete = |at| {
            let handle = queue.receive(at, 1, 1_000).first()?.1;
            Some(queue.messages.delete(Timestamp(at), &handle, &mut Resurrecting) == Deletion::Done(handle.message))
        };
        assert_eq!([1, 2, 3].map(&mut delete), [Some(true), Some(true), None]);
    }
}
