//! What happened to topics and their messages, as lines of a history.

use redeliver_core::sns::Happening;
use redeliver_core::{Timestamp, Uuid};
use serde_json::{Map, Value, json};

use super::since;

/// Name and details; times in milliseconds since the history began.
pub(super) fn told(what: &Happening, start: Timestamp) -> (&'static str, Value) {
    match what {
        Happening::TopicCreated { attributes } => ("topic-created", json!({ "attributes": named(attributes) })),
        Happening::TopicChanged { name, value } => ("topic-changed", json!({ "name": name, "value": value })),
        Happening::TopicDeleted => ("topic-deleted", json!({})),
        Happening::Subscribed { subscription, protocol, endpoint, attributes } => {
            let detail = json!({ "protocol": protocol, "endpoint": endpoint, "attributes": named(attributes) });
            ("subscribed", of(subscription, detail))
        }
        Happening::SubscriptionChanged { subscription, name, value } => {
            ("subscription-changed", of(subscription, json!({ "name": name, "value": value })))
        }
        Happening::Confirmed { subscription } => ("confirmed", of(subscription, json!({}))),
        Happening::Unsubscribed { subscription } => ("unsubscribed", of(subscription, json!({}))),
        Happening::Published { message, group, sequence } => {
            ("published", json!({ "message": message.to_text(), "group": group.as_deref(), "sequence": sequence }))
        }
        Happening::Deduplicated { message } => ("deduplicated", json!({ "message": message.to_text() })),
        Happening::Filtered { message, subscription } => ("filtered", to(*message, subscription, json!({}))),
        Happening::Delayed { message, subscription, until } => {
            ("delayed", to(*message, subscription, json!({ "until-ms": since(*until, start) })))
        }
        Happening::Attempted { message, subscription, endpoint, delivery, attempt } => {
            let detail = json!({ "endpoint": endpoint, "delivery": delivery.0, "attempt": attempt });
            ("attempted", to(*message, subscription, detail))
        }
        Happening::Delivered { message, subscription, endpoint, became, delivery, attempt } => {
            let became = became.map(Uuid::to_text);
            let delivery = delivery.map(|delivery| delivery.0);
            let detail = json!({ "endpoint": endpoint, "became": became, "delivery": delivery, "attempt": attempt });
            ("delivered", to(*message, subscription, detail))
        }
        Happening::Failed { message, subscription, delivery, attempt, status, why, again_at } => {
            let again_at = again_at.map(|at| since(at, start));
            let detail = json!({
                "delivery": delivery.0,
                "attempt": attempt,
                "status": status,
                "why": why,
                "again-at-ms": again_at,
            });
            ("delivery-failed", to(*message, subscription, detail))
        }
        Happening::DeadLettered { message, subscription, to: queue, became, why } => {
            let detail = json!({ "to": &**queue, "became": became.to_text(), "why": why });
            ("dead-lettered", to(*message, subscription, detail))
        }
        Happening::Dropped { message, subscription, why } => {
            ("dropped", to(*message, subscription, json!({ "why": why })))
        }
    }
}

/// Details of what happened to a subscription.
fn of(subscription: &str, mut detail: Value) -> Value {
    detail["subscription"] = subscription.into();
    detail
}

/// Details of what happened to a message on its way to a subscription.
fn to(message: Uuid, subscription: &str, detail: Value) -> Value {
    let mut detail = of(subscription, detail);
    detail["message"] = message.to_text().into();
    detail
}

fn named(attributes: &[(String, String)]) -> Value {
    attributes.iter().map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect::<Map<_, _>>().into()
}
