//! The one table from facts to codes, statuses and texts of SQS.

use redeliver_model::{Fault, sqs::MODEL};

use super::Error;
use super::fault_table::in_body;
use crate::{Description, KeyFault, UnusableKey};

const VALUE: &str = "InvalidParameterValueException";
const ATTRIBUTE: &str = "InvalidAttributeName";

/// Errors that AWS gives but its API model lacks, as (modern name, query code, status). The first two were recorded on AWS. The third is
/// not: documentation gives `AccessDenied` with 403 and `AccessDeniedException` with 400; SDKs retry neither.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html>
const UNMODELLED: [(&str, &str, u16); 3] = [
    (VALUE, "InvalidParameterValue", 400),
    ("MissingRequiredParameterException", "MissingParameter", 400),
    ("AccessDeniedException", "AccessDenied", 403),
];

impl Error {
    /// Code, status and text.
    ///
    /// # Panics
    ///
    /// Never: that every fact stands in the tables is proved by a test.
    pub fn describe(&self) -> Description {
        let (shape, message) = self.name_and_text();
        if let Some(&(shape, code, status)) = UNMODELLED.iter().find(|(name, ..)| *name == shape) {
            return Description { shape, code, status, fault: Fault::Client, message };
        }
        Description::modelled(&MODEL, shape, message)
    }

    /// Code and text as an entry of a batch that failed alone gets them: AWS words some facts in another way there.
    pub fn describe_in_entry(&self) -> Description {
        match self {
            Self::MessageTooLong { limit } => Description {
                message: format!(
                    "One or more parameters cannot be validated. Reason: Message must be shorter than {limit} bytes."
                ),
                ..self.describe()
            },
            _ => self.describe(),
        }
    }

    fn name_and_text(&self) -> (&'static str, String) {
        self.of_queues()
            .or_else(|| self.of_attributes())
            .or_else(|| self.of_messages())
            .unwrap_or_else(|| self.of_rest())
    }

    /// Facts about queues and who may use them.
    fn of_queues(&self) -> Option<(&'static str, String)> {
        Some(match self {
            Self::QueueDoesNotExist => ("QueueDoesNotExist", "The specified queue does not exist.".to_owned()),
            Self::InvalidAddress { url } => {
                ("InvalidAddress", format!("The address {url} is not valid for this endpoint."))
            }
            Self::AccessDenied { principal, action, queue } => (
                "AccessDeniedException",
                format!(
                    "User: {principal} is not authorized to perform: sqs:{} on resource: {queue} because no resource-based policy allows the sqs:{0} action",
                    action.to_ascii_lowercase()
                ),
            ),
            Self::QueueNameExists { attribute } => (
                "QueueNameExists",
                format!("A queue already exists with the same name and a different value for attribute {attribute}"),
            ),
            Self::QueueDeletedRecently => (
                "QueueDeletedRecently",
                "You must wait 60 seconds after deleting a queue before you can create another with the same name."
                    .to_owned(),
            ),
            Self::QueueNameMissing => {
                (VALUE, "Value for parameter QueueName is invalid. Reason: Must specify a queue name.".to_owned())
            }
            Self::InvalidQueueName { fifo: false } => (
                VALUE,
                "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length".to_owned(),
            ),
            Self::InvalidQueueName { fifo: true } => (
                VALUE,
                "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length."
                    .to_owned(),
            ),
            Self::PurgeQueueInProgress { queue } => (
                "PurgeQueueInProgress",
                format!("Only one PurgeQueue operation on {queue} is allowed every 60 seconds."),
            ),
            Self::InvalidTag { key, fault } => (VALUE, fault.text(key)),
            Self::TooManyTags { queue } => (VALUE, format!("Too many tags added for queue {queue}.")),
            Self::TooManyActions { found } => {
                ("OverLimit", format!("{found} Actions were found, maximum allowed is 7."))
            }
            _ => return None,
        })
    }

    /// Facts about attributes of queues.
    fn of_attributes(&self) -> Option<(&'static str, String)> {
        Some(match self {
            Self::UnknownAttribute { attribute } => (ATTRIBUTE, format!("Unknown Attribute {attribute}.")),
            Self::FifoOnlyAttribute { attribute } => {
                (ATTRIBUTE, format!("You can specify the {attribute} only when FifoQueue is set to true."))
            }
            Self::TwoKindsOfEncryption => (
                ATTRIBUTE,
                "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE."
                    .to_owned(),
            ),
            Self::InvalidAttributeValue { attribute, reason: None } => {
                ("InvalidAttributeValue", format!("Invalid value for the parameter {attribute}."))
            }
            Self::InvalidAttributeValue { attribute, reason: Some(reason) } => {
                ("InvalidAttributeValue", format!("Invalid value for the parameter {attribute}. Reason: {reason}"))
            }
            Self::RedrivePolicy { document, fault } => (VALUE, fault.text(document)),
            Self::RedriveAllowPolicy { document, fault } => (VALUE, fault.text(document)),
            Self::PolicyQuota { what, found, most, creating } => {
                let name = if *creating { VALUE } else { "OverLimit" };
                (name, format!("{found} {what} were found in the submitted policy, max allowed is {most}"))
            }
            _ => return None,
        })
    }

    /// Facts about messages and batches of them.
    fn of_messages(&self) -> Option<(&'static str, String)> {
        Some(match self {
            Self::InvalidMessageContents { character } => ("InvalidMessageContents", in_body(*character)),
            Self::MessageTooLong { limit } => (
                VALUE,
                format!("One or more parameters are invalid. Reason: Message must be shorter than {limit} bytes."),
            ),
            Self::TooManyMessageAttributes { sent } => {
                (VALUE, format!("Number of message attributes [{sent}] exceeds the allowed maximum [10]."))
            }
            Self::MessageAttribute { name, fault } => (VALUE, fault.text(name)),
            Self::SystemAttribute { name, fault } => (VALUE, fault.text(name)),
            Self::AttributeListsUnsupported => (
                "UnsupportedOperation",
                "Message attribute list values in SendMessage operation are not supported.".to_owned(),
            ),
            Self::EmptyBatchRequest { entry } => {
                ("EmptyBatchRequest", format!("There should be at least one {entry} in the request."))
            }
            Self::TooManyEntriesInBatchRequest { sent } => (
                "TooManyEntriesInBatchRequest",
                format!("Maximum number of entries per request are 10. You have sent {sent}."),
            ),
            Self::InvalidBatchEntryId => (
                "InvalidBatchEntryId",
                "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long."
                    .to_owned(),
            ),
            Self::BatchEntryIdsNotDistinct { id } => ("BatchEntryIdsNotDistinct", format!("Id {id} repeated.")),
            Self::BatchRequestTooLong { sent } => (
                "BatchRequestTooLong",
                format!("Batch requests cannot be longer than 1048576 bytes. You have sent {sent} bytes."),
            ),
            Self::ReceiptHandleIsInvalid { handle } => {
                ("ReceiptHandleIsInvalid", format!("The input receipt handle \"{handle}\" is not a valid receipt handle."))
            }
            Self::ReceiptHandleExpired { handle } => (
                VALUE,
                format!("Value {handle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired."),
            ),
            Self::NotAvailableForVisibilityChange { handle } => (
                VALUE,
                format!(
                    "Value {handle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change."
                ),
            ),
            Self::MessageNotInflight => ("MessageNotInflight", "The message is not in flight.".to_owned()),
            Self::Key(UnusableKey { key, fault }) => (key_error(*fault), fault.text(key)),
            _ => return None,
        })
    }

    /// Facts about parameters, and those that bring their text with them.
    fn of_rest(&self) -> (&'static str, String) {
        match self {
            Self::MissingParameter { parameter } => {
                ("MissingRequiredParameterException", format!("The request must contain the parameter {parameter}."))
            }
            Self::MissingParameterInBatch { parameter } => {
                (VALUE, format!("The request must contain the parameter {parameter}."))
            }
            Self::InvalidParameter { value, parameter, reason } => {
                (VALUE, format!("Value {value} for parameter {parameter} is invalid. Reason: {reason}"))
            }
            Self::MaxResultsOutOfRange => (
                VALUE,
                "Value for parameter MaxResults is invalid. Reason: MaxResults must be an integer between 1 and 1000."
                    .to_owned(),
            ),
            Self::InvalidParameterText { text } => (VALUE, text.clone()),
            Self::OverLimit { text } => ("OverLimit", text.clone()),
            Self::ResourceNotFound { text } => ("ResourceNotFoundException", text.clone()),
            Self::UnsupportedOperation { text } => ("UnsupportedOperation", text.clone()),
            _ => unreachable!("the other tables name every other fact, which a test proves"),
        }
    }
}

/// The error of a key that does not work.
fn key_error(fault: KeyFault) -> &'static str {
    match fault {
        KeyFault::AccessDenied => "KmsAccessDenied",
        KeyFault::Disabled => "KmsDisabled",
        KeyFault::InvalidKeyUsage => "KmsInvalidKeyUsage",
        KeyFault::InvalidState => "KmsInvalidState",
        KeyFault::NotFound => "KmsNotFound",
        KeyFault::OptInRequired => "KmsOptInRequired",
        KeyFault::Throttled => "KmsThrottled",
    }
}

#[cfg(test)]
mod tests {
    use redeliver_model::Fault;

    use super::{Description, Error, KeyFault, UnusableKey};
    use crate::sqs::{AttributeFault, RedriveAllowFault, RedriveFault, SystemAttributeFault, TagFault};

    /// One error of every fact. A new variant fails to compile in [`table`] until somebody comes by here.
    fn every_fact() -> Vec<Error> {
        let text = || "text".to_owned();
        vec![
            Error::QueueDoesNotExist,
            Error::InvalidAddress { url: text() },
            Error::AccessDenied { principal: text(), action: "SendMessage", queue: text() },
            Error::QueueNameExists { attribute: text() },
            Error::QueueDeletedRecently,
            Error::QueueNameMissing,
            Error::InvalidQueueName { fifo: false },
            Error::InvalidQueueName { fifo: true },
            Error::PurgeQueueInProgress { queue: text() },
            Error::MissingParameter { parameter: "Label" },
            Error::MissingParameterInBatch { parameter: "Label" },
            Error::InvalidParameter { value: text(), parameter: "Label", reason: "Already exists." },
            Error::InvalidParameterText { text: text() },
            Error::MaxResultsOutOfRange,
            Error::UnknownAttribute { attribute: text() },
            Error::FifoOnlyAttribute { attribute: "DeduplicationScope" },
            Error::TwoKindsOfEncryption,
            Error::InvalidAttributeValue { attribute: text(), reason: None },
            Error::InvalidAttributeValue { attribute: text(), reason: Some("Why.") },
            Error::RedrivePolicy { document: text(), fault: RedriveFault::TargetMissing },
            Error::RedriveAllowPolicy { document: text(), fault: RedriveAllowFault::Format },
            Error::PolicyQuota { what: "statements", found: 21, most: 20, creating: false },
            Error::PolicyQuota { what: "statements", found: 21, most: 20, creating: true },
            Error::TooManyActions { found: 8 },
            Error::InvalidTag { key: text(), fault: TagFault::Key },
            Error::TooManyTags { queue: text() },
            Error::InvalidMessageContents { character: '\u{7}' },
            Error::MessageTooLong { limit: 1024 },
            Error::TooManyMessageAttributes { sent: 11 },
            Error::MessageAttribute { name: text(), fault: AttributeFault::TypeMissing },
            Error::SystemAttribute { name: text(), fault: SystemAttributeFault::Name },
            Error::AttributeListsUnsupported,
            Error::EmptyBatchRequest { entry: "SendMessageBatchRequestEntry" },
            Error::TooManyEntriesInBatchRequest { sent: 20 },
            Error::InvalidBatchEntryId,
            Error::BatchEntryIdsNotDistinct { id: text() },
            Error::BatchRequestTooLong { sent: 1_048_577 },
            Error::ReceiptHandleIsInvalid { handle: text() },
            Error::ReceiptHandleExpired { handle: text() },
            Error::NotAvailableForVisibilityChange { handle: text() },
            Error::MessageNotInflight,
            Error::OverLimit { text: text() },
            Error::ResourceNotFound { text: text() },
            Error::UnsupportedOperation { text: text() },
        ]
        .into_iter()
        .chain(KeyFault::ALL.map(|fault| Error::Key(UnusableKey { key: text(), fault })))
        .collect()
    }

    fn table(error: &Error) -> &'static str {
        match error {
            Error::QueueDoesNotExist
            | Error::InvalidAddress { .. }
            | Error::AccessDenied { .. }
            | Error::QueueNameExists { .. }
            | Error::QueueDeletedRecently
            | Error::QueueNameMissing
            | Error::InvalidQueueName { .. }
            | Error::PurgeQueueInProgress { .. }
            | Error::TooManyActions { .. }
            | Error::InvalidTag { .. }
            | Error::TooManyTags { .. } => "queues",
            Error::UnknownAttribute { .. }
            | Error::FifoOnlyAttribute { .. }
            | Error::TwoKindsOfEncryption
            | Error::InvalidAttributeValue { .. }
            | Error::RedrivePolicy { .. }
            | Error::RedriveAllowPolicy { .. }
            | Error::PolicyQuota { .. } => "attributes",
            Error::InvalidMessageContents { .. }
            | Error::MessageTooLong { .. }
            | Error::TooManyMessageAttributes { .. }
            | Error::MessageAttribute { .. }
            | Error::SystemAttribute { .. }
            | Error::AttributeListsUnsupported
            | Error::EmptyBatchRequest { .. }
            | Error::TooManyEntriesInBatchRequest { .. }
            | Error::InvalidBatchEntryId
            | Error::BatchEntryIdsNotDistinct { .. }
            | Error::BatchRequestTooLong { .. }
            | Error::ReceiptHandleIsInvalid { .. }
            | Error::ReceiptHandleExpired { .. }
            | Error::NotAvailableForVisibilityChange { .. }
            | Error::MessageNotInflight
            | Error::Key(_) => "messages",
            Error::MissingParameter { .. }
            | Error::MissingParameterInBatch { .. }
            | Error::InvalidParameter { .. }
            | Error::InvalidParameterText { .. }
            | Error::MaxResultsOutOfRange
            | Error::OverLimit { .. }
            | Error::ResourceNotFound { .. }
            | Error::UnsupportedOperation { .. } => "rest",
        }
    }

    #[test]
    fn every_fact_stands_in_its_table_and_has_a_code() {
        for error in every_fact() {
            let found = if error.of_queues().is_some() {
                "queues"
            } else if error.of_attributes().is_some() {
                "attributes"
            } else if error.of_messages().is_some() {
                "messages"
            } else {
                "rest"
            };
            assert_eq!(found, table(&error), "{error:?}");
            let Description { code, status, message, .. } = error.describe();
            assert!(!code.is_empty() && (400..500).contains(&status) && !message.is_empty(), "{error:?}");
        }
    }

    /// Codes, statuses and texts as they were recorded on AWS.
    #[test]
    fn recorded_errors_are_told_as_aws_tells_them() {
        const BATCH: &str = "AWS.SimpleQueueService.TooManyEntriesInBatchRequest";
        let text = str::to_owned;
        let recorded: [(Error, [&str; 2], u16, &str); 8] = [
            (
                Error::QueueDoesNotExist,
                ["QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"],
                400,
                "The specified queue does not exist.",
            ),
            (
                Error::QueueNameExists { attribute: text("DelaySeconds") },
                ["QueueNameExists", "QueueAlreadyExists"],
                400,
                "A queue already exists with the same name and a different value for attribute DelaySeconds",
            ),
            (
                Error::PurgeQueueInProgress { queue: text("q") },
                ["PurgeQueueInProgress", "AWS.SimpleQueueService.PurgeQueueInProgress"],
                403,
                "Only one PurgeQueue operation on q is allowed every 60 seconds.",
            ),
            (
                Error::MissingParameter { parameter: "MessageBody" },
                ["MissingRequiredParameterException", "MissingParameter"],
                400,
                "The request must contain the parameter MessageBody.",
            ),
            (
                Error::MissingParameterInBatch { parameter: "MessageGroupId" },
                ["InvalidParameterValueException", "InvalidParameterValue"],
                400,
                "The request must contain the parameter MessageGroupId.",
            ),
            (
                Error::UnknownAttribute { attribute: text("FifoQueue") },
                ["InvalidAttributeName", "InvalidAttributeName"],
                400,
                "Unknown Attribute FifoQueue.",
            ),
            (
                Error::TooManyEntriesInBatchRequest { sent: 20 },
                ["TooManyEntriesInBatchRequest", BATCH],
                400,
                "Maximum number of entries per request are 10. You have sent 20.",
            ),
            (
                Error::ResourceNotFound { text: text("Task does not exist.") },
                ["ResourceNotFoundException", "ResourceNotFoundException"],
                404,
                "Task does not exist.",
            ),
        ];
        for (error, [shape, code], status, message) in recorded {
            let expected = Description { shape, code, status, fault: Fault::Client, message: message.to_owned() };
            assert_eq!(error.describe(), expected);
        }
    }

    /// Both texts were recorded on AWS.
    #[test]
    fn message_that_is_too_long_is_worded_otherwise_in_a_batch() {
        let error = Error::MessageTooLong { limit: 1024 };
        let [alone, entry] = [error.describe(), error.describe_in_entry()].map(|told| (told.code, told.message));
        let value = |text: &str| ("InvalidParameterValue", text.to_owned());
        let alone_text = "One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.";
        let entry_text = "One or more parameters cannot be validated. Reason: Message must be shorter than 1024 bytes.";
        assert_eq!((alone, entry), (value(alone_text), value(entry_text)));
    }
}
