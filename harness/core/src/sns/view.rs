//! Topics and subscriptions as they are, to be looked at from outside; nothing is changed by looking.

use std::sync::Arc;

use super::{Sns, Subscription, Topic};
use crate::{Arn, Timestamp};

/// A topic as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicView {
    /// Account id of the owner.
    pub account: Arc<str>,
    /// Region.
    pub region: Arc<str>,
    /// Name.
    pub name: String,
    /// ARN.
    pub arn: Arc<str>,
    /// Attributes as `GetTopicAttributes` has them.
    pub attributes: Vec<(String, String)>,
    /// Tags, in the order in which they were added.
    pub tags: Vec<(String, String)>,
    /// Subscriptions, in the order in which they were made.
    pub subscriptions: Vec<SubscriptionView>,
}

/// A subscription as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriptionView {
    /// ARN, also of one that is not confirmed.
    pub arn: Arc<str>,
    /// Account id of who subscribed.
    pub account: Arc<str>,
    /// How its endpoint is reached, for example `sqs`.
    pub protocol: &'static str,
    /// The address.
    pub endpoint: Arc<str>,
    /// Whether its endpoint has agreed.
    pub is_confirmed: bool,
    /// Attributes as `GetSubscriptionAttributes` has them.
    pub attributes: Vec<(String, String)>,
}

impl Sns {
    /// All topics as they are at `now`, by account, region and name. What has come to its end by then is not shown, though no call has
    /// taken it away yet.
    pub(crate) fn view(&self, now: Timestamp) -> Vec<TopicView> {
        let mut topics: Vec<_> = self.registry.topics().map(|topic| self.view_of(topic, now)).collect();
        topics.sort_by(|a, b| (&a.account, &a.region, &a.name).cmp(&(&b.account, &b.region, &b.name)));
        topics
    }

    fn view_of(&self, topic: &Topic, now: Timestamp) -> TopicView {
        let subscriptions = topic.subscriptions().filter_map(|id| self.subscription(id));
        TopicView {
            account: Arc::clone(&topic.owner),
            region: Arc::clone(&topic.region),
            name: Arn::parse(&topic.arn).expect("ARNs of topics are made here").resource,
            arn: Arc::clone(&topic.arn),
            attributes: self.attributes_of(topic, now).into_iter().collect(),
            tags: topic.tags.iter().map(|(key, value)| (key.clone(), value.clone())).collect(),
            subscriptions: subscriptions
                .filter(|subscription| !subscription.has_ended(now))
                .map(|subscription| self.view_of_subscription(subscription))
                .collect(),
        }
    }

    fn view_of_subscription(&self, subscription: &Subscription) -> SubscriptionView {
        SubscriptionView {
            arn: Arc::clone(&subscription.arn),
            account: Arc::clone(&subscription.owner),
            protocol: subscription.protocol.as_str(),
            endpoint: Arc::clone(&subscription.endpoint),
            is_confirmed: subscription.is_confirmed(),
            attributes: self.attributes_of_subscription(subscription).into_iter().collect(),
        }
    }
}
