//! One queue: identity, settings, messages.

use std::sync::Arc;

use indexmap::IndexMap;

use super::settings::Settings;
use crate::Timestamp;

/// What makes a queue unique.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct QueueKey {
    /// Account id of the owner.
    pub(crate) account: Arc<str>,
    /// Region.
    pub(crate) region: Arc<str>,
    /// Name, with `.fifo` on FIFO queues.
    pub(crate) name: Arc<str>,
}

/// Place of a queue among all queues; stays the same as long as the queue lives and is not used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct QueueId(pub(crate) u32);

/// One queue.
#[derive(Debug)]
pub(crate) struct Queue {
    /// What makes it unique.
    pub(crate) key: QueueKey,
    /// Its ARN.
    pub(crate) arn: Arc<str>,
    /// When it was created.
    pub(crate) created_at: Timestamp,
    /// When its attributes were last changed.
    pub(crate) modified_at: Timestamp,
    /// Its settable attributes as they read back.
    pub(crate) settings: Settings,
    /// Its tags, in the order of the keys.
    pub(crate) tags: std::collections::BTreeMap<String, String>,
    /// When it was last purged.
    pub(crate) purged_at: Option<Timestamp>,
}

/// All queues by key, in the order of creation.
pub(crate) type Queues = IndexMap<QueueKey, QueueId, rustc_hash::FxBuildHasher>;
