//! Who wants messages, which, and since when.

use serde_json::Value;

use super::{Filter, RetryPolicy, Since, Timeline};
use crate::traffic::{field, place};

/// Somebody who wants the messages of a topic.
#[derive(Debug, Default)]
pub(crate) struct Subscription<'a> {
    /// Its ARN.
    pub(crate) arn: &'a str,
    /// ARN of its topic.
    pub(crate) topic: &'a str,
    /// Its protocol, for example `sqs`; empty when the history does not tell how it was made.
    pub(crate) protocol: &'a str,
    /// Where its messages go.
    pub(crate) endpoint: &'a str,
    /// Which messages it wants.
    pub(crate) filters: Timeline<Filter>,
    /// Whether it gets them without an envelope.
    pub(crate) raw: Timeline<bool>,
    /// Its attribute `DeliveryPolicy`.
    pub(crate) delivery_policy: Timeline<&'a str>,
    /// ARN of its dead-letter queue.
    pub(crate) dead_letter: Timeline<Option<String>>,
    /// Whether it was ever sent the past of its topic: then it got old messages after new ones, or none for a while.
    pub(crate) replayed: bool,
    /// From when to when it was confirmed.
    pub(crate) lives: Vec<Life>,
    policy: Option<&'a str>,
    scope: Option<&'a str>,
}

/// From when to when a subscription was confirmed, as indices of records. The ends are where it certainly was.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Life {
    /// It was confirmed by then.
    pub(crate) begin: usize,
    /// It may have ended from then on.
    pub(crate) end: Option<usize>,
}

impl<'a> Subscription<'a> {
    /// Nothing is known of it yet but its ARN.
    pub(super) fn new(arn: &'a str) -> Self {
        Self { arn, ..Self::default() }
    }

    /// It was made, with these attributes.
    pub(super) fn made(&mut self, since: Since, [topic, protocol, endpoint]: [&'a str; 3], given: Option<&'a Value>) {
        (self.topic, self.protocol, self.endpoint) = (topic, protocol, endpoint);
        let given = given.and_then(Value::as_object).into_iter().flatten();
        let given = given.filter_map(|(name, value)| Some((name.as_str(), value.as_str()?)));
        for (name, value) in given {
            match name {
                "FilterPolicy" => self.policy = Some(value),
                "FilterPolicyScope" => self.scope = Some(value),
                other => self.set(since, other, value),
            }
        }
        self.filters.add(since, Filter::of(self.policy, self.scope));
    }

    /// An attribute was set.
    pub(super) fn set(&mut self, since: Since, name: &str, value: &'a str) {
        match name {
            "FilterPolicy" => self.policy = Some(value),
            "FilterPolicyScope" => self.scope = Some(value),
            "RawMessageDelivery" => return self.raw.add(since, value.eq_ignore_ascii_case("true")),
            "DeliveryPolicy" => return self.delivery_policy.add(since, value),
            "RedrivePolicy" => return self.dead_letter.add(since, target(value)),
            "ReplayPolicy" => return self.replayed |= !value.is_empty(),
            _ => return,
        }
        self.filters.add(since, Filter::of(self.policy, self.scope));
    }

    /// It is confirmed.
    pub(super) fn begin(&mut self, at: usize) {
        if self.lives.last().is_none_or(|life| life.end.is_some()) {
            self.lives.push(Life { begin: at, end: None });
        }
    }

    /// It ended.
    pub(super) fn end(&mut self, at: usize) {
        if let Some(life) = self.lives.last_mut() {
            life.end.get_or_insert(at);
        }
    }

    /// Whether the history tells how it was made.
    pub(crate) fn is_known(&self) -> bool {
        !self.protocol.is_empty()
    }

    /// Whether it was confirmed all the time between two records.
    pub(crate) fn is_active(&self, from: usize, to: usize) -> bool {
        self.lives.iter().any(|life| life.begin < from && life.end.is_none_or(|end| end > to))
    }

    /// Name of the queue that is its endpoint.
    pub(crate) fn queue(&self) -> Option<&'a str> {
        let name = self.endpoint.rsplit(':').next().unwrap_or_default();
        (self.protocol == "sqs").then(|| place(name))
    }

    /// Whether its messages ever came without an envelope.
    pub(crate) fn was_raw(&self) -> bool {
        self.raw.all().any(|raw| *raw)
    }

    /// Whether its messages ever came in an envelope.
    pub(crate) fn was_wrapped(&self) -> bool {
        self.raw.all().next().is_none() || self.raw.all().any(|raw| !*raw)
    }

    /// Whether it is a queue that keeps the order of message groups.
    pub(crate) fn is_ordered(&self) -> bool {
        self.protocol == "sqs" && self.endpoint.strip_suffix(".fifo").is_some()
    }

    /// The policies of repetition that may have been in force at some time between two milliseconds.
    pub(crate) fn retry_policies(
        &self,
        topic: Option<&Timeline<&'a str>>,
        from_ms: u64,
        to_ms: u64,
    ) -> Vec<RetryPolicy> {
        let texts = |timeline: &Timeline<&'a str>| -> Vec<Option<&'a str>> {
            let set: Vec<_> = timeline.during(from_ms, to_ms).copied().map(Some).collect();
            // Before it was set for the first time, there was none.
            let none = timeline.is_empty_at(from_ms).then_some(None);
            none.into_iter().chain(set).collect()
        };
        let topics = topic.map_or_else(|| vec![None], texts);
        let own = texts(&self.delivery_policy);
        let mut policies = Vec::new();
        for (topic, own) in topics.iter().flat_map(|topic| own.iter().map(move |own| (*topic, *own))) {
            let policy = RetryPolicy::of(self.protocol, topic, own);
            if !policies.contains(&policy) {
                policies.push(policy);
            }
        }
        policies
    }
}

/// The dead-letter queue that a redrive policy names.
fn target(policy: &str) -> Option<String> {
    let policy: Value = serde_json::from_str(policy).ok()?;
    field(&policy, "deadLetterTargetArn")?.as_str().map(str::to_owned)
}
