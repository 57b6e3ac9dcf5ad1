//! The settable attributes of a queue, typed.

use crate::Arn;
use crate::iam::Policy;

/// The settable attributes of a queue. Defaults are those of a new standard queue.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html>
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Settings {
    /// `DelaySeconds`, 0 to 900.
    pub(crate) delay_secs: u32,
    /// `MaximumMessageSize` in bytes, 1,024 to 1,048,576.
    pub(crate) maximum_message_bytes: u32,
    /// `MessageRetentionPeriod` in seconds, 60 to 1,209,600.
    pub(crate) retention_secs: u32,
    /// `ReceiveMessageWaitTimeSeconds`, 0 to 20.
    pub(crate) receive_wait_secs: u32,
    /// `VisibilityTimeout` in seconds, 0 to 43,200.
    pub(crate) visibility_secs: u32,
    /// `Policy`, with the text as it was given.
    pub(crate) policy: Option<Policy>,
    /// `RedrivePolicy`.
    pub(crate) redrive: Option<RedrivePolicy>,
    /// `RedriveAllowPolicy`.
    pub(crate) redrive_allow: Option<RedriveAllowPolicy>,
    /// `KmsMasterKeyId`.
    pub(crate) kms_key: Option<String>,
    /// `KmsDataKeyReusePeriodSeconds`, shown once it was set.
    pub(crate) kms_reuse_secs: Option<u32>,
    /// `SqsManagedSseEnabled`.
    pub(crate) sqs_sse: bool,
    /// What only FIFO queues have; `None` on a standard queue.
    pub(crate) fifo: Option<FifoSettings>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            delay_secs: 0,
            maximum_message_bytes: 1_048_576,
            retention_secs: 345_600,
            receive_wait_secs: 0,
            visibility_secs: 30,
            policy: None,
            redrive: None,
            redrive_allow: None,
            kms_key: None,
            kms_reuse_secs: None,
            sqs_sse: true,
            fifo: None,
        }
    }
}

/// The settable attributes of FIFO queues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct FifoSettings {
    /// `ContentBasedDeduplication`.
    pub(crate) content_based: bool,
    /// `DeduplicationScope`.
    pub(crate) scope: DeduplicationScope,
    /// `FifoThroughputLimit`.
    pub(crate) throughput: ThroughputLimit,
}

/// Within what a deduplication id is unique.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum DeduplicationScope {
    /// The whole queue.
    #[default]
    Queue,
    /// One message group.
    MessageGroup,
}

/// To what the throughput quota applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum ThroughputLimit {
    /// The queue.
    #[default]
    PerQueue,
    /// Each message group.
    PerMessageGroupId,
}

/// When and where messages go that nobody deletes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RedrivePolicy {
    /// The dead-letter queue.
    pub(crate) target: Arn,
    /// A message moves when it would be received more often than this; 1 to 1,000.
    pub(crate) max_receive_count: u32,
    /// The document as it was given, which is what reads back.
    pub(crate) text: String,
}

/// Which queues may use this one as their dead-letter queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RedriveAllowPolicy {
    /// Who may.
    pub(crate) permission: RedrivePermission,
    /// The document as it was given.
    pub(crate) text: String,
}

/// Who may use a queue as dead-letter queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RedrivePermission {
    /// Every queue of the account and region.
    AllowAll,
    /// None.
    DenyAll,
    /// These, at most ten.
    ByQueue(Vec<Arn>),
}
