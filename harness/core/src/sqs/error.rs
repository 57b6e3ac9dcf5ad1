//! Why SQS refuses a call or a batch entry: one variant a fact.

use std::fmt;

/// A fact about a refused call or batch entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// No such queue.
    QueueDoesNotExist,
    /// The name belongs to a queue whose `attribute` has another value.
    QueueNameExists {
        /// The first attribute that differs.
        attribute: String,
    },
    /// The name belonged to a queue that was deleted less than 60 seconds ago.
    QueueDeletedRecently,
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
    /// An attribute that does not exist, or not for this type of queue.
    UnknownAttribute {
        /// Its name.
        attribute: String,
    },
    /// An attribute that cannot be used here, for a reason.
    InvalidAttributeName {
        /// The whole text.
        text: String,
    },
    /// An attribute has a value that is not allowed.
    InvalidAttributeValue {
        /// Its name.
        attribute: String,
        /// Why, where AWS says so.
        reason: Option<&'static str>,
    },
    /// The body holds a character outside the allowed set.
    InvalidMessageContents,
    /// A message is longer than the queue's `MaximumMessageSize`.
    MessageTooLong {
        /// The limit in bytes.
        limit: usize,
    },
    /// A batch has no entries.
    EmptyBatchRequest,
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
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.describe().message)
    }
}

impl std::error::Error for Error {}
