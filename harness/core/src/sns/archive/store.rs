//! The messages of one topic.

use std::collections::VecDeque;
use std::sync::Arc;

use super::policy::ArchivePolicy;
use crate::Timestamp;
use crate::sns::Published;

const SECS_A_DAY: u64 = 86_400;

/// The messages that a topic keeps.
#[derive(Debug)]
pub(crate) struct Archive {
    policy: ArchivePolicy,
    since: Timestamp,
    messages: VecDeque<Arc<Published>>,
}

impl Archive {
    /// An archive that begins now.
    pub(crate) fn new(now: Timestamp, policy: ArchivePolicy) -> Self {
        Self { policy, since: now, messages: VecDeque::new() }
    }

    /// For how long messages are kept.
    pub(crate) fn policy(&self) -> ArchivePolicy {
        self.policy
    }

    /// Changes for how long messages are kept.
    pub(crate) fn change(&mut self, policy: ArchivePolicy) {
        self.policy = policy;
    }

    /// Keeps a message.
    pub(crate) fn keep(&mut self, now: Timestamp, published: Arc<Published>) {
        let beginning = self.beginning(now);
        while self.messages.pop_front_if(|first| first.at < beginning).is_some() {}
        self.messages.push_back(published);
    }

    /// The earliest moment that can be asked for: the attribute `BeginningArchiveTime`.
    pub(crate) fn beginning(&self, now: Timestamp) -> Timestamp {
        let kept_millis = u64::from(self.policy.days) * SECS_A_DAY * 1_000;
        self.since.max(Timestamp(now.as_millis().saturating_sub(kept_millis)))
    }

    /// The messages that were published from `start` to `end`, both included, in their order.
    pub(crate) fn between(&self, now: Timestamp, start: Timestamp, end: Option<Timestamp>) -> Vec<Arc<Published>> {
        let start = start.max(self.beginning(now));
        let is_wanted =
            |published: &&Arc<Published>| published.at >= start && end.is_none_or(|end| published.at <= end);
        self.messages.iter().filter(is_wanted).cloned().collect()
    }
}
