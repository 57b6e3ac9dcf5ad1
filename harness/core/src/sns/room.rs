//! Whether there is room for one more subscription, or for one more filter policy.
//!
//! Counts that cost are made only where there are so many subscriptions that a quota can be near.

use super::settings::MESSAGE_BYTES_DEFAULT;
use super::subscribe::needs_no_answer;
use super::subscription_settings::SubscriptionSettings;
use super::{Error, Protocol, Sns, Subscription, SubscriptionId, Topic, TopicId};
use crate::Caller;

/// Subscriptions of a topic whose messages may have more than 256 KiB.
/// <https://docs.aws.amazon.com/sns/latest/dg/large-message-payloads.html>
pub(super) const LARGE_SUBSCRIPTIONS_MAX: usize = 100;

impl Sns {
    /// Quotas of the topic and of who subscribes.
    pub(super) fn check_room(
        &self,
        caller: &Caller,
        id: TopicId,
        protocol: Protocol,
        endpoint: &str,
        settings: &SubscriptionSettings,
    ) -> Result<(), Error> {
        let Some(topic) = self.topic(id) else { return Ok(()) };
        let (limits, count) = (&self.limits, topic.subscriptions.len());
        let is_large = topic.settings.message_bytes_max() > MESSAGE_BYTES_DEFAULT;
        if is_large && (!protocol.takes_large_messages() || count >= LARGE_SUBSCRIPTIONS_MAX) {
            // silent: the text.
            return Err(Error::Parameter {
                parameter: "MaximumMessageSize of the topic does not allow this subscription",
            });
        }
        let most = if topic.settings.fifo { limits.subscriptions_fifo } else { limits.subscriptions_standard };
        let is_stream = protocol == Protocol::Firehose;
        let is_pending = !needs_no_answer(protocol, endpoint, caller);
        if count >= most
            || (is_stream && self.streams(topic, caller) >= limits.subscriptions_firehose)
            || (is_pending && self.has_many_pending(caller))
        {
            return Err(Error::TooManySubscriptions);
        }
        self.check_filters(id, settings)
    }

    /// A topic, and the topics of an account in a region, have at most so many filter policies.
    pub(super) fn check_filters(&self, id: TopicId, settings: &SubscriptionSettings) -> Result<(), Error> {
        let Some(topic) = self.topic(id).filter(|_| settings.filter.is_some()) else { return Ok(()) };
        let has_filter = |other: &Subscription| other.settings.filter.is_some();
        let most = self.limits.filter_policies;
        if topic.subscriptions.len() >= most
            && self.subscriptions_to(topic).filter(|other| has_filter(other)).count() >= most
        {
            return Err(Error::TooManyFilters);
        }
        let most = self.limits.filter_policies_account;
        if self.registry.subscriptions_count() >= most {
            let is_near = |other: &Subscription| {
                self.topic(other.topic).is_some_and(|other| other.owner == topic.owner && other.region == topic.region)
            };
            if self.registry.subscriptions().filter(|other| has_filter(other) && is_near(other)).count() >= most {
                return Err(Error::TooManyFilters);
            }
        }
        Ok(())
    }

    /// How many delivery streams of the caller a topic has.
    fn streams(&self, topic: &Topic, caller: &Caller) -> usize {
        let is_stream = |other: &&Subscription| other.protocol == Protocol::Firehose && other.owner == caller.account;
        self.subscriptions_to(topic).filter(is_stream).count()
    }

    /// Whether the caller has as many subscriptions that wait for their confirmation as there may be.
    fn has_many_pending(&self, caller: &Caller) -> bool {
        let most = self.limits.subscriptions_pending;
        let is_own = |id: &SubscriptionId| self.subscription(*id).is_some_and(|other| other.owner == caller.account);
        self.pending.len() >= most && self.pending.iter().filter(|(_, id)| is_own(id)).count() >= most
    }

    fn subscriptions_to<'a>(&'a self, topic: &'a Topic) -> impl Iterator<Item = &'a Subscription> {
        topic.subscriptions().filter_map(|id| self.subscription(id))
    }
}
