//! What running one case gave: plain data, from which verdicts and reports are made.

use std::time::Duration;

use redeliver_check::Record;
use serde_json::Value;

/// One case, run once.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseRun {
    /// The case's id.
    pub id: String,
    /// What was found.
    pub finding: Finding,
    /// How long it took: virtual on the reference, real elsewhere.
    pub elapsed: Duration,
    /// What was called and answered, in order.
    pub history: Vec<Record>,
}

/// What running a case gave.
#[derive(Debug, Clone, PartialEq)]
pub enum Finding {
    /// Every expectation held.
    Held,
    /// An expectation did not hold.
    Broken(Box<Failure>),
    /// The stress that the case is about never happened, so it proves nothing.
    Vacuous {
        /// What never happened.
        missing: Vec<&'static str>,
    },
    /// The case was not run.
    Skipped {
        /// Why, a lowercase fragment, for example "the target lacks `sqs.move-tasks`".
        reason: String,
    },
    /// The case could not be run to its end, which says nothing about the contract.
    CouldNotRun {
        /// Why, a lowercase fragment.
        reason: String,
        /// Whether the target could not be reached (any more).
        unreachable: bool,
    },
}

/// The first expectation of a case that did not hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    /// What went wrong in one line, for example "`sqs:ReceiveMessage` answered something else".
    pub title: String,
    /// JSON pointer into the spec file to the expectation, for example `/cases/0/steps/3/ok/Messages`.
    pub pointer: String,
    /// Each difference between what was expected and what was seen.
    pub differences: Vec<Difference>,
    /// The call that was answered, where the failure is about one.
    pub exchange: Option<Exchange>,
    /// For a workload: the events that show the breach, one a line.
    pub witness: Vec<String>,
}

/// One difference.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// JSON pointer into what was seen, empty for the whole.
    pub at: String,
    /// What was expected, in words or as JSON.
    pub expected: String,
    /// What was seen.
    pub seen: String,
}

/// One call and its answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Exchange {
    /// Service prefix and operation, for example `sqs:ReceiveMessage`.
    pub call: String,
    /// Parameters as they were sent.
    pub input: Value,
    /// HTTP status of the answer.
    pub status: u16,
    /// Body of the answer.
    pub output: Value,
}
