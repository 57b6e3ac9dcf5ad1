//! Why a call about applications or endpoints is refused: one variant a fact, and how each is told.

/// A fact about a refused call.
///
/// Where a text was not recorded for this service, a public test suite that runs against AWS has it:
/// <https://github.com/ballerina-platform/module-ballerinax-aws.sns/tree/master/ballerina/tests>
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlatformFault {
    /// The name of an application is empty.
    NameEmpty,
    /// The name of an application has more than 256 characters.
    NameTooLong {
        /// The name.
        name: String,
    },
    /// The name of an application holds a character that is not allowed.
    NameCharacter {
        /// The name.
        name: String,
    },
    /// There is an application of this name with other attributes.
    NameTaken,
    /// No such platform.
    PlatformUnknown {
        /// What was given.
        platform: String,
    },
    /// The application has a principal and no credential.
    PrincipalAlone,
    /// The application has a credential and no principal, on a platform that needs both.
    CredentialAlone,
    /// The application has neither a credential nor a principal, or an empty one.
    CredentialsInvalid,
    /// An attribute cannot be.
    Attribute {
        /// Its name.
        name: String,
        /// What is wrong.
        fault: AttributeFault,
    },
    /// An ARN has two slashes more or fewer than those of its kind.
    Slashes {
        /// The parameter that holds it.
        parameter: &'static str,
    },
    /// The last part of an endpoint's ARN is no UUID.
    EndpointId {
        /// The parameter that holds it.
        parameter: &'static str,
        /// Whether its length is that of a UUID.
        length_fits: bool,
    },
    /// The token of a device is empty.
    TokenEmpty,
    /// The token of a device has more than 8,192 bytes.
    TokenTooLong,
    /// The token of a device of Apple has a wrong form.
    TokenOfApple,
    /// The application has an endpoint with this token and other attributes.
    TokenTaken {
        /// ARN of that endpoint.
        endpoint: String,
    },
    /// An endpoint is to have the token of another one.
    TokenOfAnother,
    /// No such application.
    ApplicationMissing,
    /// No such endpoint.
    EndpointMissing,
    /// A message is published to an endpoint that does not exist.
    TargetMissing,
    /// A message is published to an endpoint of a disabled application.
    ApplicationDisabled,
    /// A message is published to a disabled endpoint.
    EndpointDisabled,
}

/// What is wrong with an attribute of an application or endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttributeFault {
    /// There is no attribute of this name.
    Unknown,
    /// The user data has more than 2,048 bytes.
    UserDataTooLong,
    /// The value is empty.
    Empty,
    /// The value has more than 8,192 bytes.
    TooLong,
    /// The value is no token of a device of Apple.
    AppleToken,
    /// The value is neither `true` nor `false`.
    NoBoolean,
    /// The value is no percentage.
    NoPercentage {
        /// The value.
        value: String,
    },
    /// The value is no ARN.
    NoArn {
        /// How many elements it has.
        elements: usize,
    },
}

const PARAMETER: &str = "InvalidParameterException";
const MISSING: &str = "NotFoundException";
/// Users quote both texts.
const APPLE: &str = "iOS device tokens must be no more than 400 hexadecimal characters";
const TOO_LONG: &str = "must be at most 8192 bytes long in UTF-8 encoding";

impl PlatformFault {
    /// The modelled error and the text.
    pub(crate) fn name_and_text(&self) -> (&'static str, String) {
        self.missing_or_disabled().unwrap_or_else(|| (PARAMETER, format!("Invalid parameter: {}", self.detail())))
    }

    fn missing_or_disabled(&self) -> Option<(&'static str, String)> {
        let (name, text) = match self {
            Self::ApplicationMissing => (MISSING, "PlatformApplication does not exist"),
            Self::EndpointMissing => (MISSING, "Endpoint does not exist"),
            // silent: its text; that of the endpoint is in reports of users.
            Self::ApplicationDisabled => ("PlatformApplicationDisabledException", "Platform application is disabled"),
            Self::EndpointDisabled => ("EndpointDisabledException", "Endpoint is disabled"),
            _ => return None,
        };
        Some((name, text.to_owned()))
    }

    /// What stands after `Invalid parameter: `.
    fn detail(&self) -> String {
        match self {
            Self::NameEmpty => " Reason: cannot be empty".to_owned(),
            Self::NameTooLong { name } => format!("{name} Reason: must be at most 256 characters long"),
            Self::NameCharacter { name } => {
                format!("{name} Reason: must contain only characters 'a'-'z', 'A'-'Z', '0'-'9', '_', '-', and '.'")
            }
            Self::NameTaken => {
                "Name Reason: An application with the same name but different properties already exists".to_owned()
            }
            Self::PlatformUnknown { platform } => format!("Platform Reason: {platform} is not supported"),
            Self::PrincipalAlone => {
                "Attributes Reason: PlatformPrincipal attribute provided without PlatformCredential".to_owned()
            }
            Self::CredentialAlone => {
                "Attributes Reason: PlatformCredential attribute provided without PlatformPrincipal".to_owned()
            }
            // <https://github.com/hashicorp/terraform-provider-aws/issues/37564>
            Self::CredentialsInvalid => "Attributes Reason: Platform credentials are invalid".to_owned(),
            Self::Attribute { name, fault: AttributeFault::Unknown } => {
                format!("Attributes Reason: Invalid attribute name: {name}")
            }
            Self::Attribute { name, fault } => {
                format!("Attributes Reason: Invalid value for attribute: {name}: {}", fault.detail())
            }
            Self::Slashes { parameter } => {
                format!("{parameter} Reason: Wrong number of slashes in relative portion of the ARN.")
            }
            Self::EndpointId { parameter, length_fits: false } => {
                format!(
                    "{parameter} Reason: ARN specifies an invalid endpointId: UUID must be encoded in exactly 36 characters."
                )
            }
            // silent: what is said of 36 characters that are no UUID.
            Self::EndpointId { parameter, length_fits: true } => {
                format!("{parameter} Reason: ARN specifies an invalid endpointId")
            }
            Self::TokenEmpty => "Token Reason: cannot be empty".to_owned(),
            Self::TokenTooLong => format!("Token Reason: {TOO_LONG}"),
            Self::TokenOfApple => format!("Token Reason: {APPLE}"),
            // Clients read the ARN out of this text: <https://docs.aws.amazon.com/sns/latest/dg/mobile-platform-endpoint.html>
            Self::TokenTaken { endpoint } => {
                format!(
                    "Token Reason: Endpoint {endpoint} already exists with the same Token, but different attributes."
                )
            }
            Self::TokenOfAnother => "This endpoint is already registered with a different token.".to_owned(),
            Self::TargetMissing => "TargetArn Reason: No endpoint found for the target arn specified".to_owned(),
            Self::ApplicationMissing | Self::EndpointMissing | Self::ApplicationDisabled | Self::EndpointDisabled => {
                String::new()
            }
        }
    }
}

impl AttributeFault {
    fn detail(&self) -> String {
        match self {
            // Told in another form.
            Self::Unknown => String::new(),
            Self::UserDataTooLong => "must be at most 2048 bytes long in UTF-8 encoding".to_owned(),
            Self::Empty => "cannot be empty".to_owned(),
            Self::TooLong => TOO_LONG.to_owned(),
            Self::AppleToken => APPLE.to_owned(),
            // silent: the text.
            Self::NoBoolean => "must be true or false".to_owned(),
            Self::NoPercentage { value } => format!("{value} value provided is not an integer between 0-100"),
            // silent: the text, which is that of ARNs elsewhere.
            Self::NoArn { elements } => format!("An ARN must have at least 6 elements, not {elements}"),
        }
    }
}
