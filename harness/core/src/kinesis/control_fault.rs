//! Why a call about consumers, tags, policies or settings is refused.

use std::sync::Arc;

/// A fact about a refused call that is about consumers, tags, policies or settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ControlFault {
    /// An ARN is none of a stream, consumer or queue.
    Arn {
        /// What was given.
        arn: String,
    },
    /// Neither the ARN of a consumer nor its name and its stream are given.
    NoConsumer,
    /// No such consumer.
    ConsumerNotFound {
        /// Its name or ARN.
        consumer: String,
        /// The account that it was looked for in.
        account: Arc<str>,
    },
    /// There is a consumer of this name already.
    ConsumerExists {
        /// Its name.
        consumer: String,
        /// Its stream.
        stream: Arc<str>,
        /// The account of its stream.
        account: Arc<str>,
    },
    /// The consumer is being made or goes.
    ConsumerNotActive {
        /// Its ARN.
        consumer: Arc<str>,
        /// What it is busy with.
        status: &'static str,
    },
    /// A stream has all the consumers that it may have.
    TooManyConsumers {
        /// How many it may have.
        limit: usize,
    },
    /// Too many consumers of a stream are being made.
    TooManyCreating {
        /// How many there may be.
        limit: usize,
    },
    /// The shard of a consumer was subscribed to less than five seconds ago.
    Subscribed {
        /// The consumer.
        consumer: Arc<str>,
        /// The shard.
        shard: String,
    },
    /// The consumer of a subscription, or its stream, is gone.
    SubscriptionOrphaned,
    /// Another subscription took the place of this one.
    TakenOver,
    /// A stream that has consumers is to be deleted.
    HasConsumers {
        /// The stream.
        stream: Arc<str>,
        /// Its account.
        account: Arc<str>,
    },
    /// Tags have characters that they must not have.
    TagCharacters,
    /// A resource would have more tags than it may have.
    TooManyTags {
        /// The stream or the ARN of the resource.
        resource: String,
        /// Its account.
        account: Arc<str>,
    },
    /// A resource is not there.
    ResourceNotFound {
        /// Its ARN.
        arn: String,
    },
    /// A policy is none that can be put there.
    Policy {
        /// Why.
        reason: String,
    },
    /// A policy does not let the caller in.
    AccessDenied {
        /// ARN of who calls.
        user: String,
        /// The action.
        action: String,
        /// The resource.
        resource: String,
        /// Whether a statement says so.
        is_explicit: bool,
    },
    /// A stream cannot be encrypted so.
    EncryptionType {
        /// What was given.
        given: String,
    },
    /// A stream is not encrypted with this key.
    NotEncrypted {
        /// The stream.
        stream: Arc<str>,
        /// Its account.
        account: Arc<str>,
    },
    /// Encryption was started or stopped too often.
    TooManyChanges {
        /// How often it may be.
        limit: usize,
    },
    /// An operation is called too often.
    CallRate {
        /// The operation.
        operation: &'static str,
        /// Who calls.
        account: Arc<str>,
    },
    /// The account has not agreed to the minimum that it wants to end, or may not end it yet.
    Commitment {
        /// Why.
        reason: &'static str,
    },
}

impl ControlFault {
    /// Name of the modelled error, and text. Texts without a comment are recorded.
    pub(in crate::kinesis) fn name_and_text(&self) -> (&'static str, String) {
        match self {
            Self::TagCharacters => (
                "InvalidArgumentException",
                "Some tags contain invalid characters. Valid characters: Unicode letters, digits, white space, _ . / = + - % @."
                    .to_owned(),
            ),
            // Recorded when 10 were allowed; silent: the number today.
            Self::TooManyTags { resource, account } => (
                "InvalidArgumentException",
                format!(
                    "Failed to add tags to stream {resource} under account {account} because a given stream cannot have more than 50 \
                     tags associated with it."
                ),
            ),
            Self::AccessDenied { user, action, resource, is_explicit } => {
                let why = if *is_explicit {
                    "with an explicit deny in a resource-based policy"
                } else {
                    "because no resource-based policy allows the action"
                };
                let who = format!("User: {user} is not authorized to perform");
                ("AccessDeniedException", format!("{who}: {action} on resource: {resource} {why}"))
            }
            _ => self.silent(),
        }
    }

    /// silent: the texts.
    fn silent(&self) -> (&'static str, String) {
        match self {
            Self::Arn { arn } => ("InvalidArgumentException", format!("Invalid ARN: {arn}")),
            Self::NoConsumer => (
                "InvalidArgumentException",
                "Either ConsumerARN or both StreamARN and ConsumerName should be provided.".to_owned(),
            ),
            Self::ConsumerNotFound { consumer, account } => {
                ("ResourceNotFoundException", format!("Consumer {consumer} under account {account} not found."))
            }
            Self::ConsumerExists { consumer, stream, account } => (
                "ResourceInUseException",
                format!("Consumer {consumer} under stream {stream} already exists for account {account}."),
            ),
            Self::ConsumerNotActive { consumer, status } => {
                ("ResourceInUseException", format!("Consumer {consumer} is not ACTIVE, instead in state {status}."))
            }
            Self::TooManyConsumers { limit } => {
                ("LimitExceededException", format!("A stream cannot have more than {limit} registered consumers."))
            }
            Self::TooManyCreating { limit } => (
                "LimitExceededException",
                format!("A stream cannot have more than {limit} consumers in CREATING state."),
            ),
            Self::Subscribed { consumer, shard } => (
                "ResourceInUseException",
                format!("Another active subscription exists for {consumer} on shard {shard}."),
            ),
            Self::TakenOver => {
                ("ResourceInUseException", "Another subscription has taken the place of this one.".to_owned())
            }
            Self::SubscriptionOrphaned => {
                ("ResourceNotFoundException", "The consumer or its stream has been deleted.".to_owned())
            }
            Self::HasConsumers { stream, account } => (
                "ResourceInUseException",
                format!(
                    "Stream {stream} under account {account} has active consumers. Deregister them, or set EnforceConsumerDeletion."
                ),
            ),
            Self::ResourceNotFound { arn } => ("ResourceNotFoundException", format!("Resource {arn} not found.")),
            Self::Policy { reason } => ("InvalidArgumentException", format!("Invalid resource policy: {reason}")),
            Self::EncryptionType { given } => {
                ("InvalidArgumentException", format!("EncryptionType must be KMS, not {given}."))
            }
            Self::NotEncrypted { stream, account } => (
                "InvalidArgumentException",
                format!("Stream {stream} under account {account} is not encrypted with the given key."),
            ),
            Self::TooManyChanges { limit } => (
                "LimitExceededException",
                format!("Encryption can be started and stopped successfully {limit} times each in 24 hours."),
            ),
            Self::CallRate { operation, account } => {
                ("LimitExceededException", format!("Rate exceeded for {operation} under account {account}."))
            }
            Self::Commitment { reason } => ("ValidationException", (*reason).to_owned()),
            Self::TagCharacters | Self::TooManyTags { .. } | Self::AccessDenied { .. } => {
                ("InternalFailureException", String::new())
            }
        }
    }
}

impl From<ControlFault> for super::Error {
    fn from(fault: ControlFault) -> Self {
        Self::Control(fault)
    }
}
