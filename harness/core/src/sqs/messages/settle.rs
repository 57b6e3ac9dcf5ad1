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
                    self.remove(now, handle.place);
                }
            }
            Order::Fifo(_) => {
                if stored.state != State::Hidden || stored.receive_count != handle.receive {
                    return Deletion::HandleExpired;
                }
                self.remove(now, handle.place);
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
