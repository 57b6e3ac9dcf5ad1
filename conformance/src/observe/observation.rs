//! One answered call.

use redeliver_model::Fault;
use serde_json::Value;

/// One answered call.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// HTTP status.
    pub status: u16,
    /// The body: JSON where it is, else its text.
    pub body: Value,
    /// What it means.
    pub answer: Answer,
    /// What the SDK could not do with it, or saw otherwise; `None` when it agrees.
    pub disagreement: Option<String>,
}

impl Observation {
    /// Whether the server failed (status 5xx): whether the call had its effect is not known then.
    pub fn is_server_failure(&self) -> bool {
        self.status >= 500
    }
}

/// What a reply means.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// The call succeeded; the result by API names.
    Success(Value),
    /// The call was refused.
    Refused(Refusal),
}

/// An error of the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The code that SDKs show: from `x-amzn-query-error`, else the modern name. Empty when the reply has neither.
    pub code: String,
    /// The modern name, without a namespace. Empty when the reply has none.
    pub type_name: String,
    /// HTTP status.
    pub status: u16,
    /// Whose fault.
    pub fault: Fault,
    /// The text.
    pub message: Option<String>,
}
