//! What happened in queues, as lines of a history.

use redeliver_core::Timestamp;
use redeliver_core::sqs::Happening;
use serde_json::{Value, json};

use super::since;

/// Name and details; times in milliseconds since the history began.
pub(super) fn told(what: &Happening, start: Timestamp) -> (&'static str, Value) {
    match what {
        Happening::QueueCreated => ("queue-created", json!({})),
        Happening::QueueDeleted => ("queue-deleted", json!({})),
        Happening::Purged { messages } => ("purged", json!({ "messages": messages })),
        Happening::Sent { message, group, visible_at } => {
            let group = group.as_deref();
            let visible_at = since(*visible_at, start);
            ("sent", json!({ "message": message.to_text(), "group": group, "visible-at-ms": visible_at }))
        }
        Happening::Deduplicated { message } => ("deduplicated", json!({ "message": message.to_text() })),
        Happening::Received { message, count, hidden_until } => {
            let hidden_until = since(*hidden_until, start);
            ("received", json!({ "message": message.to_text(), "count": count, "hidden-until-ms": hidden_until }))
        }
        Happening::VisibilityChanged { message, hidden_until } => {
            let hidden_until = since(*hidden_until, start);
            ("visibility-changed", json!({ "message": message.to_text(), "hidden-until-ms": hidden_until }))
        }
        Happening::Deleted { message } => ("deleted", json!({ "message": message.to_text() })),
        Happening::Expired { message } => ("expired", json!({ "message": message.to_text() })),
        Happening::DeadLettered { message, to } => {
            ("dead-lettered", json!({ "message": message.to_text(), "to": to.as_ref() }))
        }
        Happening::Moved { message, became, to } => {
            let detail = json!({ "message": message.to_text(), "became": became.to_text(), "to": to.as_ref() });
            ("moved", detail)
        }
    }
}
