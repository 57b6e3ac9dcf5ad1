//! Why a call about text messages is refused: one variant a fact, and how each is told.

/// A fact about a refused call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SmsFault {
    /// There is no such preference.
    UnknownAttribute {
        /// Its name.
        name: String,
    },
    /// A preference cannot have this value.
    InvalidAttribute {
        /// Its name.
        name: &'static str,
    },
    /// A message is published to what is no phone number.
    NotPublishable {
        /// The text.
        number: String,
    },
    /// The text is no phone number.
    NumberFormat,
    /// A number was opted in less than 30 days ago.
    OptedInRecently,
    /// A number that wants no messages is to be verified.
    OptedOut,
    /// The sandbox holds ten numbers already.
    SandboxFull,
    /// A number that was verified less than a day ago is to be deleted.
    VerifiedRecently,
    /// The sandbox does not hold this number.
    NotInSandbox,
    /// The one-time password is another one.
    WrongPassword,
    /// The text of a message has more than 1,600 characters.
    TooLong,
}

const PARAMETER: &str = "InvalidParameterException";

impl SmsFault {
    /// The modelled error and the text.
    pub(crate) fn name_and_text(&self) -> (&'static str, String) {
        let text = str::to_owned;
        match self {
            // Both without the usual beginning. The first was recorded; the second is in a public test suite that runs against AWS:
            // <https://github.com/ballerina-platform/module-ballerinax-aws.sns/blob/master/ballerina/tests/sms-attributes-tests.bal>
            Self::UnknownAttribute { name } => (PARAMETER, format!("{name} is not a valid attribute")),
            Self::InvalidAttribute { name } => (PARAMETER, format!("{name} is invalid")),
            Self::NotPublishable { number } => {
                (PARAMETER, format!("Invalid parameter: PhoneNumber Reason: {number} is not valid to publish to"))
            }
            // <https://github.com/ballerina-platform/module-ballerinax-aws.sns/blob/master/ballerina/tests/phone-number-tests.bal>
            Self::NumberFormat => {
                (PARAMETER, text("Invalid parameter: PhoneNumber Reason: input incorrectly formatted"))
            }
            // silent: texts from here on; the errors are those that the model lists for the operations.
            Self::OptedInRecently => {
                (PARAMETER, text("Invalid parameter: PhoneNumber Reason: was opted in less than 30 days ago"))
            }
            Self::OptedOut => ("OptedOutException", text("PhoneNumber is opted out")),
            Self::SandboxFull => ("UserErrorException", text("The SMS sandbox holds 10 phone numbers at most")),
            Self::VerifiedRecently => ("UserErrorException", text("PhoneNumber was verified less than 24 hours ago")),
            Self::NotInSandbox => ("ResourceNotFoundException", text("PhoneNumber is not in the SMS sandbox")),
            Self::WrongPassword => ("VerificationException", text("OneTimePassword is invalid")),
            Self::TooLong => (PARAMETER, text("Invalid parameter: Message too long")),
        }
    }
}
