//! Why a case ends early.

use crate::finding::{Failure, Finding};

/// Why a case ends early.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Stop {
    /// An expectation did not hold.
    Broken(Box<Failure>),
    /// The stress of a workload never happened.
    Vacuous(Vec<&'static str>),
    /// What it would do next is not done on this target.
    Refused(String),
    /// It cannot go on, which says nothing about the contract.
    CouldNotRun {
        /// Why, a lowercase fragment.
        reason: String,
        /// Whether the target cannot be reached any more.
        unreachable: bool,
    },
}

impl Stop {
    /// It cannot go on, for a reason that is not the target's.
    pub(super) fn could_not_run(reason: impl Into<String>) -> Self {
        Self::CouldNotRun { reason: reason.into(), unreachable: false }
    }
}

impl From<Box<Failure>> for Stop {
    fn from(failure: Box<Failure>) -> Self {
        Self::Broken(failure)
    }
}

impl From<Stop> for Finding {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Broken(failure) => Self::Broken(failure),
            Stop::Vacuous(missing) => Self::Vacuous { missing },
            Stop::Refused(reason) => Self::Skipped { reason: format!("it is not run on AWS: {reason}") },
            Stop::CouldNotRun { reason, unreachable } => Self::CouldNotRun { reason, unreachable },
        }
    }
}
