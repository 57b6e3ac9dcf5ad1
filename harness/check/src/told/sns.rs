//! What happened to topics and their messages, as lines of a history.

use redeliver_core::Timestamp;
use redeliver_core::sns::Happening;
use serde_json::{Value, json};

use super::since;

/// Name and details; times in milliseconds since the history began.
pub(super) fn told(what: &Happening, start: Timestamp) -> (&'static str, Value) {
    match what {
        Happening::TopicCreated => ("topic-created", json!({})),
        Happening::TopicDeleted => ("topic-deleted", json!({})),
        Happening::Subscribed { subscription, protocol, endpoint } => {
            ("subscribed", json!({ "subscription": &**subscription, "protocol": protocol, "endpoint": endpoint }))
        }
        Happening::Confirmed { subscription } => ("confirmed", json!({ "subscription": &**subscription })),
        Happening::Unsubscribed { subscription } => ("unsubscribed", json!({ "subscription": &**subscription })),
        Happening::Published { message, group, sequence } => {
            ("published", json!({ "message": message.to_text(), "group": group.as_deref(), "sequence": sequence }))
        }
        Happening::Deduplicated { message } => ("deduplicated", json!({ "message": message.to_text() })),
        Happening::Filtered { message, subscription } => {
            ("filtered", json!({ "message": message.to_text(), "subscription": &**subscription }))
        }
        Happening::Delivered { message, subscription, endpoint, became } => (
            "delivered",
            json!({
                "message": message.to_text(),
                "subscription": &**subscription,
                "endpoint": endpoint,
                "became": became.map(redeliver_core::Uuid::to_text),
            }),
        ),
        Happening::Failed { message, subscription, attempt, why, again_at } => (
            "delivery-failed",
            json!({
                "message": message.to_text(),
                "subscription": &**subscription,
                "attempt": attempt,
                "why": why,
                "again-at-ms": again_at.map(|at| since(at, start)),
            }),
        ),
        Happening::DeadLettered { message, subscription, to, became, why } => (
            "dead-lettered",
            json!({
                "message": message.to_text(),
                "subscription": &**subscription,
                "to": &**to,
                "became": became.to_text(),
                "why": why,
            }),
        ),
        Happening::Dropped { message, subscription, why } => {
            ("dropped", json!({ "message": message.to_text(), "subscription": &**subscription, "why": why }))
        }
    }
}
