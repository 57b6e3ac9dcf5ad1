//! What the shell has to do after a step.

use crate::Outcome;

/// Names a call that waits for its answer, such as a long poll.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// What the shell has to do after a step.
#[derive(Debug)]
pub enum Effect {
    /// Answer the call that was told to wait.
    Answer {
        /// The ticket that the call got.
        ticket: Ticket,
        /// Its answer.
        outcome: Outcome,
    },
}
