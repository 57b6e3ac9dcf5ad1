//! What a history does not tell of the queue that it is about.

/// The queue that a history is about.
#[derive(Debug, Clone, PartialEq, Eq)]
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
}
