//! Messages of topics that came out of queues.

use std::borrow::Cow;

use hashbrown::{HashMap, HashSet};
use rustc_hash::FxBuildHasher;
use serde::Deserialize;

use super::{Subscription, Topics};
use crate::traffic::{Delivery, Names, Traffic};

/// The envelope of a message, as queues get it.
/// <https://docs.aws.amazon.com/sns/latest/dg/sns-sqs-as-subscriber.html>
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Envelope<'a> {
    #[serde(borrow)]
    r#type: Cow<'a, str>,
    #[serde(borrow)]
    message_id: Cow<'a, str>,
    #[serde(borrow)]
    topic_arn: Cow<'a, str>,
    #[serde(borrow)]
    sequence_number: Option<Cow<'a, str>>,
    #[serde(rename = "UnsubscribeURL", borrow)]
    unsubscribe_url: Option<Cow<'a, str>>,
}

/// A message in an envelope that came out of a queue for the first time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arrival {
    /// Number of the delivery.
    pub(crate) delivery: usize,
    /// Number of the queue.
    pub(crate) queue: usize,
    /// Number of the message.
    pub(crate) message: usize,
    /// The subscription that it came through, where the envelope tells.
    pub(crate) subscription: Option<usize>,
}

/// A body that came out of a queue and was published to a topic whose messages this queue gets without an envelope.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RawArrival {
    /// Number of the first delivery.
    pub(crate) delivery: usize,
    /// Number of the queue.
    pub(crate) queue: usize,
    /// Number of the body.
    pub(crate) body: usize,
}

/// Messages of topics that came out of queues.
#[derive(Debug, Default)]
pub(crate) struct Arrivals<'a> {
    /// In envelopes, in the order of the receives.
    pub(crate) wrapped: Vec<Arrival>,
    /// Without, each body once for each queue.
    pub(crate) raw: Vec<RawArrival>,
    /// Publishes of each body.
    pub(crate) of_body: Vec<Vec<usize>>,
    /// Subscriptions by queue.
    pub(crate) by_queue: HashMap<usize, Vec<usize>, FxBuildHasher>,
    bodies: Names<'a>,
    raw_seen: HashSet<(usize, usize), FxBuildHasher>,
    body_of_publish: Vec<usize>,
    arrived: HashSet<(usize, Option<usize>), FxBuildHasher>,
    /// Messages of queues that were in envelopes.
    enveloped: HashSet<usize, FxBuildHasher>,
    /// Whether any subscription gets messages without envelopes.
    any_raw: bool,
}

impl<'a> Arrivals<'a> {
    /// Reads what came out of queues that subscriptions send to, and of their dead-letter queues.
    pub(super) fn of(topics: &mut Topics<'a>, traffic: &Traffic<'a>) -> Self {
        let mut arrivals = Self { any_raw: topics.subscriptions.iter().any(Subscription::was_raw), ..Self::default() };
        for (number, subscription) in topics.subscriptions.iter().enumerate() {
            if let Some(queue) = subscription.queue().and_then(|name| traffic.queues.find(name)) {
                arrivals.by_queue.entry(queue).or_default().push(number);
            }
        }
        if topics.publishes.is_empty() {
            return arrivals;
        }
        for (number, publish) in topics.publishes.iter().enumerate() {
            let body = arrivals.bodies.number_of(publish.queue_body.clone());
            if body == arrivals.of_body.len() {
                arrivals.of_body.push(Vec::new());
            }
            arrivals.of_body[body].push(number);
            arrivals.body_of_publish.push(body);
        }
        for (number, delivery) in traffic.deliveries.iter().enumerate() {
            if traffic.messages[delivery.message].first != Some(number) {
                continue;
            }
            let (queue, body) = (delivery.queue, delivery.body);
            match read(body) {
                Some(envelope) => {
                    arrivals.enveloped.insert(delivery.message);
                    arrivals.add(topics, (number, queue), envelope);
                }
                None => {
                    if let Some(body) = arrivals.bodies.find(body)
                        && arrivals.raw_seen.insert((body, queue))
                    {
                        arrivals.raw.push(RawArrival { delivery: number, queue, body });
                    }
                }
            }
        }
        arrivals
    }

    fn add(&mut self, topics: &mut Topics<'a>, (delivery, queue): (usize, usize), envelope: Envelope<'a>) {
        let through = envelope.unsubscribe_url.as_deref().and_then(subscription_of);
        let subscription = through.and_then(|arn| topics.find_subscription(arn));
        let message = topics.notice(envelope.message_id);
        let notice = &mut topics.notices[message];
        notice.sequence = notice.sequence.or_else(|| envelope.sequence_number?.parse().ok());
        self.arrived.insert((message, subscription));
        self.wrapped.push(Arrival { delivery, queue, message, subscription });
    }

    /// Whether a topic may have sent what was delivered.
    pub(crate) fn explain(&self, delivery: &Delivery<'_>) -> bool {
        self.enveloped.contains(&delivery.message) || self.any_raw && self.bodies.find(delivery.body).is_some()
    }

    /// Whether a message came out of some queue through this subscription, or it may have.
    pub(crate) fn has(&self, topics: &Topics<'_>, message: usize, subscription: usize, queue: Option<usize>) -> bool {
        let subscriber = &topics.subscriptions[subscription];
        let wrapped =
            || [Some(subscription), None].into_iter().any(|through| self.arrived.contains(&(message, through)));
        let raw = || {
            let body = topics.notices[message].publish.map(|publish| self.body_of_publish[publish]);
            body.zip(queue).is_some_and(|at| self.raw_seen.contains(&at))
        };
        subscriber.was_wrapped() && wrapped() || subscriber.was_raw() && raw()
    }
}

/// The envelope, if a body is one of a published message.
fn read(body: &str) -> Option<Envelope<'_>> {
    if !body.trim_start().starts_with('{') || !body.contains("\"TopicArn\"") {
        return None;
    }
    let envelope: Envelope<'_> = serde_json::from_str(body).ok()?;
    (envelope.r#type == "Notification" && !envelope.topic_arn.is_empty()).then_some(envelope)
}

/// The subscription that an address to unsubscribe names.
fn subscription_of(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("SubscriptionArn=")?;
    rest.split('&').next()
}
