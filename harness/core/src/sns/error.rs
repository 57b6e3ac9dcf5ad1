//! Why SNS refuses a call or a batch entry: one variant a fact.

use std::fmt;

use super::{PlatformFault, PublishFault, SmsFault};
use crate::UnusableKey;

/// A fact about a refused call or batch entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// A required parameter is missing.
    MissingValue {
        /// Its name.
        parameter: &'static str,
    },
    /// An ARN has too few parts.
    ShortArn {
        /// The parameter that holds it.
        parameter: &'static str,
        /// How many parts it has.
        elements: usize,
    },
    /// A parameter is not allowed, and AWS does not say why.
    Parameter {
        /// Its name, as AWS words it.
        parameter: &'static str,
    },
    /// A parameter is not allowed for this reason.
    Reason {
        /// Its name, as AWS words it.
        parameter: &'static str,
        /// Why.
        reason: String,
    },
    /// An attribute cannot have this value.
    Attribute {
        /// Its name.
        name: &'static str,
        /// Why.
        reason: String,
        /// Whether it came with `CreateTopic` or `Subscribe`, whose complaints begin in another way.
        creating: bool,
    },
    /// An attribute cannot have this value, for a reason that names it.
    Complaint {
        /// The reason.
        text: String,
        /// Whether it came with `CreateTopic` or `Subscribe`.
        creating: bool,
    },
    /// There is no such protocol.
    UnknownProtocol {
        /// Its name.
        name: String,
    },
    /// The endpoint of a subscription is no phone number.
    SmsEndpoint {
        /// The endpoint.
        endpoint: String,
    },
    /// The token of a confirmation cannot be one.
    InvalidToken,
    /// An account would have too many topics.
    TooManyTopics,
    /// A topic would have too many subscriptions, or an account too many that wait for their confirmation.
    TooManySubscriptions,
    /// A topic or an account would have too many filter policies.
    TooManyFilters,
    /// A subscription may be confirmed so, or ended, by a signed call alone, and of its owner or that of its topic.
    Unauthenticated {
        /// The action with its service.
        action: &'static str,
    },
    /// A topic whose messages are encrypted takes signed calls alone.
    Insecure,
    /// There is no such attribute.
    UnknownAttribute {
        /// Its name.
        name: String,
        /// Whether it came with `CreateTopic` or `Subscribe`.
        creating: bool,
    },
    /// A topic with an active archive is to be deleted.
    ArchiveActive,
    /// A topic would have more than 50 tags.
    TooManyTags,
    /// The policy of a topic of another account does not let the caller in.
    NotAuthorized {
        /// Who calls, as an ARN.
        user: String,
        /// The action with its service.
        action: String,
        /// ARN of the topic.
        topic: String,
        /// Whether a statement denies it; else none allows it.
        explicitly: bool,
    },
    /// No such topic, as operations on tags say it.
    ResourceDoesNotExist,
    /// No such topic.
    TopicDoesNotExist,
    /// No such subscription.
    SubscriptionDoesNotExist,
    /// About a message that is published.
    Publish(PublishFault),
    /// About platform applications and endpoints.
    Platform(PlatformFault),
    /// About text messages.
    Sms(SmsFault),
    /// What is encrypted can't be used.
    Key(UnusableKey),
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.describe().message)
    }
}

impl std::error::Error for Error {}

impl From<PublishFault> for Error {
    fn from(fault: PublishFault) -> Self {
        Self::Publish(fault)
    }
}

impl From<PlatformFault> for Error {
    fn from(fault: PlatformFault) -> Self {
        Self::Platform(fault)
    }
}

impl From<SmsFault> for Error {
    fn from(fault: SmsFault) -> Self {
        Self::Sms(fault)
    }
}

impl From<UnusableKey> for Error {
    fn from(unusable: UnusableKey) -> Self {
        Self::Key(unusable)
    }
}
