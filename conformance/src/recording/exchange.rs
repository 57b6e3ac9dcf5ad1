//! One call and what came of it.

use redeliver_spec::Caller;
use serde_json::Value;

use crate::observe::Observation;

/// One call and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Exchange {
    /// Which process of the case called; calls of one process come one after the other.
    pub process: u32,
    /// In whose name, if not the case's own.
    pub caller: Option<Caller>,
    /// Service prefix and operation, or `raw:`, method and path.
    pub call: String,
    /// Parameters as they were sent.
    pub input: Value,
    /// How long the answer took, in milliseconds by the clock of the case.
    pub took_ms: u64,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a call.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// An answer to an operation.
    Observed(Observation),
    /// An answer to a raw request: status, and the whole as patterns see it.
    Raw(u16, Value),
    /// No answer, and why.
    Lost(String),
}
