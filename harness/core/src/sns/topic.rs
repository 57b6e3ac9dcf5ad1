//! One topic.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::SubscriptionId;

/// Names a topic for as long as it exists, and is not used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TopicId(pub(in crate::sns) u32);

/// One topic.
#[derive(Debug)]
pub(crate) struct Topic {
    /// Its id.
    pub(in crate::sns) id: TopicId,
    /// Its ARN.
    pub(in crate::sns) arn: Arc<str>,
    /// Its owner's account id.
    pub(in crate::sns) owner: Arc<str>,
    /// Its region.
    pub(in crate::sns) region: Arc<str>,
    /// Its subscriptions, in the order in which they were made.
    pub(in crate::sns) subscriptions: BTreeSet<SubscriptionId>,
}

impl Topic {
    /// Its subscriptions, in the order in which they were made.
    pub(in crate::sns) fn subscriptions(&self) -> impl Iterator<Item = SubscriptionId> {
        self.subscriptions.iter().copied()
    }
}
