//! The settable attributes of topics, typed.

use std::collections::BTreeMap;

use super::Error;
use super::delivery::policy::TopicPolicy;
use super::signature::Version;
use super::text_policy::TextPolicy;

/// Bytes of a message where `MaximumMessageSize` is not set.
/// <https://docs.aws.amazon.com/sns/latest/dg/large-message-payloads.html>
pub(super) const MESSAGE_BYTES_DEFAULT: usize = 262_144;
const MESSAGE_BYTES: std::ops::RangeInclusive<usize> = 1_024..=1_048_576;
const DISPLAY_NAME_CHARACTERS_MAX: usize = 100;
const POLICY_BYTES_MAX: usize = 30 * 1_024;

/// In which part of a FIFO topic a deduplication id counts.
/// <https://docs.aws.amazon.com/sns/latest/dg/fifo-high-throughput.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// In the whole topic.
    Topic,
    /// In a message group.
    MessageGroup,
}

/// The settable attributes of a topic; what is `None` was never set and is not shown.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Settings {
    pub(super) fifo: bool,
    pub(super) display_name: String,
    pub(super) policy: Option<TextPolicy>,
    pub(super) delivery_policy: Option<TopicPolicy>,
    pub(super) signature: Option<Version>,
    pub(super) kms_key: Option<String>,
    pub(super) tracing: Option<String>,
    pub(super) message_bytes_max: Option<usize>,
    pub(super) content_deduplication: bool,
    pub(super) scope: Option<Scope>,
    /// Roles and rates of delivery status logging, by the names of their attributes.
    pub(super) feedback: BTreeMap<String, String>,
}

impl Settings {
    /// Sets an attribute; `creating` words complaints as `CreateTopic` does. `ArchivePolicy` is not among them: it has a store.
    ///
    /// # Errors
    ///
    /// When there is no such attribute, or not for this type of topic, or when it cannot have this value.
    pub(super) fn set(&mut self, name: &str, value: &str, creating: bool) -> Result<(), Error> {
        let wrong = |name: &'static str, reason: &str| Error::Attribute { name, reason: reason.to_owned(), creating };
        match name {
            "DisplayName" if value.chars().count() > DISPLAY_NAME_CHARACTERS_MAX => {
                return Err(wrong("DisplayName", "must be at most 100 characters long"));
            }
            "DisplayName" => value.clone_into(&mut self.display_name),
            "Policy" if value.len() > POLICY_BYTES_MAX => {
                return Err(wrong("Policy", "must be at most 30720 bytes long"));
            }
            "Policy" => self.policy = TextPolicy::parse(value).map_err(|reason| wrong("Policy", reason))?,
            "DeliveryPolicy" => {
                let policy = TopicPolicy::parse(value);
                self.delivery_policy = policy.map_err(|fault| wrong("DeliveryPolicy", &fault.to_string()))?;
            }
            "SignatureVersion" => {
                let version = Version::parse(value);
                self.signature = Some(version.ok_or_else(|| wrong("SignatureVersion", "must be 1 or 2"))?);
            }
            "KmsMasterKeyId" => self.kms_key = Some(value.to_owned()).filter(|key| !key.is_empty()),
            "TracingConfig" if self.fifo || !matches!(value, "PassThrough" | "Active") => {
                return Err(wrong("TracingConfig", "must be PassThrough or Active, and of a standard topic"));
            }
            "TracingConfig" => self.tracing = Some(value.to_owned()),
            "MaximumMessageSize" => {
                let bytes = value.parse().ok().filter(|bytes| MESSAGE_BYTES.contains(bytes));
                let bytes = bytes.ok_or_else(|| wrong("MaximumMessageSize", "must be from 1024 to 1048576"))?;
                self.message_bytes_max = Some(bytes);
            }
            "ContentBasedDeduplication" if self.fifo => {
                self.content_deduplication =
                    boolean(value).ok_or_else(|| wrong("ContentBasedDeduplication", "must be true or false"))?;
            }
            "FifoThroughputScope" if self.fifo => self.set_scope(value, creating)?,
            name if is_feedback(name) => self.set_feedback(name, value, creating)?,
            _ => return Err(Error::UnknownAttribute { name: name.to_owned(), creating }),
        }
        Ok(())
    }

    /// It cannot be set back.
    fn set_scope(&mut self, value: &str, creating: bool) -> Result<(), Error> {
        let scope = match value {
            "Topic" if self.scope != Some(Scope::MessageGroup) => Scope::Topic,
            "MessageGroup" => Scope::MessageGroup,
            _ => {
                let reason = format!("Invalid value [{value}]. MessageGroup cannot be set back to Topic");
                return Err(Error::Attribute { name: "FifoThroughputScope", reason, creating });
            }
        };
        self.scope = Some(scope);
        Ok(())
    }

    fn set_feedback(&mut self, name: &str, value: &str, creating: bool) -> Result<(), Error> {
        let good = if name.ends_with(RATE) {
            value.parse::<u8>().is_ok_and(|rate| rate <= 100)
        } else {
            value.is_empty() || value.starts_with("arn:")
        };
        if !good {
            // silent: the text.
            let reason = format!("{name}: Invalid value [{value}]");
            return Err(Error::Reason { parameter: if creating { "Attributes" } else { "AttributeValue" }, reason });
        }
        self.feedback.insert(name.to_owned(), value.to_owned());
        Ok(())
    }

    /// The most bytes of a message with its attributes.
    pub(super) fn message_bytes_max(&self) -> usize {
        self.message_bytes_max.unwrap_or(MESSAGE_BYTES_DEFAULT)
    }
}

/// `true` or `false`, however it is written.
pub(super) fn boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

const RATE: &str = "SuccessFeedbackSampleRate";

/// <https://docs.aws.amazon.com/sns/latest/dg/sns-topic-attributes.html>
fn is_feedback(name: &str) -> bool {
    let kinds = ["HTTP", "Firehose", "Lambda", "Application", "SQS"];
    let rest = kinds.iter().find_map(|kind| name.strip_prefix(kind));
    rest.is_some_and(|rest| ["SuccessFeedbackRoleArn", RATE, "FailureFeedbackRoleArn"].contains(&rest))
}
