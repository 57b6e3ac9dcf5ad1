//! Why a message is not taken: one variant a fact, and how each is told.

/// A fact about a refused publish or batch entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublishFault {
    /// The message is empty.
    EmptyMessage,
    /// The message is longer than its topic, or SNS, takes.
    TooLong,
    /// The subject is empty, too long or has control characters.
    Subject,
    /// The message should have a structure and is no JSON.
    StructureUnreadable,
    /// The message has a structure and no text under `default`.
    StructureWithoutDefault,
    /// There are several targets.
    SeveralTargets,
    /// A message to a FIFO topic has no group.
    GroupMissing,
    /// A message to a FIFO topic has no deduplication id, and the topic makes none.
    DeduplicationMissing,
    /// A message to a standard topic has a deduplication id.
    DeduplicationUnwanted,
    /// A message group or a deduplication id has a wrong form.
    IdForm {
        /// Which of the two.
        parameter: &'static str,
    },
    /// The topic's data protection policy denies the message.
    Protected {
        /// The kinds of data that were found.
        found: Vec<String>,
    },
    /// A message attribute cannot be.
    Attribute {
        /// Its name.
        name: String,
        /// What is wrong with it.
        fault: MessageAttributeFault,
    },
    /// A batch has no entries.
    EmptyBatch,
    /// A batch has more than ten entries.
    TooManyEntries,
    /// The id of an entry has a wrong form.
    EntryId,
    /// Two entries have the same id.
    EntryIdTwice,
    /// The entries of a batch are too long together.
    BatchTooLong,
}

/// What is wrong with a message attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MessageAttributeFault {
    /// The name has more than 256 bytes.
    NameTooLong,
    /// The name begins with a dot.
    NameStartsWithDot,
    /// The name ends with a dot.
    NameEndsWithDot,
    /// The name has two dots side by side.
    NameHasTwoDots,
    /// The name holds a character other than letters, digits, `_`, `-` and `.`.
    NameCharacter {
        /// The first one.
        character: char,
    },
    /// The type is none.
    TypeUnknown,
    /// There is no value, or an empty one.
    ValueEmpty {
        /// The type.
        data_type: String,
    },
    /// The value is in the field of another type.
    ValueField {
        /// The type.
        data_type: String,
        /// The field where the value should be.
        field: &'static str,
    },
    /// The value holds a character that UTF-16 writes as two.
    ValueCharacter,
    /// The value of a number does not read as one.
    NoNumber,
}

const PARAMETER: &str = "InvalidParameterException";

impl PublishFault {
    /// The modelled error and the text.
    pub(crate) fn name_and_text(&self) -> (&'static str, String) {
        let invalid = |text: &str| (PARAMETER, format!("Invalid parameter: {text}"));
        match self {
            Self::EmptyMessage => invalid("Empty message"),
            Self::TooLong => invalid("Message too long"),
            Self::Subject => invalid("Subject"),
            Self::StructureUnreadable => invalid("Message Structure - JSON message body failed to parse"),
            Self::StructureWithoutDefault => invalid("Message Structure - No default entry in JSON message body"),
            // silent: its text.
            Self::SeveralTargets => invalid("TopicArn, TargetArn, PhoneNumber Reason: only one of them can be given"),
            Self::GroupMissing => invalid("The MessageGroupId parameter is required for FIFO topics"),
            Self::DeduplicationMissing => invalid(
                "The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
            ),
            Self::DeduplicationUnwanted => invalid(
                "MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type",
            ),
            // silent: its text.
            Self::IdForm { parameter } => invalid(&format!(
                "{parameter} Reason: can only include alphanumeric and punctuation characters, 1 to 128 in length"
            )),
            // silent: its text.
            Self::Protected { found } => (
                "AuthorizationErrorException",
                format!("The data protection policy of the topic denies messages with {}", found.join(", ")),
            ),
            Self::Attribute { name, fault } => ("InvalidParameterValueException", fault.text(name)),
            // silent: the texts from here on, but the last.
            Self::EmptyBatch => ("EmptyBatchRequestException", "The batch has no entries".to_owned()),
            Self::TooManyEntries => {
                ("TooManyEntriesInBatchRequestException", "The batch has more than 10 entries".to_owned())
            }
            Self::EntryId => (
                "InvalidBatchEntryIdException",
                "The Id of a batch entry can only include alphanumeric characters, hyphens and underscores, 1 to 80 in length"
                    .to_owned(),
            ),
            Self::EntryIdTwice => {
                ("BatchEntryIdsNotDistinctException", "Two or more entries of the batch have the same Id".to_owned())
            }
            Self::BatchTooLong => (
                "BatchRequestTooLongException",
                "The length of all the messages put together is more than the limit.".to_owned(),
            ),
        }
    }
}

impl MessageAttributeFault {
    fn text(&self, name: &str) -> String {
        match self {
            Self::NameTooLong => "Length of message attribute name must be less than 256 bytes.".to_owned(),
            Self::NameStartsWithDot => {
                "Invalid message attribute name starting with character '.' was found.".to_owned()
            }
            Self::NameEndsWithDot => "Invalid message attribute name ending with character '.' was found.".to_owned(),
            Self::NameHasTwoDots => "Message attribute name can not have successive '.' character.".to_owned(),
            Self::NameCharacter { character } => format!(
                "Invalid non-alphanumeric character '#x{:X}' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.",
                u32::from(*character)
            ),
            Self::TypeUnknown => format!(
                "The message attribute '{name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String."
            ),
            Self::ValueEmpty { data_type } => format!(
                "The message attribute '{name}' must contain non-empty message attribute value for message attribute type '{data_type}'."
            ),
            Self::ValueField { data_type, field } => {
                format!("The message attribute '{name}' with type '{data_type}' must use field '{field}'.")
            }
            // <https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html>
            Self::ValueCharacter => "Invalid attribute value was passed in for message attribute".to_owned(),
            // silent: the text.
            Self::NoNumber => format!("Could not cast message attribute '{name}' value to number."),
        }
    }
}
