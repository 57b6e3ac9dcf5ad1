//! What a fault does to a delivery, and what it is decided by.

use std::time::Duration;

use indexmap::IndexMap;
use redeliver_model::sns::MessageAttributeValue;

use super::transit::Transit;
use crate::sns::{Published, Subscription};

/// A message that is about to be delivered to a subscription, which is confirmed and lets it through.
#[derive(Debug, Clone, Copy)]
pub struct Passing<'a> {
    /// ARN of the topic.
    pub topic: &'a str,
    /// Whether the topic is FIFO.
    pub is_fifo: bool,
    /// `sqs`, `https`.
    pub protocol: &'static str,
    /// ARN or address of the endpoint.
    pub endpoint: &'a str,
    /// Whether the subscription has a dead-letter queue.
    pub has_dead_letters: bool,
    /// Whether the subscription wants messages as they are, not in an envelope.
    pub is_raw: bool,
    /// The body.
    pub body: &'a str,
    /// Message attributes.
    pub attributes: &'a IndexMap<String, MessageAttributeValue>,
    /// The message group.
    pub group: Option<&'a str>,
}

/// What a fault does to a delivery; by default nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Course {
    /// It is made later.
    pub lag: Duration,
    /// It is made once more, so much later than the first time.
    pub again: Option<Duration>,
    /// The endpoint does not take it: a queue at once, a webhook at each attempt.
    pub is_refused: bool,
    /// The subscription ends before it.
    pub has_ended: bool,
    /// It is raw where the subscription wants an envelope, and the other way round.
    pub is_flipped: bool,
}

/// A message that falls back to a dead-letter queue.
#[derive(Debug, Clone, Copy)]
pub struct Falling<'a> {
    /// ARN of the topic.
    pub topic: &'a str,
    /// ARN of the dead-letter queue.
    pub queue: &'a str,
    /// What the queue would get: a body, or an envelope.
    pub body: &'a str,
}

/// Asks what is to happen to a delivery.
pub(super) fn course(subscription: &Subscription, published: &Published, transit: &mut Transit<'_>) -> Course {
    transit.oracle.course(&Passing {
        topic: &published.topic_arn,
        is_fifo: published.sequence.is_some(),
        protocol: subscription.protocol.as_str(),
        endpoint: &subscription.endpoint,
        has_dead_letters: subscription.settings.redrive.is_some(),
        is_raw: subscription.settings.raw,
        body: published.body_for(subscription.protocol),
        attributes: &published.attributes,
        group: published.group.as_deref(),
    })
}
