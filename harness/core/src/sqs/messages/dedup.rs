//! The memory of a FIFO queue for what was sent in the last five minutes.

use std::hash::{DefaultHasher, Hash, Hasher};

use rustc_hash::FxHasher;
use sha2::{Digest, Sha256};

use super::body::Body;
use super::message::DeduplicationId;
use super::sends::{Key, Sends};
use crate::Timestamp;
use crate::sqs::settings::DeduplicationScope;

/// Sends of the last five minutes, and what makes two of them the same.
#[derive(Debug)]
pub(super) struct Dedup {
    /// By key.
    pub(super) sends: Sends,
    scope: DeduplicationScope,
    /// The scope that replaces `scope`, and when.
    settling: Option<(Timestamp, DeduplicationScope)>,
}

impl Dedup {
    /// Nothing sent yet.
    pub(super) fn new(scope: DeduplicationScope) -> Self {
        Self { sends: Sends::default(), scope, settling: None }
    }

    /// Forgets all sends, as a purge does.
    pub(super) fn clear(&mut self) {
        self.sends = Sends::default();
    }

    /// Changes the scope from `at` on. What was sent before stays known under the scope of its time.
    pub(super) fn change_scope(&mut self, now: Timestamp, scope: DeduplicationScope, at: Timestamp) {
        self.settle(now);
        self.settling = Some((at, scope));
        self.settle(now);
    }

    /// The name under which a send is remembered.
    pub(super) fn key(&mut self, now: Timestamp, group: &str, id: &DeduplicationId, body: &Body) -> Key {
        self.settle(now);
        let of_body;
        let id = match id {
            DeduplicationId::Given(id) => id.as_ref(),
            DeduplicationId::OfBody => {
                of_body = hash_text(&body.text());
                &of_body
            }
        };
        let group = (self.scope == DeduplicationScope::MessageGroup).then_some(group);
        // Two hashes that have nothing in common. Keys never leave the process and nothing is ordered by them, so it does not matter
        // which one the standard library takes.
        let (mut strong, mut quick) = (DefaultHasher::new(), FxHasher::default());
        (id, group).hash(&mut strong);
        (id, group).hash(&mut quick);
        [strong.finish(), quick.finish()]
    }

    fn settle(&mut self, now: Timestamp) {
        if let Some((at, scope)) = self.settling
            && at <= now
        {
            self.scope = scope;
            self.settling = None;
        }
    }
}

/// SHA-256 of a body as lower-case hexadecimal: the content-based deduplication id.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html>
pub(in crate::sqs) fn hash_text(body: &str) -> String {
    crate::sqs::checksum::hexadecimal::<32>(&Sha256::digest(body).into())
}

#[cfg(test)]
mod tests {
    use super::{Body, Dedup, DeduplicationId, DeduplicationScope, hash_text};
    use crate::Timestamp;

    fn given(id: &str) -> DeduplicationId {
        DeduplicationId::Given(id.into())
    }

    fn body(text: &str) -> Body {
        text.to_owned().into()
    }

    #[test]
    fn explicit_id_equal_to_the_hash_of_a_body_is_the_same_id() {
        let mut dedup = Dedup::new(DeduplicationScope::Queue);
        let hash = hash_text("body");
        let [by_body, by_id] = [DeduplicationId::OfBody, given(&hash)];
        let now = Timestamp(0);
        assert_eq!(
            dedup.key(now, "g", &by_body, &body("body")),
            dedup.key(now, "other", &by_id, &body("another body"))
        );
    }

    #[test]
    fn scope_changes_when_the_change_has_settled() {
        let mut dedup = Dedup::new(DeduplicationScope::Queue);
        dedup.change_scope(Timestamp(0), DeduplicationScope::MessageGroup, Timestamp(60_000));
        let mut same = |now| {
            let now = Timestamp(now);
            dedup.key(now, "a", &given("id"), &body("")) == dedup.key(now, "b", &given("id"), &body(""))
        };
        assert_eq!((same(59_999), same(60_000)), (true, false));
    }
}
