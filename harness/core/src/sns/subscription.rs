//! One subscription.

use std::sync::Arc;

use super::archive::Replay;
use super::delivery::policy::SubscriptionPolicy;
use super::filter_policy::FilterPolicy;
use super::{Protocol, TopicId};

/// Names a subscription for as long as it exists, and is not used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SubscriptionId(pub(in crate::sns) u32);

/// One subscription.
#[derive(Debug)]
pub(crate) struct Subscription {
    /// Its id.
    pub(in crate::sns) id: SubscriptionId,
    /// Its ARN.
    pub(in crate::sns) arn: Arc<str>,
    /// Its topic.
    pub(in crate::sns) topic: TopicId,
    /// ARN of its topic.
    pub(in crate::sns) topic_arn: Arc<str>,
    /// Account id of who subscribed.
    pub(in crate::sns) owner: Arc<str>,
    /// How its endpoint is reached.
    pub(in crate::sns) protocol: Protocol,
    /// The address.
    pub(in crate::sns) endpoint: Arc<str>,
    /// Whether messages come without an envelope.
    pub(in crate::sns) raw: bool,
    /// Whether its endpoint has agreed.
    pub(in crate::sns) confirmed: bool,
    /// `FilterPolicy`: the messages that it wants.
    pub(in crate::sns) filter: Option<FilterPolicy>,
    /// The queue of `RedrivePolicy`, for messages that can't be delivered.
    pub(in crate::sns) dead_letter_queue: Option<Arc<str>>,
    /// `DeliveryPolicy`.
    pub(in crate::sns) delivery_policy: Option<SubscriptionPolicy>,
    /// `ReplayPolicy`, and how far it has got.
    pub(in crate::sns) replay: Option<Replay>,
}

impl Subscription {
    /// Whether it gets nothing new, since it asked for its topic's past up to a time that is over.
    pub(in crate::sns) fn is_paused(&self) -> bool {
        self.replay.as_ref().is_some_and(|replay| replay.policy.end.is_some())
    }

    /// Whether its endpoint has agreed: before that nothing is delivered.
    pub(in crate::sns) fn is_confirmed(&self) -> bool {
        self.confirmed
    }
}
