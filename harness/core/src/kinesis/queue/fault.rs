//! Why a call about queues is refused.

use std::sync::Arc;

/// A fact about a refused call that is about queues. silent: the texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueueFault {
    /// No such queue.
    NotFound {
        /// Its ARN.
        arn: String,
    },
    /// There is a queue of this name already.
    Exists {
        /// Its name.
        name: String,
        /// The account.
        account: Arc<str>,
    },
    /// The queue is being made, changed or deleted.
    NotActive {
        /// Its name.
        name: Arc<str>,
        /// What it is busy with.
        status: String,
    },
    /// Too many queues of the account are being made or deleted.
    TooManyBusy {
        /// How many may be.
        limit: usize,
    },
    /// The stream has all the consumers and queues that it may have.
    TooManyOfStream {
        /// How many it may have.
        limit: usize,
    },
    /// Parameters do not fit each other or the stream.
    Unfit {
        /// Why.
        reason: &'static str,
    },
    /// The stream still has queues.
    HasQueues {
        /// The stream.
        stream: Arc<str>,
        /// Its account.
        account: Arc<str>,
    },
    /// Too many records of the queue are in flight.
    TooManyInFlight {
        /// How many may be.
        limit: usize,
    },
}

impl QueueFault {
    /// Name of the error and text.
    pub(in crate::kinesis) fn name_and_text(&self) -> (&'static str, String) {
        match self {
            Self::NotFound { arn } => ("ResourceNotFoundException", format!("Queue {arn} not found.")),
            Self::Exists { name, account } => {
                ("ResourceInUseException", format!("Queue {name} under account {account} already exists."))
            }
            Self::NotActive { name, status } => {
                ("ResourceInUseException", format!("Queue {name} is not ACTIVE, instead in state {status}."))
            }
            Self::TooManyBusy { limit } => (
                "LimitExceededException",
                format!("An account cannot have more than {limit} queues in CREATING or DELETING state."),
            ),
            Self::TooManyOfStream { limit } => (
                "LimitExceededException",
                format!("A stream cannot have more than {limit} registered consumers and queues."),
            ),
            Self::Unfit { reason } => ("ValidationException", (*reason).to_owned()),
            Self::HasQueues { stream, account } => (
                "ResourceInUseException",
                format!("Stream {stream} under account {account} has queues. Delete them first."),
            ),
            Self::TooManyInFlight { limit } => {
                ("ThrottlingException", format!("The queue has {limit} records in flight. Acknowledge some first."))
            }
        }
    }
}

impl From<QueueFault> for crate::kinesis::Error {
    fn from(fault: QueueFault) -> Self {
        Self::Queue(fault)
    }
}
