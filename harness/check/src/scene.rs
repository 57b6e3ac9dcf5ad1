//! What a history does not tell of the queue that it is about.

use serde::{Deserialize, Serialize};

/// The queue that a history is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Scene {
    /// Its URL, as the calls name it.
    pub queue: String,
    /// URL of its dead-letter queue.
    pub dead_letter: Option<String>,
    /// Milliseconds for which each receive hides messages.
    pub visibility_ms: u64,
    /// `maxReceiveCount` of its redrive policy.
    pub max_receive_count: Option<u32>,
    /// Whether a deduplication id counts within its message group only (`DeduplicationScope` `messageGroup`).
    pub deduplication_per_group: bool,
    /// ARNs of topics whose every message comes to it, beside those of subscriptions that the history shows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<String>,
}

impl Scene {
    /// Whether it is a FIFO queue, which its name tells.
    pub fn is_fifo(&self) -> bool {
        self.queue.strip_suffix(".fifo").is_some()
    }
}
