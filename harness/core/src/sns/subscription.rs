//! One subscription.

use std::sync::Arc;

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
}

impl Subscription {
    /// Whether its endpoint has agreed: before that nothing is delivered.
    pub(in crate::sns) fn is_confirmed(&self) -> bool {
        self.confirmed
    }
}
