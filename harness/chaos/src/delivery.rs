//! A delivery of a topic as chaos sees it, and what faults do to it.

use std::time::Duration;

use serde_json::Value as Json;

use crate::plan::KeySource;

/// A delivery of a topic to one subscription.
#[derive(Debug, Clone, Copy)]
pub struct Delivery<'a> {
    /// How far it is.
    pub moment: DeliveryMoment,
    /// ARN of the topic.
    pub topic: &'a str,
    /// ARN or address of who gets it: the endpoint, or the dead-letter queue.
    pub endpoint: &'a str,
    /// `sqs`, `https`.
    pub protocol: &'a str,
    /// Whether the subscription has a dead-letter queue.
    pub has_dead_letters: bool,
    /// What is delivered: a body, or an envelope with one.
    pub body: &'a str,
    /// The text of a message attribute, by its name, where attributes are beside the body.
    pub attribute: &'a dyn Attributes,
    /// The message group.
    pub group: Option<&'a str>,
}

/// Texts of message attributes by their names.
pub trait Attributes {
    /// The text.
    fn text(&self, name: &str) -> Option<String>;
}

/// There are none.
impl Attributes for () {
    fn text(&self, _name: &str) -> Option<String> {
        None
    }
}

impl std::fmt::Debug for dyn Attributes + '_ {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Attributes")
    }
}

/// How far a delivery is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryMoment {
    /// It is about to be made: the subscription lets the message through.
    Begins,
    /// An attempt over HTTP is about to be made.
    Attempted,
    /// It could not be made, and falls back to a dead-letter queue.
    Falls,
}

impl DeliveryMoment {
    /// The word that stands for it where calls have their operation.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Begins => "Deliver",
            Self::Attempted => "Attempt",
            Self::Falls => "DeadLetter",
        }
    }
}

/// What a fault does to a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turning {
    /// It begins later.
    Late(Duration),
    /// It is made once more, so much later.
    Again(Duration),
    /// The endpoint does not take it.
    Refused,
    /// The subscription ends before it.
    Ended,
    /// It is raw where an envelope is wanted, and the other way round.
    Flipped,
    /// The attempt is answered with this HTTP status, and the endpoint does not see it.
    Status(u16),
    /// The endpoint gets the attempt, and its answer comes too late.
    AnswerLate,
    /// The endpoint gets the attempt, and its answer is lost.
    AnswerLost,
    /// The dead-letter queue is gone.
    QueueGone,
}

impl Delivery<'_> {
    /// `orders to bills`: the names of topic and endpoint.
    pub(crate) fn resource(&self) -> String {
        format!("{} to {}", name(self.topic), self.receiver())
    }

    /// Name of the queue, or the address.
    pub(crate) fn receiver(&self) -> &str {
        if self.endpoint.starts_with("arn:") { name(self.endpoint) } else { self.endpoint }
    }

    /// Whether the topic is FIFO.
    pub fn is_of_fifo_topic(&self) -> bool {
        is_fifo(self.topic)
    }

    /// Whether it goes to a FIFO queue.
    pub fn is_to_fifo_queue(&self) -> bool {
        is_fifo(self.endpoint)
    }

    /// Whether it goes to a queue.
    pub fn is_to_queue(&self) -> bool {
        self.protocol == "sqs"
    }

    /// Whether it goes to a webhook.
    pub fn is_to_webhook(&self) -> bool {
        matches!(self.protocol, "http" | "https")
    }

    /// Business key of the message.
    pub(crate) fn key(&self, keys: &KeySource) -> Option<String> {
        keys.key_of_body(self.body, |name| self.attribute.text(name))
    }
}

/// Whether a topic or a queue is FIFO, which its name says.
fn is_fifo(arn: &str) -> bool {
    arn.rsplit_once('.').is_some_and(|(_, ending)| ending == "fifo")
}

/// The last part of an ARN.
fn name(arn: &str) -> &str {
    arn.rsplit(':').next().unwrap_or(arn)
}

/// What is in the envelope of a notification: its message, and its attributes.
pub(crate) fn envelope(body: &str) -> Option<(String, Json)> {
    if !body.trim_start().starts_with('{') {
        return None;
    }
    let mut document: Json = serde_json::from_str(body).ok()?;
    if document["Type"] != "Notification" || !document["TopicArn"].is_string() {
        return None;
    }
    let message = document["Message"].as_str()?.to_owned();
    Some((message, document["MessageAttributes"].take()))
}
