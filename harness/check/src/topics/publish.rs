//! A message that was published, or was to be.

use std::borrow::Cow;

use redeliver_core::sns::filter_policy::Filterable;
use serde_json::Value;

use crate::traffic::{self, Outcome, Traffic, field, sequence, text};

/// A message that was published, or was to be.
#[derive(Debug)]
pub(crate) struct Publish<'a> {
    /// When the call was in the air.
    pub(crate) span: traffic::Span,
    /// ARN of the topic.
    pub(crate) topic: &'a str,
    /// The body for all protocols that have none of their own.
    pub(crate) body: Cow<'a, str>,
    /// The body for queues.
    pub(crate) queue_body: Cow<'a, str>,
    attributes: Option<&'a Value>,
    /// Its message group.
    pub(crate) group: Option<&'a str>,
    /// Its business key.
    pub(crate) key: Cow<'a, str>,
    /// The id that it got; `None` unless it was acknowledged.
    pub(crate) id: Option<&'a str>,
    /// The sequence number that it got.
    pub(crate) sequence: Option<u128>,
    /// What came of the call.
    pub(crate) outcome: Outcome,
}

impl<'a> Publish<'a> {
    /// Reads a publish, or an entry of a batch; `None` for what goes to no topic.
    pub(super) fn of(
        traffic: &Traffic<'a>,
        span: traffic::Span,
        topic: &'a str,
        entry: &'a Value,
        (outcome, output): (Outcome, Option<&'a Value>),
    ) -> Option<Self> {
        if topic.is_empty() {
            return None;
        }
        let message = text(entry, "Message");
        let (body, queue_body) = bodies(message, text(entry, "MessageStructure"));
        let attributes = field(entry, "MessageAttributes");
        let group = Some(text(entry, "MessageGroupId")).filter(|group| !group.is_empty());
        let answer = output.filter(|_| outcome == Outcome::Done);
        let id = answer.map(|answer| text(answer, "MessageId")).filter(|id| !id.is_empty());
        Some(Self {
            span,
            topic,
            key: traffic.key_of(message, attributes),
            body,
            queue_body,
            attributes,
            group,
            id,
            sequence: sequence(answer.and_then(|answer| field(answer, "SequenceNumber"))),
            outcome,
        })
    }

    /// As filter policies look at it.
    pub(crate) fn filterable(&self) -> Filterable<'_> {
        let members = self.attributes.and_then(Value::as_object).into_iter().flatten();
        let attributes = members.map(|(name, value)| {
            (name.as_str(), text(value, "DataType"), field(value, "StringValue").and_then(Value::as_str))
        });
        Filterable::new(attributes, &self.body)
    }

    /// In words.
    pub(crate) fn shown(&self) -> String {
        format!("message {} `{}`", self.id.unwrap_or("without an id"), self.body)
    }
}

/// The bodies for all and for queues. With `MessageStructure` `json` each protocol may have its own.
/// <https://docs.aws.amazon.com/sns/latest/api/API_Publish.html>
fn bodies<'a>(message: &'a str, structure: &str) -> (Cow<'a, str>, Cow<'a, str>) {
    let structured = (structure == "json").then(|| serde_json::from_str::<Value>(message).ok()).flatten();
    let Some(structured) = structured else { return (Cow::Borrowed(message), Cow::Borrowed(message)) };
    let own = |name: &str| structured.get(name).and_then(Value::as_str).map(str::to_owned);
    let default = own("default").unwrap_or_default();
    let queue = own("sqs").unwrap_or_else(|| default.clone());
    (Cow::Owned(default), Cow::Owned(queue))
}
