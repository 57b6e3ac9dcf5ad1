//! What a call must answer.

use redeliver_model::Fault;
use serde_json::Value;

/// What a call must answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Expect {
    /// Any success: the step has neither `ok` nor `error`.
    Success,
    /// A success whose response matches this pattern. Variables are not yet replaced in it: substitute, then
    /// [`Pattern::parse`](crate::Pattern::parse).
    Ok(Value),
    /// This failure.
    Error(ErrorPattern),
}

/// What an error must look like. Texts may hold variables.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorPattern {
    /// The code that SDKs show; for SQS the code of the query protocol, from `x-amzn-query-error`.
    pub code: String,
    /// The modern name, from `__type`, without a namespace.
    pub type_name: Option<String>,
    /// HTTP status.
    pub status: Option<u16>,
    /// Whose fault.
    pub fault: Option<Fault>,
    /// A pattern for the message: a text that must be equal, or an operator.
    pub message: Option<Value>,
    /// What is documented to be possible as well. These have no `or` of their own.
    pub or: Vec<ErrorPattern>,
}
