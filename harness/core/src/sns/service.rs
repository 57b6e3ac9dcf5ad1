//! All topics of all accounts and regions.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use redeliver_model::sns::Command;

use super::context::Context;
use super::delivery::{Deliveries, Outgoing};
use super::outbox::Outbox;
use super::platform::Platforms;
use super::registry::Registry;
use super::room::LARGE_SUBSCRIPTIONS_MAX;
use super::sms::Phones;
use super::token::Token;
use super::{Subscription, SubscriptionId, Topic, TopicId, access};
use crate::kms::Keys;
use crate::log::Log;
use crate::{Answer, Caller, Ids, Limits, Timestamp};

/// Who calls SNS, and how.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    /// Who calls.
    pub(crate) caller: &'a Caller,
    /// The HTTP header `X-Amzn-Trace-Id`.
    pub(crate) trace: Option<String>,
}

/// All topics of all accounts and regions.
#[derive(Debug)]
pub(crate) struct Sns {
    /// Source of ids of messages and subscriptions.
    pub(in crate::sns) ids: Ids,
    /// Quotas.
    pub(in crate::sns) limits: Limits,
    /// Keys of KMS that do not work.
    pub(crate) keys: Keys,
    /// Topics and subscriptions.
    pub(in crate::sns) registry: Registry,
    /// Platform applications and their endpoints.
    pub(in crate::sns) platforms: Platforms,
    /// What belongs to text messages.
    pub(in crate::sns) phones: Phones,
    /// What left the world by other ways than queues and HTTP.
    pub(in crate::sns) outbox: Outbox,
    /// Subscriptions that wait for their endpoints to agree, by the time at which they end.
    pub(in crate::sns) pending: BTreeSet<(Timestamp, SubscriptionId)>,
    /// What the tokens are good for that were sent to endpoints.
    pub(in crate::sns) tokens: BTreeMap<String, Token>,
    /// What calls have sent on its way, in order.
    pub(in crate::sns) outgoing: VecDeque<Outgoing>,
    /// What is under way.
    pub(in crate::sns) deliveries: Deliveries,
}

impl Sns {
    /// No topics yet.
    pub(crate) fn new(ids: Ids, limits: Limits) -> Self {
        Self {
            ids,
            limits,
            keys: Keys::default(),
            registry: Registry::default(),
            platforms: Platforms::default(),
            phones: Phones::default(),
            outbox: Outbox::default(),
            outgoing: VecDeque::new(),
            pending: BTreeSet::new(),
            tokens: BTreeMap::new(),
            deliveries: Deliveries::default(),
        }
    }

    /// Carries out one call.
    pub(crate) fn apply(&mut self, now: Timestamp, call: Call<'_>, command: &mut Command, log: &mut Log) -> Answer {
        let Call { caller, trace } = call;
        self.end_unconfirmed(now, log);
        let (operation, asked) = (command.operation().name, access::asked(command));
        let mut cx = Context { now, caller, operation, asked, trace, log };
        let reply = self.dispatch(&mut cx, command);
        Answer::Now(reply.map(crate::Reply::Sns).map_err(Into::into))
    }

    /// Whether all subscriptions of a topic may get messages of more than 256 KiB.
    /// <https://docs.aws.amazon.com/sns/latest/dg/large-message-payloads.html>
    pub(in crate::sns) fn takes_large_messages(&self, id: TopicId) -> bool {
        let Some(topic) = self.topic(id) else { return true };
        let takes = |id| self.subscription(id).is_none_or(|subscription| subscription.protocol.takes_large_messages());
        topic.subscriptions.len() <= LARGE_SUBSCRIPTIONS_MAX && topic.subscriptions().all(takes)
    }

    /// A topic.
    pub(in crate::sns) fn topic(&self, id: TopicId) -> Option<&Topic> {
        self.registry.topic(id)
    }

    /// A subscription.
    pub(in crate::sns) fn subscription(&self, id: SubscriptionId) -> Option<&Subscription> {
        self.registry.subscription(id)
    }
}
