//! One topic.

use std::collections::BTreeSet;
use std::sync::Arc;

use indexmap::IndexMap;

use super::SubscriptionId;
use super::archive::{Archive, ArchivePolicy};
use super::data_protection::DataProtection;
use super::fifo::Fifo;
use super::settings::Settings;
use super::signature::Version;
use super::text_policy::TextPolicy;
use crate::Timestamp;

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
    /// Its settable attributes.
    pub(in crate::sns) settings: Settings,
    /// Its tags, in the order in which they were added.
    pub(in crate::sns) tags: IndexMap<String, String>,
    /// What happens to sensitive data in its messages.
    pub(in crate::sns) protection: Option<DataProtection>,
    /// What it remembers of its messages, when it is a FIFO topic.
    pub(in crate::sns) fifo: Option<Fifo>,
    /// The messages that it keeps, when it has an archive.
    pub(in crate::sns) archive: Option<Archive>,
    /// Its subscriptions, in the order in which they were made.
    pub(in crate::sns) subscriptions: BTreeSet<SubscriptionId>,
    /// How many of its subscriptions have ended.
    pub(in crate::sns) deleted_subscriptions: u64,
}

impl Topic {
    /// Its subscriptions, in the order in which they were made.
    pub(in crate::sns) fn subscriptions(&self) -> impl Iterator<Item = SubscriptionId> {
        self.subscriptions.iter().copied()
    }

    /// Who may do what with it: its attribute `Policy`, or what every topic has before that is set.
    pub(in crate::sns) fn policy(&self) -> TextPolicy {
        self.settings.policy.clone().unwrap_or_else(|| TextPolicy::of(&self.arn, &self.owner))
    }

    /// How what it delivers is signed.
    pub(in crate::sns) fn signature_version(&self) -> Version {
        self.settings.signature.unwrap_or_default()
    }

    /// Begins, changes or ends its archive; with the end all that was kept goes.
    pub(in crate::sns) fn set_archive(&mut self, now: Timestamp, policy: Option<ArchivePolicy>) {
        match (policy, &mut self.archive) {
            (Some(policy), Some(archive)) => archive.change(policy),
            (Some(policy), none) => *none = Some(Archive::new(now, policy)),
            (None, archive) => *archive = None,
        }
    }
}
