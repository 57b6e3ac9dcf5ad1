//! The texts of faults.
//!
//! Only the text of an empty message attribute is recorded on AWS, and that of a character in an attribute's name for SNS. The others
//! follow public reports of what AWS said; where there are none, they say the rule.

use super::{AttributeFault, RedriveAllowFault, RedriveFault, SystemAttributeFault, TagFault};

const CHARACTERS: &str =
    "the set of allowed characters is #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF]";

/// The text for a character that a body may not hold. It is not recorded; public reports quote it.
pub(super) fn in_body(character: char) -> String {
    format!("Invalid binary character '{}' was found in the message body, {CHARACTERS}.", code_point(character))
}

fn code_point(character: char) -> String {
    format!("#x{:X}", u32::from(character))
}

impl AttributeFault {
    pub(super) fn text(&self, name: &str) -> String {
        match self {
            Self::NameEmpty => "The request must contain non-empty message (user) attribute names.".to_owned(),
            Self::NameTooLong => "Message (user) attribute name must be shorter than 256 bytes.".to_owned(),
            Self::NameReserved => {
                "You can't use message attribute names beginning with 'AWS.' or 'Amazon.'. These strings are reserved for internal use."
                    .to_owned()
            }
            Self::NameStartsWithDot => "Message (user) attribute name must not begin with character '.'.".to_owned(),
            Self::NameEndsWithDot => "Message (user) attribute name must not end with character '.'.".to_owned(),
            Self::NameHasTwoDots => {
                "Message (user) attribute name must not have successive '.' characters.".to_owned()
            }
            Self::NameCharacter { character } => format!(
                "Invalid non-alphanumeric character '{}' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.",
                code_point(*character)
            ),
            Self::TypeMissing => {
                format!("The message (user) attribute '{name}' must contain a non-empty message attribute type.")
            }
            Self::TypeTooLong => "Message (user) attribute type must be shorter than 256 bytes.".to_owned(),
            Self::TypeUnknown => format!(
                "The type of message (user) attribute '{name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String."
            ),
            Self::ValueEmpty { data_type } => {
                format!("Message (user) attribute '{name}' must contain a non-empty value of type '{data_type}'.")
            }
            Self::ValuesTwo => format!("Message (user) attribute '{name}' must have a single value."),
            Self::ValueField { data_type, field } => {
                format!("Message (user) attribute '{name}' with type '{data_type}' must use field '{field}'.")
            }
            Self::ValueCharacter { character } => format!(
                "Invalid binary character '{}' was found in the message (user) attribute '{name}' value, {CHARACTERS}.",
                code_point(*character)
            ),
            Self::NumberForm => format!("Can't cast the value of message (user) attribute '{name}' to a number."),
            Self::NumberPrecision { value } => format!(
                "Message (user) attribute '{name}' number value [{value}] must have at most 38 precision digits."
            ),
            Self::NumberMagnitude { value } => format!(
                "Message (user) attribute '{name}' number value [{value}] must be between 10^-128 and 10^126."
            ),
        }
    }
}

impl SystemAttributeFault {
    pub(super) fn text(&self, name: &str) -> String {
        match self {
            Self::Name => format!("Message system attribute name '{name}' is invalid."),
            Self::Type => format!(
                "The type of message system attribute '{name}' is invalid. You must use only the following supported type prefixes: String."
            ),
            Self::Value => {
                format!("Message system attribute '{name}' must contain a non-empty value of type 'String'.")
            }
            Self::Character { character } => format!(
                "Invalid binary character '{}' was found in the message system attribute '{name}' value, {CHARACTERS}.",
                code_point(*character)
            ),
        }
    }
}

impl TagFault {
    pub(super) fn text(self, key: &str) -> String {
        match self {
            Self::Key => format!(
                "Tag key '{key}' is invalid. Tag keys have 1 to 128 letters, digits, spaces and the characters _ . : / = + - @."
            ),
            Self::KeyReserved => {
                format!("Tag key '{key}' is invalid. Tag keys beginning with 'aws:' are reserved for internal use.")
            }
            Self::Value => format!(
                "The value of tag '{key}' is invalid. Tag values have at most 256 letters, digits, spaces and the characters _ . : / = + - @."
            ),
        }
    }
}

impl RedriveFault {
    pub(super) fn text(&self, document: &str) -> String {
        let reason = match self {
            Self::NotJson => {
                return "Invalid value for the parameter RedrivePolicy. Reason: Redrive policy is not a valid JSON map."
                    .to_owned();
            }
            Self::Missing { member } => format!("Redrive policy does not contain mandatory attribute: {member}."),
            Self::UnknownMember => {
                "Only following attributes are supported: [maxReceiveCount, deadLetterTargetArn].".to_owned()
            }
            Self::Count { given } => {
                format!("Invalid value for maxReceiveCount: {given}, valid values are from 1 to 1000 both inclusive.")
            }
            Self::TargetNotArn => "Dead-letter target ARN should be fully qualified ARN.".to_owned(),
            Self::TargetNotSqs => "Only SQS queues are valid resources for deadLetterTargetArn.".to_owned(),
            Self::TargetOwner => "Dead-letter target owner should be same as the source.".to_owned(),
            Self::TargetRegion => "Dead-letter target region should be same as the source.".to_owned(),
            Self::TargetType => "Dead-letter queue must be same type of queue as the source.".to_owned(),
            Self::TargetMissing => "Dead letter target does not exist.".to_owned(),
            Self::TargetRefuses => {
                "The redrive allow policy of the dead-letter queue does not permit this source queue.".to_owned()
            }
        };
        format!("Value {document} for parameter RedrivePolicy is invalid. Reason: {reason}")
    }
}

impl RedriveAllowFault {
    pub(super) fn text(self, document: &str) -> String {
        let reason = match self {
            Self::Format => {
                return "Invalid value for the parameter RedriveAllowPolicy. Reason: Amazon SQS can't create the redrive allow policy, as it's in an unsupported format."
                    .to_owned();
            }
            Self::SourcesWithoutByQueue => {
                "To specify one or more source queue ARNs, you must set redrivePermission to byQueue."
            }
            Self::ByQueueWithoutSources => {
                "When you specify the byQueue permission type, you must also specify one or more sourceQueueArns values."
            }
            Self::TooManySources => "The maximum number of source queue ARNs you can specify is 10.",
        };
        format!(
            "Value {document} for parameter RedriveAllowPolicy is invalid. Reason: Amazon SQS can't create the redrive allow policy. {reason}"
        )
    }
}
