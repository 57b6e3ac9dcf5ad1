//! The one table from facts to codes, statuses and texts of SQS.

use redeliver_model::{Fault, sqs::MODEL};

use super::Error;

/// How a fact is told to clients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// Modern name, `__type` in JSON.
    pub shape: &'static str,
    /// Code of the query protocol, `x-amzn-query-error` in JSON.
    pub code: &'static str,
    /// HTTP status.
    pub status: u16,
    /// Whose fault it is.
    pub fault: Fault,
    /// The text.
    pub message: String,
}

/// Errors that AWS gives but its API model lacks, as (modern name, query code), recorded on AWS with status 400.
const UNMODELLED: [(&str, &str); 2] = [
    ("InvalidParameterValueException", "InvalidParameterValue"),
    ("MissingRequiredParameterException", "MissingParameter"),
];

impl Error {
    /// Code, status and text.
    pub fn describe(&self) -> Description {
        let (shape, message) = self.name_and_text();
        if let Some(&(shape, code)) = UNMODELLED.iter().find(|(name, _)| *name == shape) {
            return Description { shape, code, status: 400, fault: Fault::Client, message };
        }
        let row = MODEL.error(shape).expect("every other name is a modelled error, which a test proves");
        Description { shape: row.name, code: row.code, status: row.status, fault: row.fault, message }
    }

    fn name_and_text(&self) -> (&'static str, String) {
        const VALUE: &str = "InvalidParameterValueException";
        match self {
            Self::QueueDoesNotExist => ("QueueDoesNotExist", "The specified queue does not exist.".to_owned()),
            Self::QueueNameExists { attribute } => (
                "QueueNameExists",
                format!("A queue already exists with the same name and a different value for attribute {attribute}"),
            ),
            Self::QueueDeletedRecently => (
                "QueueDeletedRecently",
                "You must wait 60 seconds after deleting a queue before you can create another with the same name."
                    .to_owned(),
            ),
            Self::PurgeQueueInProgress { queue } => (
                "PurgeQueueInProgress",
                format!("Only one PurgeQueue operation on {queue} is allowed every 60 seconds."),
            ),
            Self::MissingParameter { parameter } => {
                ("MissingRequiredParameterException", format!("The request must contain the parameter {parameter}."))
            }
            Self::MissingParameterInBatch { parameter } => {
                (VALUE, format!("The request must contain the parameter {parameter}."))
            }
            Self::InvalidParameter { value, parameter, reason } => {
                (VALUE, format!("Value {value} for parameter {parameter} is invalid. Reason: {reason}"))
            }
            Self::InvalidParameterText { text } => (VALUE, text.clone()),
            Self::UnknownAttribute { attribute } => ("InvalidAttributeName", format!("Unknown Attribute {attribute}.")),
            Self::InvalidAttributeName { text } => ("InvalidAttributeName", text.clone()),
            Self::InvalidAttributeValue { attribute, reason: None } => {
                ("InvalidAttributeValue", format!("Invalid value for the parameter {attribute}."))
            }
            Self::InvalidAttributeValue { attribute, reason: Some(reason) } => {
                ("InvalidAttributeValue", format!("Invalid value for the parameter {attribute}. Reason: {reason}"))
            }
            Self::InvalidMessageContents => {
                ("InvalidMessageContents", "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF.".to_owned())
            }
            Self::MessageTooLong { limit } => {
                (VALUE, format!("One or more parameters are invalid. Reason: Message must be shorter than {limit} bytes."))
            }
            Self::EmptyBatchRequest => {
                ("EmptyBatchRequest", "There should be at least one SendMessageBatchRequestEntry in the request.".to_owned())
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
            Self::OverLimit { text } => ("OverLimit", text.clone()),
            Self::ResourceNotFound { text } => ("ResourceNotFoundException", text.clone()),
            Self::UnsupportedOperation { text } => ("UnsupportedOperation", text.clone()),
        }
    }
}
