//! HTTP endpoints beside the runner, and what came there.

use std::time::Duration;

use indexmap::IndexMap;
use serde_json::Value;

/// The parts of a request, which are the keys of a pattern for it.
pub const REQUEST_PARTS: [&str; 6] = ["method", "path", "headers", "body", "text", "after_ms"];

/// Opens an endpoint, or changes what one answers.
#[derive(Debug, Clone, PartialEq)]
pub struct EndpointStep {
    /// Its name, which is the variable that holds its address.
    pub name: String,
    /// What it answers, one after another; the last one is given to all that come. At least one.
    pub answers: Vec<HookAnswer>,
}

/// What an endpoint answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HookAnswer {
    /// HTTP status.
    pub status: u16,
    /// How long it takes.
    pub after: Duration,
    /// To how many requests, at least one.
    pub times: u32,
}

/// Takes the requests that came to an endpoint since the last time, and matches them together.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestsStep {
    /// Name of the endpoint.
    pub name: String,
    /// Pattern for all of them together, a map; variables are not yet replaced.
    pub ok: Option<Value>,
    /// Name of a variable, and the JSON pointer into the requests that gives its value.
    pub save: IndexMap<String, String>,
    /// Wait for more until `ok` holds, at the latest this long.
    pub eventually: Option<Duration>,
}
