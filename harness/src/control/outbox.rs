//! What left the world by ways that nobody plays here.

use redeliver_core::sns::Entry;
use serde_json::{Value, json};

use crate::engine::Engine;

/// All of it, the oldest first.
pub(super) fn read(engine: &Engine) -> Value {
    json!({ "entries": engine.outbox().iter().map(entry).collect::<Vec<_>>() })
}

fn entry(entry: &Entry) -> Value {
    json!({
        "at_ms": entry.at.as_millis(),
        "protocol": entry.protocol,
        "endpoint": entry.endpoint,
        "message_id": entry.message_id.to_text(),
        "subject": entry.subject,
        "message": entry.message,
        "attributes": entry.attributes,
        "failure": entry.failure,
    })
}
