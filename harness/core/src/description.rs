//! How facts about refused calls are told to clients.

use redeliver_model::Fault;

/// How a fact is told to clients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// Modern name, `__type` in JSON.
    pub shape: &'static str,
    /// Code of the query protocol, `x-amzn-query-error` in JSON.
    pub code: &'static str,
    /// HTTP status.
    pub status: u16,
    /// Whose fault it is.
    pub fault: Fault,
    /// The text.
    pub message: String,
}
