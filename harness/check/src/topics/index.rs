//! Everything that a history tells of topics.

use std::borrow::Cow;
use std::collections::BTreeMap;

use hashbrown::HashMap;
use redeliver_core::sns::filter_policy::Filterable;
use rustc_hash::FxBuildHasher;

use super::arrival::Arrivals;
use super::{Filter, Passage, Publish, Subscription, Timeline, Trail, Wants, calls, events};
use crate::mutation::mutated;
use crate::traffic::{Named, Names, Outcome, Traffic};

/// For how many milliseconds after a change of a filter policy the old one may be in force.
/// <https://docs.aws.amazon.com/sns/latest/dg/sns-message-filtering.html>
const POLICY_LAG_MS: u64 = 15 * 60 * 1_000;

/// A message that has an id.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Notice<'a> {
    /// The first acknowledged publish that it came from.
    pub(crate) publish: Option<usize>,
    /// Its message group.
    pub(crate) group: Option<&'a str>,
    /// Its sequence number.
    pub(crate) sequence: Option<u128>,
}

/// Everything that a history tells of topics.
#[derive(Debug, Default)]
pub(crate) struct Topics<'a> {
    /// Whether the backend told what happened inside it.
    pub(crate) tells: bool,
    /// Every message that was to be published, in the order of the answers.
    pub(crate) publishes: Vec<Publish<'a>>,
    /// Messages by number.
    pub(crate) notices: Vec<Notice<'a>>,
    /// Ids of messages.
    pub(crate) ids: Names<'a>,
    /// Subscriptions by number.
    pub(crate) subscriptions: Vec<Subscription<'a>>,
    arns: Names<'a>,
    /// Subscriptions by topic.
    pub(crate) by_topic: HashMap<&'a str, Vec<usize>, FxBuildHasher>,
    /// The attribute `DeliveryPolicy` by topic.
    pub(crate) delivery_policies: BTreeMap<&'a str, Timeline<&'a str>>,
    /// Topics that may have hidden parts of their messages.
    pub(crate) protected: Vec<&'a str>,
    /// What was told by message and subscription.
    pub(crate) passages: HashMap<(usize, usize), Passage, FxBuildHasher>,
    /// Deliveries over HTTP, in the order in which they began.
    pub(crate) trails: Vec<Trail>,
    /// Enqueued messages in the order in which the backend told of them: message and subscription.
    pub(crate) enqueued: Vec<(usize, usize)>,
    /// Messages that came out of queues.
    pub(crate) arrivals: Arrivals<'a>,
}

impl<'a> Topics<'a> {
    /// Makes sense of what a history tells of topics.
    pub(crate) fn of(traffic: &Traffic<'a>) -> Self {
        let mut topics = Self { tells: !traffic.told_of_topics.is_empty(), ..Self::default() };
        calls::publishes(&mut topics, traffic);
        if topics.tells {
            events::read(&mut topics, traffic);
        } else {
            calls::subscriptions(&mut topics, traffic);
        }
        for (number, subscription) in topics.subscriptions.iter().enumerate() {
            topics.by_topic.entry(subscription.topic).or_default().push(number);
        }
        let arrivals = Arrivals::of(&mut topics, traffic);
        topics.arrivals = arrivals;
        topics
    }

    /// The number of the message with this id.
    pub(super) fn notice(&mut self, id: impl Into<Cow<'a, str>>) -> usize {
        let number = self.ids.number_of(id.into());
        if number == self.notices.len() {
            self.notices.push(Notice::default());
        }
        number
    }

    /// The number of the subscription with this ARN.
    pub(super) fn subscription(&mut self, arn: &'a str) -> usize {
        let number = self.arns.number(arn);
        if number == self.subscriptions.len() {
            self.subscriptions.push(Subscription::new(arn));
        }
        number
    }

    /// The number of the subscription with this ARN, if the history has it.
    pub(super) fn find_subscription(&self, arn: &str) -> Option<usize> {
        self.arns.find(arn)
    }

    /// The publish that a message came from.
    pub(crate) fn publish_of(&self, message: usize) -> Option<&Publish<'a>> {
        self.notices[message].publish.map(|publish| &self.publishes[publish])
    }

    /// The first acknowledged publish of each message, with the number of the message.
    pub(crate) fn acknowledged(&self) -> impl Iterator<Item = (usize, &Publish<'a>)> {
        self.publishes.iter().enumerate().filter_map(|(number, publish)| {
            let message = publish.id.filter(|_| publish.outcome == Outcome::Done).and_then(|id| self.ids.find(id))?;
            (self.notices[message].publish == Some(number)).then_some((message, publish))
        })
    }

    /// Whether a subscription wants a message, by the policies that may have been in force until this millisecond.
    pub(crate) fn wants(&self, subscription: usize, publish: &Publish<'_>, until_ms: u64) -> Wants {
        self.wants_prepared(subscription, (publish, &publish.filterable()), until_ms)
    }

    /// As [`Self::wants`], for as long as a change after the publish might count. The message is prepared once for all subscriptions.
    pub(crate) fn wants_until_settled(&self, subscription: usize, prepared: (&Publish<'_>, &Filterable<'_>)) -> Wants {
        self.wants_prepared(subscription, prepared, prepared.0.span.end_ms + POLICY_LAG_MS)
    }

    fn wants_prepared(
        &self,
        subscription: usize,
        (publish, message): (&Publish<'_>, &Filterable<'_>),
        until_ms: u64,
    ) -> Wants {
        let hidden = self.protected.contains(&publish.topic);
        let lag_ms = if mutated("topics: a policy counts at once") { 0 } else { POLICY_LAG_MS };
        let from_ms = publish.span.begin_ms.saturating_sub(lag_ms);
        let filters = self.subscriptions[subscription].filters.during(from_ms, until_ms.max(publish.span.end_ms));
        Filter::all(filters, message, hidden)
    }

    /// A message in words.
    pub(crate) fn shown(&self, message: usize) -> String {
        match self.publish_of(message) {
            Some(publish) => publish.shown(),
            None => format!("message {}", self.ids.text(message)),
        }
    }

    /// A subscription in words.
    pub(crate) fn who(&self, subscription: usize) -> String {
        let one = &self.subscriptions[subscription];
        match (one.queue(), one.protocol) {
            (Some(queue), _) => format!("the subscription of queue `{queue}`"),
            (None, "") => format!("subscription {}", one.arn),
            (None, protocol) => format!("the {protocol} subscription of `{}`", one.endpoint),
        }
    }

    /// Whether the chaos struck a message, its group, its subscription or its topic.
    pub(crate) fn excuses(&self, struck: &Named<'_>, message: usize, subscription: usize) -> bool {
        let publish = self.publish_of(message);
        let group = self.notices[message].group;
        let Subscription { arn, topic, .. } = &self.subscriptions[subscription];
        let names = [self.ids.text(message), arn, topic].into_iter().chain(group);
        struck.covers(names.chain(publish.map(|publish| &*publish.key)))
    }
}
