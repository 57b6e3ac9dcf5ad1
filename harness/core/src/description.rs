//! How facts about refused calls are told to clients.

use redeliver_model::{Fault, ServiceModel};

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

impl Description {
    /// Of an error that a service's model has.
    ///
    /// # Panics
    ///
    /// When it has none of this name.
    pub(crate) fn modelled(model: &ServiceModel, shape: &str, message: String) -> Self {
        let row = model.error(shape).expect("every name is a modelled error, which a test of each service proves");
        Self { shape: row.name, code: row.code, status: row.status, fault: row.fault, message }
    }
}
