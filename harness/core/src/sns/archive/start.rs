//! The beginning of a replay.

use std::sync::Arc;

use redeliver_model::sns::MessageAttributeValue;

use super::fault::ArchiveFault;
use super::replay::{Replay, ReplayPolicy, ReplayStatus};
use crate::Timestamp;
use crate::sns::delivery::Outgoing;
use crate::sns::{Published, Sns, SubscriptionId};

impl Sns {
    /// Sets or ends the replay of a subscription. What it asks for is delivered at once, before anything that is published later; with an
    /// end it gets nothing new until its policy is taken away.
    pub(in crate::sns) fn set_replay(
        &mut self,
        now: Timestamp,
        id: SubscriptionId,
        policy: Option<ReplayPolicy>,
    ) -> Result<(), ArchiveFault> {
        let Some(subscription) = self.registry.subscription(id) else { return Ok(()) };
        let replay = match policy {
            None => None,
            Some(policy) => {
                let topic = self.registry.topic(subscription.topic);
                let archive = topic.and_then(|topic| topic.archive.as_ref()).ok_or(ArchiveFault::NoArchive)?;
                for published in archive.between(now, policy.start, policy.end) {
                    self.outgoing.push_back(Outgoing::Replayed(id, replayed(&published)));
                }
                Some(Replay { policy, status: ReplayStatus::Completed })
            }
        };
        if let Some(subscription) = self.registry.subscription_mut(id) {
            subscription.replay = replay;
        }
        Ok(())
    }
}

/// The message as it is delivered again: it is the same but for an attribute that says so. Where in the message that attribute is,
/// AWS does not say; among the message attributes is the plainest reading.
fn replayed(published: &Published) -> Arc<Published> {
    let mut again = published.clone();
    let value = MessageAttributeValue {
        data_type: Some("String".to_owned()),
        string_value: Some("true".to_owned()),
        binary_value: None,
    };
    again.attributes.insert("Replayed".to_owned(), value);
    Arc::new(again)
}
