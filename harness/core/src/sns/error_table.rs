//! The one table from facts to codes, statuses and texts of SNS.

use redeliver_model::sns::MODEL;

use super::Error;
use crate::{Description, UnusableKey};

const PARAMETER: &str = "InvalidParameterException";
const MISSING: &str = "NotFoundException";

impl Error {
    /// Code, status and text.
    ///
    /// # Panics
    ///
    /// Never: that every fact stands in the table is proved by a test.
    pub fn describe(&self) -> Description {
        let (shape, message) = self.name_and_text();
        Description::modelled(&MODEL, shape, message)
    }

    fn name_and_text(&self) -> (&'static str, String) {
        match self {
            Self::MissingValue { parameter } => {
                (PARAMETER, format!("Invalid parameter: {parameter} Reason: no value for required parameter"))
            }
            Self::ShortArn { parameter, elements } => (
                PARAMETER,
                format!("Invalid parameter: {parameter} Reason: An ARN must have at least 6 elements, not {elements}"),
            ),
            Self::Parameter { parameter } => (PARAMETER, format!("Invalid parameter: {parameter}")),
            Self::Reason { parameter, reason } => {
                (PARAMETER, format!("Invalid parameter: {parameter} Reason: {reason}"))
            }
            Self::Attribute { name, reason, creating: false } => {
                (PARAMETER, format!("Invalid parameter: {name}: {reason}"))
            }
            Self::Attribute { name, reason, creating: true } => {
                (PARAMETER, format!("Invalid parameter: Attributes Reason: {name}: {reason}"))
            }
            Self::Complaint { text, creating: false } => (PARAMETER, format!("Invalid parameter: {text}")),
            Self::Complaint { text, creating: true } => {
                (PARAMETER, format!("Invalid parameter: Attributes Reason: {text}"))
            }
            Self::UnknownProtocol { name } => {
                (PARAMETER, format!("Invalid parameter: Amazon SNS does not support this protocol string: {name}"))
            }
            Self::SmsEndpoint { endpoint } => (PARAMETER, format!("Invalid SMS endpoint: {endpoint}")),
            Self::InvalidToken => (PARAMETER, "Invalid token".to_owned()),
            Self::UnknownAttribute { creating: false, .. } => {
                (PARAMETER, "Invalid parameter: AttributeName".to_owned())
            }
            // silent: its text; that of the other operations on attributes was recorded.
            Self::UnknownAttribute { name, creating: true } => {
                (PARAMETER, format!("Invalid parameter: Attributes Reason: Unknown attribute {name}"))
            }
            // silent: the texts.
            Self::ArchiveActive => {
                ("InvalidStateException", "Cannot delete a topic with an ArchivePolicy: set it to {} first".to_owned())
            }
            Self::TooManyTags => (
                "TagLimitExceededException",
                "Could not complete request: tag quota of per resource exceeded".to_owned(),
            ),
            // silent: the text follows public reports.
            Self::NotAuthorized { user, action, topic, explicitly } => {
                let because = if *explicitly {
                    "with an explicit deny in a resource-based policy".to_owned()
                } else {
                    format!("because no resource-based policy allows the {action} action")
                };
                let text =
                    format!("User: {user} is not authorized to perform: {action} on resource: {topic} {because}");
                ("AuthorizationErrorException", text)
            }
            Self::ResourceDoesNotExist => ("ResourceNotFoundException", "Resource does not exist".to_owned()),
            Self::TopicDoesNotExist => (MISSING, "Topic does not exist".to_owned()),
            Self::SubscriptionDoesNotExist => (MISSING, "Subscription does not exist".to_owned()),
            Self::TooManyTopics
            | Self::TooManySubscriptions
            | Self::TooManyFilters
            | Self::Unauthenticated { .. }
            | Self::Insecure => self.quota_or_security(),
            Self::Publish(fault) => fault.name_and_text(),
            Self::Platform(fault) => fault.name_and_text(),
            Self::Sms(fault) => fault.name_and_text(),
            Self::Key(UnusableKey { key, fault }) => (fault.shape(), fault.text(key)),
        }
    }

    /// silent: the texts.
    fn quota_or_security(&self) -> (&'static str, String) {
        let (shape, text) = match self {
            Self::TooManyTopics => ("TopicLimitExceededException", "Topic limit exceeded for the account"),
            Self::TooManySubscriptions => ("SubscriptionLimitExceededException", "Subscription limit exceeded"),
            Self::TooManyFilters => ("FilterPolicyLimitExceededException", "Filter policy limit exceeded"),
            Self::Unauthenticated { action } => {
                let text = format!("Not authorized to perform: {action} without a signature of the owner");
                return ("AuthorizationErrorException", text);
            }
            _ => ("InvalidSecurityException", "Requests to an encrypted topic must be signed with Signature Version 4"),
        };
        (shape, text.to_owned())
    }
}
