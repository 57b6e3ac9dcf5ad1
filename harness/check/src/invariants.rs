//! The invariants by name, one file each.

mod at_least_once;
mod dead_letter_after_n;
mod exactly_once_in_window;
mod group_order;
mod no_invention;

use crate::traffic::Traffic;
use crate::{Record, Scene, Verdict};

/// A property that every history of a correct queue has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Invariant {
    /// Every message whose send was acknowledged was received.
    AtLeastOnce,
    /// No message was delivered while an earlier delivery of it hid it or after it was deleted, and of the sends with one
    /// deduplication id within five minutes one was delivered. For FIFO queues.
    ExactlyOnceInWindow,
    /// Within a message group, first deliveries come in the order of sending, and no message is delivered while an earlier one of
    /// its group is in flight. For FIFO queues.
    GroupOrder,
    /// A message reached the dead-letter queue exactly if it was received `maxReceiveCount` times without being deleted.
    DeadLetterAfterN,
    /// Nothing was received that had not been sent, and bodies are unchanged.
    NoInvention,
}

impl Invariant {
    /// All invariants.
    pub const ALL: [Self; 5] =
        [Self::AtLeastOnce, Self::ExactlyOnceInWindow, Self::GroupOrder, Self::DeadLetterAfterN, Self::NoInvention];

    /// Its name in specs and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::AtLeastOnce => "at-least-once",
            Self::ExactlyOnceInWindow => "exactly-once-in-window",
            Self::GroupOrder => "group-order",
            Self::DeadLetterAfterN => "dead-letter-after-n",
            Self::NoInvention => "no-invention",
        }
    }

    /// The invariant of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|invariant| invariant.name() == name)
    }

    /// Checks a history of the queue in `scene`. Takes about as many steps as the history has records.
    pub fn check(self, history: &[Record], scene: &Scene) -> Verdict {
        let traffic = Traffic::of(history);
        match self {
            Self::AtLeastOnce => at_least_once::check(&traffic, scene),
            Self::ExactlyOnceInWindow => exactly_once_in_window::check(&traffic, scene),
            Self::GroupOrder => group_order::check(&traffic, scene),
            Self::DeadLetterAfterN => dead_letter_after_n::check(&traffic, scene),
            Self::NoInvention => no_invention::check(&traffic),
        }
    }
}
