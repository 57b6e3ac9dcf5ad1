//! One subscription.

use std::sync::Arc;

use super::archive::Replay;
use super::subscription_settings::SubscriptionSettings;
use super::{Protocol, TopicId};
use crate::Timestamp;
use crate::sqs::QueueId;

/// Names a subscription for as long as it exists, and is not used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SubscriptionId(pub(in crate::sns) u32);

impl SubscriptionId {
    /// As an index.
    pub(in crate::sns) fn index(self) -> usize {
        self.0 as usize
    }
}

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
    /// ARN of who subscribed.
    pub(in crate::sns) principal: Arc<str>,
    /// How its endpoint is reached.
    pub(in crate::sns) protocol: Protocol,
    /// The address.
    pub(in crate::sns) endpoint: Arc<str>,
    /// Where the queue of this address was found last.
    pub(in crate::sns) queue: Option<QueueId>,
    /// Its settable attributes.
    pub(in crate::sns) settings: SubscriptionSettings,
    /// `ReplayPolicy`, and how far it has got.
    pub(in crate::sns) replay: Option<Replay>,
    /// Whether its endpoint has agreed.
    pub(in crate::sns) confirmation: Confirmation,
}

/// Whether an endpoint has agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::sns) enum Confirmation {
    /// It was asked, and may answer until then.
    Pending {
        /// When the subscription ends unless it agrees.
        until: Timestamp,
    },
    /// It has agreed, or did not have to be asked.
    Confirmed {
        /// Whether by a signed call.
        authenticated: bool,
        /// Whether only signed calls may end the subscription.
        guarded: bool,
    },
}

impl Subscription {
    /// Whether its endpoint has agreed: before that nothing is delivered.
    pub(in crate::sns) fn is_confirmed(&self) -> bool {
        matches!(self.confirmation, Confirmation::Confirmed { .. })
    }

    /// Whether its endpoint did not agree in time: the next call takes it away.
    pub(in crate::sns) fn has_ended(&self, now: Timestamp) -> bool {
        matches!(self.confirmation, Confirmation::Pending { until } if until <= now)
    }

    /// Whether it gets nothing new, since it asked for its topic's past up to a time that is over.
    pub(in crate::sns) fn is_paused(&self) -> bool {
        self.replay.as_ref().is_some_and(|replay| replay.policy.end.is_some())
    }

    /// ARN of its dead-letter queue.
    pub(in crate::sns) fn dead_letter_queue(&self) -> Option<Arc<str>> {
        self.settings.redrive.as_ref().map(|redrive| Arc::clone(&redrive.queue))
    }
}
