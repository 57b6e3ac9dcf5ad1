//! The queues, topics and streams as they are.

use redeliver_core::Timestamp;
use redeliver_core::sns::{SubscriptionView, TopicView};
use redeliver_core::sqs::{MessageState, MessageView, QueueView};
use serde_json::{Map, Value, json};

use super::problem::Problem;
use super::streams::stream;
use crate::engine::Engine;

/// Messages of each queue that are shown unless the caller says how many.
const MESSAGES: usize = 100;

/// All queues with attributes, tags, counters and their oldest messages, all topics with attributes, tags and subscriptions,
/// and all streams with what is on them.
/// `messages=N` in the query says how many messages.
pub(super) fn read(engine: &Engine, query: &str) -> Result<Value, Problem> {
    let mut messages = MESSAGES;
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let number = pair.strip_prefix("messages=").and_then(|text| text.parse().ok());
        messages = number.ok_or_else(|| {
            Problem::bad_request(format!("`{pair}` is no parameter of this call: write `messages=` and a number"))
        })?;
    }
    let (now, queues, topics, streams) = engine.steer(|state, clock| {
        let now = clock.now();
        (now, state.queues(messages), state.topics(now), state.streams(now))
    });
    Ok(json!({
        "now_ms": now.as_millis(),
        "queues": queues.iter().map(queue).collect::<Vec<_>>(),
        "topics": topics.iter().map(topic).collect::<Vec<_>>(),
        "streams": streams.iter().map(stream).collect::<Vec<_>>(),
    }))
}

pub(super) fn map(pairs: &[(String, String)]) -> Map<String, Value> {
    pairs.iter().map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect()
}

fn queue(queue: &QueueView) -> Value {
    let counters = queue.counters;
    json!({
        "account": queue.account.as_ref(),
        "region": queue.region.as_ref(),
        "name": queue.name.as_ref(),
        "arn": queue.arn.as_ref(),
        "attributes": map(&queue.attributes),
        "tags": map(&queue.tags),
        "counters": {
            "visible": counters.visible,
            "in_flight": counters.in_flight,
            "delayed": counters.delayed,
            "waiting_receives": counters.waiting_receives,
        },
        "messages": queue.messages.iter().map(message).collect::<Vec<_>>(),
    })
}

fn message(message: &MessageView) -> Value {
    let state = match message.state {
        MessageState::Visible => "visible",
        MessageState::InFlight => "in-flight",
        MessageState::Delayed => "delayed",
    };
    json!({
        "id": message.id.to_text(),
        "body": message.body,
        "state": state,
        "receive_count": message.receive_count,
        "sent_at_ms": message.sent_at.as_millis(),
        "visible_at_ms": message.visible_at.map(Timestamp::as_millis),
        "group": message.group.as_deref(),
    })
}

fn topic(topic: &TopicView) -> Value {
    json!({
        "account": topic.account.as_ref(),
        "region": topic.region.as_ref(),
        "name": topic.name,
        "arn": topic.arn.as_ref(),
        "attributes": map(&topic.attributes),
        "tags": map(&topic.tags),
        "subscriptions": topic.subscriptions.iter().map(subscription).collect::<Vec<_>>(),
    })
}

fn subscription(subscription: &SubscriptionView) -> Value {
    json!({
        "arn": subscription.arn.as_ref(),
        "account": subscription.account.as_ref(),
        "protocol": subscription.protocol,
        "endpoint": subscription.endpoint.as_ref(),
        "confirmed": subscription.is_confirmed,
        "attributes": map(&subscription.attributes),
    })
}
