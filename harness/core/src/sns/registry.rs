//! Topics and subscriptions by id and by ARN.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Protocol, Subscription, SubscriptionId, Topic, TopicId};
use crate::Caller;

/// Topics and subscriptions by id and by ARN. ARNs sort by account, region and name within a partition.
#[derive(Debug, Default)]
pub(in crate::sns) struct Registry {
    topics: BTreeMap<TopicId, Topic>,
    topics_by_arn: BTreeMap<Arc<str>, TopicId>,
    /// By number; `None` where one has ended. A publish looks at all of a topic's, so it has to be cheap.
    subscriptions: Vec<Option<Box<Subscription>>>,
    subscriptions_by_arn: BTreeMap<Arc<str>, SubscriptionId>,
    by_endpoint: BTreeMap<(TopicId, Protocol, Arc<str>), SubscriptionId>,
    last_topic: u32,
    /// Topics by account, region and whether they are FIFO topics.
    counts: BTreeMap<Kind, usize>,
}

/// What a quota of topics counts together: account, region, and whether they are FIFO topics.
type Kind = (Arc<str>, Arc<str>, bool);

impl Registry {
    /// Adds the topic that `topic` makes with its id.
    pub(in crate::sns) fn add_topic(&mut self, topic: impl FnOnce(TopicId) -> Topic) -> TopicId {
        self.last_topic += 1;
        let id = TopicId(self.last_topic);
        let topic = topic(id);
        self.topics_by_arn.insert(Arc::clone(&topic.arn), id);
        *self.counts.entry(kind(&topic)).or_default() += 1;
        self.topics.insert(id, topic);
        id
    }

    /// Takes a topic out, and with it its subscriptions.
    pub(in crate::sns) fn remove_topic(&mut self, id: TopicId) -> Option<(Topic, Vec<Subscription>)> {
        let topic = self.topics.remove(&id)?;
        self.topics_by_arn.remove(&topic.arn);
        if let Some(count) = self.counts.get_mut(&kind(&topic)) {
            *count -= 1;
        }
        let gone = topic.subscriptions().collect::<Vec<_>>();
        let gone = gone.into_iter().filter_map(|id| self.remove_subscription(id)).collect();
        Some((topic, gone))
    }

    /// A topic.
    pub(in crate::sns) fn topic(&self, id: TopicId) -> Option<&Topic> {
        self.topics.get(&id)
    }

    /// A topic, to be changed.
    pub(in crate::sns) fn topic_mut(&mut self, id: TopicId) -> Option<&mut Topic> {
        self.topics.get_mut(&id)
    }

    /// The topic of this ARN.
    pub(in crate::sns) fn topic_by_arn(&self, arn: &str) -> Option<&Topic> {
        self.topic(*self.topics_by_arn.get(arn)?)
    }

    /// How many topics an account has in a region, FIFO topics or others.
    pub(in crate::sns) fn count(&self, caller: &Caller, fifo: bool) -> usize {
        let kind = (Arc::clone(&caller.account), Arc::clone(&caller.region), fifo);
        self.counts.get(&kind).copied().unwrap_or_default()
    }

    /// How many subscriptions there are in all.
    pub(in crate::sns) fn subscriptions_count(&self) -> usize {
        self.subscriptions_by_arn.len()
    }

    /// All topics by ARN.
    pub(in crate::sns) fn topics(&self) -> impl DoubleEndedIterator<Item = &Topic> {
        self.topics_by_arn.values().filter_map(|id| self.topic(*id))
    }

    /// Adds the subscription that `subscription` makes with its id, and tells its topic.
    pub(in crate::sns) fn add_subscription(
        &mut self,
        subscription: impl FnOnce(SubscriptionId) -> Subscription,
    ) -> SubscriptionId {
        let number = u32::try_from(self.subscriptions.len()).expect("there are fewer subscriptions than 2^32");
        let id = SubscriptionId(number);
        let subscription = subscription(id);
        if let Some(topic) = self.topics.get_mut(&subscription.topic) {
            topic.subscriptions.insert(id);
        }
        self.by_endpoint.insert(address(&subscription), id);
        self.subscriptions_by_arn.insert(Arc::clone(&subscription.arn), id);
        self.subscriptions.push(Some(Box::new(subscription)));
        id
    }

    /// Takes a subscription out, of its topic too.
    pub(in crate::sns) fn remove_subscription(&mut self, id: SubscriptionId) -> Option<Subscription> {
        let subscription = *self.subscriptions.get_mut(id.index())?.take()?;
        self.by_endpoint.remove(&address(&subscription));
        self.subscriptions_by_arn.remove(&subscription.arn);
        if let Some(topic) = self.topics.get_mut(&subscription.topic) {
            topic.subscriptions.remove(&id);
        }
        Some(subscription)
    }

    /// A subscription.
    pub(in crate::sns) fn subscription(&self, id: SubscriptionId) -> Option<&Subscription> {
        self.subscriptions.get(id.index())?.as_deref()
    }

    /// A subscription, to be changed.
    pub(in crate::sns) fn subscription_mut(&mut self, id: SubscriptionId) -> Option<&mut Subscription> {
        self.subscriptions.get_mut(id.index())?.as_deref_mut()
    }

    /// The subscription of this ARN.
    pub(in crate::sns) fn subscription_by_arn(&self, arn: &str) -> Option<&Subscription> {
        self.subscription(*self.subscriptions_by_arn.get(arn)?)
    }

    /// The subscription of an endpoint to a topic.
    pub(in crate::sns) fn subscription_to(
        &self,
        topic: TopicId,
        protocol: Protocol,
        endpoint: &str,
    ) -> Option<SubscriptionId> {
        self.by_endpoint.get(&(topic, protocol, endpoint.into())).copied()
    }

    /// The subscriptions of the topic of this ARN, by ARN.
    pub(in crate::sns) fn subscriptions_of(&self, topic: &str) -> impl Iterator<Item = &Subscription> {
        let first: Arc<str> = format!("{topic}:").into();
        let is_of = move |arn: &Arc<str>| arn.starts_with(&*first);
        let from: Arc<str> = format!("{topic}:").into();
        let found = self.subscriptions_by_arn.range(from..).take_while(move |(arn, _)| is_of(arn));
        found.filter_map(|(_, id)| self.subscription(*id))
    }

    /// All subscriptions by ARN.
    pub(in crate::sns) fn subscriptions(&self) -> impl DoubleEndedIterator<Item = &Subscription> {
        self.subscriptions_by_arn.values().filter_map(|id| self.subscription(*id))
    }
}

fn kind(topic: &Topic) -> Kind {
    (Arc::clone(&topic.owner), Arc::clone(&topic.region), topic.settings.fifo)
}

fn address(subscription: &Subscription) -> (TopicId, Protocol, Arc<str>) {
    (subscription.topic, subscription.protocol, Arc::clone(&subscription.endpoint))
}
