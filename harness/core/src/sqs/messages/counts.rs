//! How many messages are in which state.

use super::backlog::Messages;
use crate::{Oracle, Timestamp};

/// Numbers of messages by state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sqs) struct Counts {
    /// `ApproximateNumberOfMessages`.
    pub(in crate::sqs) visible: u64,
    /// `ApproximateNumberOfMessagesNotVisible`.
    pub(in crate::sqs) hidden: u64,
    /// `ApproximateNumberOfMessagesDelayed`.
    pub(in crate::sqs) delayed: u64,
}

impl Messages {
    /// What the counters of the queue say.
    pub(in crate::sqs) fn counts(&self, now: Timestamp, oracle: &mut dyn Oracle) -> Counts {
        let quiet = now.since(self.active_at);
        let mut say = |exact: usize| oracle.counter(exact as u64, quiet);
        Counts { visible: say(self.visible()), hidden: say(self.hidden), delayed: say(self.delayed) }
    }

    /// Messages in flight.
    pub(in crate::sqs) fn hidden(&self) -> usize {
        self.hidden
    }

    /// Visible messages; on a FIFO queue also those that wait for others of their group.
    pub(in crate::sqs) fn visible(&self) -> usize {
        self.total - self.delayed - self.hidden
    }
}
