//! Why SQS refuses a call or a batch entry: one variant a fact.

use std::fmt;

use super::{AttributeFault, RedriveAllowFault, RedriveFault, SystemAttributeFault, TagFault};
use crate::UnusableKey;

/// A fact about a refused call or batch entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// No such queue.
    QueueDoesNotExist,
    /// The URL of a queue is none.
    InvalidAddress {
        /// The text that was given as URL.
        url: String,
    },
    /// The caller belongs to another account than the queue, whose policy does not let it in.
    AccessDenied {
        /// The caller's unique id.
        principal: String,
        /// The operation.
        action: &'static str,
        /// ARN of the queue.
        queue: String,
    },
    /// The name belongs to a queue whose `attribute` has another value.
    QueueNameExists {
        /// The first attribute that differs.
        attribute: String,
    },
    /// The name belonged to a queue that was deleted less than 60 seconds ago.
    QueueDeletedRecently,
    /// The name of a queue is missing or empty.
    QueueNameMissing,
    /// The name of a new queue has a wrong form.
    InvalidQueueName {
        /// Whether it was to be a FIFO queue.
        fifo: bool,
    },
    /// The queue was purged less than 60 seconds ago.
    PurgeQueueInProgress {
        /// The queue's name.
        queue: String,
    },
    /// A required parameter is missing or empty.
    MissingParameter {
        /// Its name.
        parameter: &'static str,
    },
    /// A required parameter of a batch entry is missing; AWS gives it another code than in a single call.
    MissingParameterInBatch {
        /// Its name.
        parameter: &'static str,
    },
    /// A parameter has a value that is not allowed.
    InvalidParameter {
        /// The value as text.
        value: String,
        /// The parameter's name.
        parameter: &'static str,
        /// Why, a sentence as AWS words it.
        reason: &'static str,
    },
    /// A parameter is not allowed for a reason that AWS words without the value.
    InvalidParameterText {
        /// The whole text.
        text: String,
    },
    /// `MaxResults` of a list of queues is not from 1 to 1,000.
    MaxResultsOutOfRange,
    /// An attribute that does not exist, or not for this type of queue.
    UnknownAttribute {
        /// Its name.
        attribute: String,
    },
    /// An attribute of high-throughput FIFO queues, given for a standard queue.
    FifoOnlyAttribute {
        /// Its name.
        attribute: &'static str,
    },
    /// Encryption by SQS and by KMS are asked for at one time.
    TwoKindsOfEncryption,
    /// An attribute has a value that is not allowed.
    InvalidAttributeValue {
        /// Its name.
        attribute: String,
        /// Why, where AWS says so.
        reason: Option<&'static str>,
    },
    /// A `RedrivePolicy` that cannot be.
    RedrivePolicy {
        /// The document.
        document: String,
        /// What is wrong with it.
        fault: RedriveFault,
    },
    /// A `RedriveAllowPolicy` that cannot be.
    RedriveAllowPolicy {
        /// The document.
        document: String,
        /// What is wrong with it.
        fault: RedriveAllowFault,
    },
    /// A policy has more of something than its quota.
    PolicyQuota {
        /// What there is too much of: `statements`, `principals` or `conditions`.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many there may be.
        most: usize,
        /// Whether it came with the creation of the queue, for which AWS does not list the code of quotas.
        creating: bool,
    },
    /// A permission names too many actions.
    TooManyActions {
        /// How many.
        found: usize,
    },
    /// A tag's key or value has a wrong form.
    InvalidTag {
        /// The key.
        key: String,
        /// What is wrong.
        fault: TagFault,
    },
    /// A queue would have more than 50 tags.
    TooManyTags {
        /// The queue's name.
        queue: String,
    },
    /// The body holds a character outside the allowed set.
    InvalidMessageContents {
        /// The first such character.
        character: char,
    },
    /// A message is longer than the queue's `MaximumMessageSize`.
    MessageTooLong {
        /// The limit in bytes.
        limit: usize,
    },
    /// A message has more than ten attributes.
    TooManyMessageAttributes {
        /// How many.
        sent: usize,
    },
    /// A message attribute cannot be.
    MessageAttribute {
        /// Its name.
        name: String,
        /// What is wrong with it.
        fault: AttributeFault,
    },
    /// A system attribute of a message cannot be.
    SystemAttribute {
        /// Its name.
        name: String,
        /// What is wrong with it.
        fault: SystemAttributeFault,
    },
    /// A message attribute has a list of values, which SQS does not implement.
    AttributeListsUnsupported,
    /// A batch has no entries.
    EmptyBatchRequest {
        /// The type of the entries.
        entry: &'static str,
    },
    /// A batch has more than ten entries.
    TooManyEntriesInBatchRequest {
        /// How many were sent.
        sent: usize,
    },
    /// An entry's id has a wrong form.
    InvalidBatchEntryId,
    /// Two entries have the same id.
    BatchEntryIdsNotDistinct {
        /// The id that comes twice.
        id: String,
    },
    /// The entries together are too long.
    BatchRequestTooLong {
        /// How many bytes were sent.
        sent: usize,
    },
    /// The text is no receipt handle of this queue.
    ReceiptHandleIsInvalid {
        /// The text.
        handle: String,
    },
    /// FIFO: the message's visibility timeout ran out before it was deleted.
    ReceiptHandleExpired {
        /// The handle.
        handle: String,
    },
    /// The message is gone or cannot change its visibility.
    NotAvailableForVisibilityChange {
        /// The handle.
        handle: String,
    },
    /// The message is visible: there is no timeout to change.
    MessageNotInflight,
    /// Too much of something, such as messages in flight on a short poll.
    OverLimit {
        /// The whole text.
        text: String,
    },
    /// Something named by an ARN or a task handle does not exist.
    ResourceNotFound {
        /// The whole text.
        text: String,
    },
    /// The operation is not possible for this queue or task.
    UnsupportedOperation {
        /// The whole text.
        text: String,
    },
    /// What is encrypted can't be used.
    Key(UnusableKey),
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.describe().message)
    }
}

impl std::error::Error for Error {}

impl From<UnusableKey> for Error {
    fn from(unusable: UnusableKey) -> Self {
        Self::Key(unusable)
    }
}
