//! What is due when, over all queues.

use std::collections::BTreeSet;

use super::queue::QueueId;
use crate::{Ticket, Timestamp};

/// Something that happens by itself. At the same time, what is declared first happens first: so a message that becomes visible at the
/// very end of a long poll is still returned by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Due {
    /// Changed attributes of a queue come into force.
    Attributes(QueueId),
    /// A queue that was deleted is gone.
    Deletion(QueueId),
    /// What was purged is gone.
    Purge(QueueId),
    /// The next message of a queue becomes visible or expires; may be said too early, never too late.
    Messages(QueueId),
    /// A message move task moves its next message.
    MoveTask(u32),
    /// A long poll ends.
    PollEnd(Ticket),
}

/// What is due when.
///
/// Only what a caller could notice without another call is loud: it asks the shell for a tick. The rest happens, in its turn and with
/// its own time, before whatever is noticed next.
#[derive(Debug, Default)]
pub(super) struct Agenda {
    loud: BTreeSet<(Timestamp, Due)>,
    quiet: BTreeSet<(Timestamp, Due)>,
}

impl Agenda {
    /// Adds what the shell has to be woken for.
    pub(super) fn add(&mut self, at: Timestamp, due: Due) {
        self.loud.insert((at, due));
    }

    /// Takes back what was added.
    pub(super) fn cancel(&mut self, at: Timestamp, due: Due) {
        self.loud.remove(&(at, due));
    }

    /// Adds what can wait until something else happens.
    pub(super) fn add_quiet(&mut self, at: Timestamp, due: Due) {
        self.quiet.insert((at, due));
    }

    /// Takes back what was added as quiet.
    pub(super) fn cancel_quiet(&mut self, at: Timestamp, due: Due) {
        self.quiet.remove(&(at, due));
    }

    /// Takes out the first of what is due by `now`.
    pub(super) fn pop(&mut self, now: Timestamp) -> Option<(Timestamp, Due)> {
        let due = |set: &BTreeSet<(Timestamp, Due)>| set.first().filter(|(at, _)| *at <= now).copied();
        let first = match (due(&self.loud), due(&self.quiet)) {
            (Some(loud), Some(quiet)) => loud.min(quiet),
            (one, other) => one.or(other)?,
        };
        if !self.loud.remove(&first) {
            self.quiet.remove(&first);
        }
        Some(first)
    }

    /// When the shell has to tick at the latest.
    pub(super) fn wake_at(&self) -> Option<Timestamp> {
        self.loud.first().map(|&(at, _)| at)
    }
}

#[cfg(test)]
mod tests {
    use super::{Agenda, Due};
    use crate::sqs::queue::QueueId;
    use crate::{Ticket, Timestamp};

    #[test]
    fn what_is_due_comes_in_order_of_time_and_then_of_kind() {
        let mut agenda = Agenda::default();
        let queue = QueueId(0);
        agenda.add(Timestamp(2), Due::PollEnd(Ticket(1)));
        agenda.add(Timestamp(3), Due::MoveTask(0));
        agenda.add_quiet(Timestamp(2), Due::Messages(queue));
        agenda.add_quiet(Timestamp(1), Due::Purge(queue));
        assert_eq!(agenda.wake_at(), Some(Timestamp(2)), "quiet matters ask for no tick");
        let order: Vec<Due> = std::iter::from_fn(|| agenda.pop(Timestamp(2))).map(|(_, due)| due).collect();
        assert_eq!(order, [Due::Purge(queue), Due::Messages(queue), Due::PollEnd(Ticket(1))]);
        assert_eq!(agenda.wake_at(), Some(Timestamp(3)));
    }
}
