//! The memory of a FIFO queue for what was sent in the last five minutes.

use std::hash::{DefaultHasher, Hash, Hasher};

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;
use sha2::{Digest, Sha256};

use super::message::DeduplicationId;
use crate::sqs::settings::DeduplicationScope;
use crate::{Timestamp, Uuid};

/// Seconds for which a send is remembered, also after the message was deleted. A duplicate does not start them anew: AWS documents
/// neither, and an interval counted from the accepted message is the plainer reading.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-exactly-once-processing.html>
const INTERVAL_SECS: u64 = 300;

/// What a duplicate is answered with: that AWS gives the original's ids is an assumption, since it documents only that the send succeeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sqs) struct Original {
    /// The message's id, in halves: a `u128` would be padded to its alignment in every entry.
    id: [u64; 2],
    /// Its sequence number's position.
    pub(in crate::sqs) position: u64,
    at: Timestamp,
}

impl Original {
    /// The message's id.
    pub(in crate::sqs) fn id(&self) -> Uuid {
        Uuid((u128::from(self.id[0]) << 64) | u128::from(self.id[1]))
    }
}

/// The upper half.
fn high(wide: u128) -> u64 {
    u64::try_from(wide >> 64).expect("64 bits are left")
}

/// 128 bits of hash: no two ids share it by chance.
pub(in crate::sqs) type Key = [u64; 2];
type Sends = IndexMap<Key, Original, FxBuildHasher>;

/// Sends of the last five minutes.
///
/// Kept as two generations, so that forgetting costs nothing per message: a generation takes sends for five minutes and is dropped
/// when the next one is as old; an entry's own time decides whether it still counts.
#[derive(Debug)]
pub(super) struct Dedup {
    current: Sends,
    previous: Sends,
    started: Timestamp,
    scope: DeduplicationScope,
    /// The scope that replaces `scope`, and when.
    settling: Option<(Timestamp, DeduplicationScope)>,
}

impl Dedup {
    /// Nothing sent yet.
    pub(super) fn new(scope: DeduplicationScope) -> Self {
        Self { current: Sends::default(), previous: Sends::default(), started: Timestamp(0), scope, settling: None }
    }

    /// Forgets all sends, as a purge does.
    pub(super) fn clear(&mut self) {
        self.current = Sends::default();
        self.previous = Sends::default();
    }

    /// Changes the scope from `at` on. What was sent before stays known under the scope of its time.
    pub(super) fn change_scope(&mut self, now: Timestamp, scope: DeduplicationScope, at: Timestamp) {
        self.settle(now);
        self.settling = Some((at, scope));
        self.settle(now);
    }

    /// The name under which a send is remembered.
    pub(super) fn key(&mut self, now: Timestamp, group: &str, id: &DeduplicationId, body: &str) -> Key {
        self.settle(now);
        let of_body;
        let id = match id {
            DeduplicationId::Given(id) => id.as_ref(),
            DeduplicationId::OfBody => {
                of_body = hash_text(body);
                &of_body
            }
        };
        let group = (self.scope == DeduplicationScope::MessageGroup).then_some(group);
        // Keys never leave the process and nothing is ordered by them, so it does not matter which hash the standard library takes.
        [0_u8, 1].map(|half| {
            let mut hasher = DefaultHasher::new();
            (half, id, group).hash(&mut hasher);
            hasher.finish()
        })
    }

    /// The earlier send of this key, if there is one within the interval.
    pub(super) fn find(&self, now: Timestamp, key: &Key) -> Option<Original> {
        let original = self.current.get(key).or_else(|| self.previous.get(key))?;
        (original.at.plus_secs(INTERVAL_SECS) > now).then_some(*original)
    }

    /// Remembers a send.
    pub(super) fn remember(&mut self, now: Timestamp, key: Key, id: Uuid, position: u64) {
        if self.started.plus_secs(INTERVAL_SECS) <= now {
            self.previous = std::mem::take(&mut self.current);
            self.started = now;
        }
        let halves = [high(id.0), high(id.0 << 64)];
        self.current.insert(key, Original { id: halves, position, at: now });
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
    use super::{Dedup, DeduplicationId, DeduplicationScope, hash_text};
    use crate::{Timestamp, Uuid};

    fn given(id: &str) -> DeduplicationId {
        DeduplicationId::Given(id.into())
    }

    #[test]
    fn send_is_remembered_for_exactly_five_minutes() {
        let mut dedup = Dedup::new(DeduplicationScope::Queue);
        for start in [0, 299_999, 300_000, 900_000] {
            let [start, last, after] = [start, start + 299_999, start + 300_000].map(Timestamp);
            let key = dedup.key(start, "g", &given(&start.to_string()), "");
            dedup.remember(start, key, Uuid(1 << 64 | 1), 1);
            assert_eq!(dedup.find(last, &key).map(|original| original.id()), Some(Uuid(1 << 64 | 1)));
            assert_eq!(dedup.find(after, &key), None);
        }
    }

    #[test]
    fn explicit_id_equal_to_the_hash_of_a_body_is_the_same_id() {
        let mut dedup = Dedup::new(DeduplicationScope::Queue);
        let hash = hash_text("body");
        let [by_body, by_id] = [DeduplicationId::OfBody, given(&hash)];
        let now = Timestamp(0);
        assert_eq!(dedup.key(now, "g", &by_body, "body"), dedup.key(now, "other", &by_id, "another body"));
    }

    #[test]
    fn scope_changes_when_the_change_has_settled() {
        let mut dedup = Dedup::new(DeduplicationScope::Queue);
        dedup.change_scope(Timestamp(0), DeduplicationScope::MessageGroup, Timestamp(60_000));
        let mut same = |now| {
            let now = Timestamp(now);
            dedup.key(now, "a", &given("id"), "") == dedup.key(now, "b", &given("id"), "")
        };
        assert_eq!((same(59_999), same(60_000)), (true, false));
    }
}
