//! The clock of a served reference, through its control API.

use serde::Deserialize;

use super::control::ask;
use crate::target::Endpoint;

/// The clock of a served reference.
#[derive(Debug, Clone)]
pub(crate) struct ServedClock {
    endpoint: Endpoint,
}

/// What such a clock says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(crate) struct Reading {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub(crate) now_ms: u64,
    /// Calls that wait for messages.
    pub(crate) waiting: usize,
    /// Deliveries over HTTP that are to be attempted now, or wait for an answer.
    #[serde(default)]
    pub(crate) posting: usize,
    /// When something is due next, such as the end of a wait.
    pub(crate) due_ms: Option<u64>,
}

impl ServedClock {
    /// The clock of the reference at this address.
    pub(crate) fn new(endpoint: Endpoint) -> Self {
        Self { endpoint }
    }

    /// Reads it.
    pub(crate) fn read(&self) -> Result<Reading, String> {
        self.ask("GET", "")
    }

    /// Lets it stand still but for what it is put ahead.
    pub(crate) fn freeze(&self) -> Result<Reading, String> {
        self.ask("POST", r#"{"frozen":true}"#)
    }

    /// Puts it ahead.
    pub(crate) fn advance(&self, milliseconds: u64) -> Result<Reading, String> {
        self.ask("POST", &format!(r#"{{"advance_ms":{milliseconds}}}"#))
    }

    /// It holds up the thread, so that nothing else of the case goes on meanwhile: what the server answers once its clock is ahead must not
    /// be seen before the clock of the case is ahead too.
    fn ask(&self, method: &str, body: &str) -> Result<Reading, String> {
        serde_json::from_str(&ask(&self.endpoint, method, "/_redeliver/clock", body)?)
            .map_err(|error| error.to_string())
    }
}
