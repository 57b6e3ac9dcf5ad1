//! Settings from the texts of attributes.

use std::ops::RangeInclusive;

use indexmap::IndexMap;
use redeliver_model::sqs::QueueAttributeName as Name;

use super::{policy, redrive};
use crate::sqs::Error;
use crate::sqs::settings::{DeduplicationScope, FifoSettings, Settings, ThroughputLimit};

/// Which operation brings the attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sqs) enum Stage {
    /// `CreateQueue`.
    Creating,
    /// `SetQueueAttributes`, or one that changes the policy.
    Setting,
}

/// The settings with other values for the `given` attributes; the type of the queue is that of `settings`.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html>
pub(in crate::sqs) fn changed(
    settings: &Settings,
    given: &IndexMap<Name, String>,
    stage: Stage,
) -> Result<Settings, Error> {
    let mut settings = settings.clone();
    for (name, value) in given {
        set(&mut settings, name, value, stage)?;
    }
    check_encryption(&mut settings, given)?;
    check_throughput(&settings)?;
    Ok(settings)
}

/// A truth value; AWS takes capital letters too.
pub(in crate::sqs) fn boolean(name: &Name, value: &str) -> Result<bool, Error> {
    if value.eq_ignore_ascii_case("true") {
        Ok(true)
    } else if value.eq_ignore_ascii_case("false") {
        Ok(false)
    } else {
        Err(invalid(name, None))
    }
}

fn set(settings: &mut Settings, name: &Name, value: &str, stage: Stage) -> Result<(), Error> {
    match name {
        Name::DelaySeconds => settings.delay_secs = number(name, value, 0..=900)?,
        Name::MaximumMessageSize => settings.maximum_message_bytes = number(name, value, 1_024..=1_048_576)?,
        Name::MessageRetentionPeriod => settings.retention_secs = number(name, value, 60..=1_209_600)?,
        Name::ReceiveMessageWaitTimeSeconds => settings.receive_wait_secs = number(name, value, 0..=20)?,
        Name::VisibilityTimeout => settings.visibility_secs = number(name, value, 0..=43_200)?,
        Name::Policy => settings.policy = policy::parse(value, stage)?,
        Name::RedrivePolicy => settings.redrive = redrive::policy(value)?,
        Name::RedriveAllowPolicy => settings.redrive_allow = redrive::allow_policy(value)?,
        Name::KmsMasterKeyId => settings.kms_key = Some(value.to_owned()).filter(|key| !key.is_empty()),
        Name::KmsDataKeyReusePeriodSeconds => settings.kms_reuse_secs = Some(number(name, value, 60..=86_400)?),
        Name::SqsManagedSseEnabled => settings.sqs_sse = boolean(name, value)?,
        Name::FifoQueue => check_type(settings, value)?,
        Name::ContentBasedDeduplication => {
            let fifo = settings.fifo.as_mut().ok_or_else(|| unknown(name))?;
            fifo.content_based = boolean(name, value)?;
        }
        Name::DeduplicationScope => {
            fifo_only(settings, "DeduplicationScope")?.scope = match value {
                "queue" => DeduplicationScope::Queue,
                "messageGroup" => DeduplicationScope::MessageGroup,
                _ => return Err(invalid(name, None)),
            };
        }
        Name::FifoThroughputLimit => {
            fifo_only(settings, "FifoThroughputLimit")?.throughput = match value {
                "perQueue" => ThroughputLimit::PerQueue,
                "perMessageGroupId" => ThroughputLimit::PerMessageGroupId,
                _ => return Err(invalid(name, None)),
            };
        }
        Name::All
        | Name::ApproximateNumberOfMessages
        | Name::ApproximateNumberOfMessagesDelayed
        | Name::ApproximateNumberOfMessagesNotVisible
        | Name::CreatedTimestamp
        | Name::LastModifiedTimestamp
        | Name::QueueArn
        | Name::Other(_) => return Err(unknown(name)),
    }
    Ok(())
}

/// `FifoQueue` says again of a FIFO queue what it is; nothing else can be said with it.
fn check_type(settings: &Settings, value: &str) -> Result<(), Error> {
    if settings.fifo.is_none() {
        return Err(unknown(&Name::FifoQueue));
    }
    if boolean(&Name::FifoQueue, value)? {
        return Ok(());
    }
    Err(invalid(&Name::FifoQueue, Some("Modifying queue type is not supported.")))
}

/// A queue is encrypted by SQS or by KMS. AWS refuses a request that asks for both; that one kind ends the other, which is on already, is
/// an assumption.
fn check_encryption(settings: &mut Settings, given: &IndexMap<Name, String>) -> Result<(), Error> {
    let by_kms = given.contains_key(&Name::KmsMasterKeyId) && settings.kms_key.is_some();
    let by_sqs = given.contains_key(&Name::SqsManagedSseEnabled) && settings.sqs_sse;
    match (by_kms, by_sqs) {
        (true, true) => return Err(Error::TwoKindsOfEncryption),
        (true, false) => settings.sqs_sse = false,
        (false, true) => settings.kms_key = None,
        (false, false) => {}
    }
    Ok(())
}

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/high-throughput-fifo.html>
fn check_throughput(settings: &Settings) -> Result<(), Error> {
    let reason = "The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup.";
    match settings.fifo {
        Some(FifoSettings {
            scope: DeduplicationScope::Queue, throughput: ThroughputLimit::PerMessageGroupId, ..
        }) => Err(invalid(&Name::FifoThroughputLimit, Some(reason))),
        _ => Ok(()),
    }
}

fn fifo_only<'a>(settings: &'a mut Settings, attribute: &'static str) -> Result<&'a mut FifoSettings, Error> {
    settings.fifo.as_mut().ok_or(Error::FifoOnlyAttribute { attribute })
}

fn number(name: &Name, value: &str, range: RangeInclusive<u32>) -> Result<u32, Error> {
    // A sign is no digit: `u32` would read `+1`.
    let digits = Some(value).filter(|value| value.bytes().all(|byte| byte.is_ascii_digit()));
    let number = digits.and_then(|digits| digits.parse().ok());
    number.filter(|number| range.contains(number)).ok_or_else(|| invalid(name, None))
}

fn unknown(name: &Name) -> Error {
    Error::UnknownAttribute { attribute: name.as_str().to_owned() }
}

fn invalid(name: &Name, reason: Option<&'static str>) -> Error {
    Error::InvalidAttributeValue { attribute: name.as_str().to_owned(), reason }
}

#[cfg(test)]
mod tests {
    use super::{DeduplicationScope, Error, FifoSettings, Name, Settings, Stage, ThroughputLimit, changed};

    fn fifo() -> Settings {
        Settings { fifo: Some(FifoSettings::default()), ..Settings::default() }
    }

    fn set(settings: &Settings, given: &[(&str, &str)]) -> Result<Settings, Error> {
        let given = given.iter().map(|&(name, value)| (Name::from(name), value.to_owned())).collect();
        changed(settings, &given, Stage::Setting)
    }

    fn text(settings: &Settings, given: &[(&str, &str)]) -> String {
        set(settings, given).unwrap_err().to_string()
    }

    #[test]
    fn numbers_reach_from_the_least_to_the_greatest_value() {
        let ranges = [
            ("DelaySeconds", 0, 900),
            ("MaximumMessageSize", 1_024, 1_048_576),
            ("MessageRetentionPeriod", 60, 1_209_600),
            ("ReceiveMessageWaitTimeSeconds", 0, 20),
            ("VisibilityTimeout", 0, 43_200),
            ("KmsDataKeyReusePeriodSeconds", 60, 86_400),
        ];
        for (name, least, greatest) in ranges {
            for inside in [least, greatest] {
                assert!(set(&fifo(), &[(name, &inside.to_string())]).is_ok(), "{name}={inside}");
            }
            for outside in
                [(least - 1).to_string(), (greatest + 1).to_string(), "+60".to_owned(), String::new(), "6e1".to_owned()]
            {
                let expected = format!("Invalid value for the parameter {name}.");
                assert_eq!(text(&fifo(), &[(name, &outside)]), expected, "{outside}");
            }
        }
    }

    #[test]
    fn attributes_that_cannot_be_set_are_unknown() {
        for name in ["QueueArn", "ApproximateNumberOfMessages", "CreatedTimestamp", "All", "Foo"] {
            assert_eq!(text(&fifo(), &[(name, "1")]), format!("Unknown Attribute {name}."));
        }
    }

    /// Recorded on AWS.
    #[test]
    fn standard_queue_refuses_what_only_fifo_queues_have() {
        let standard = Settings::default();
        assert_eq!(text(&standard, &[("FifoQueue", "true")]), "Unknown Attribute FifoQueue.");
        assert_eq!(text(&standard, &[("FifoQueue", "false")]), "Unknown Attribute FifoQueue.");
        let content = [("ContentBasedDeduplication", "false")];
        assert_eq!(text(&standard, &content), "Unknown Attribute ContentBasedDeduplication.");
        for (name, value) in [("DeduplicationScope", "queue"), ("FifoThroughputLimit", "perQueue")] {
            let expected = format!("You can specify the {name} only when FifoQueue is set to true.");
            assert_eq!(text(&standard, &[(name, value)]), expected);
        }
    }

    /// Recorded on AWS.
    #[test]
    fn type_of_a_queue_stays() {
        assert_eq!(set(&fifo(), &[("FifoQueue", "True")]), Ok(fifo()));
        assert_eq!(
            text(&fifo(), &[("FifoQueue", "false")]),
            "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported."
        );
    }

    #[test]
    fn queue_is_encrypted_in_one_way() {
        let both = [("KmsMasterKeyId", "key"), ("SqsManagedSseEnabled", "true")];
        assert_eq!(set(&Settings::default(), &both), Err(Error::TwoKindsOfEncryption));
        let kms = set(&Settings::default(), &[("KmsMasterKeyId", "key")]).unwrap();
        assert_eq!((kms.kms_key.as_deref(), kms.sqs_sse), (Some("key"), false));
        let sqs = set(&kms, &[("SqsManagedSseEnabled", "true")]).unwrap();
        assert_eq!((sqs.kms_key.as_deref(), sqs.sqs_sse), (None, true));
        let none = set(&kms, &[("KmsMasterKeyId", "")]).unwrap();
        assert_eq!((none.kms_key.as_deref(), none.sqs_sse), (None, false));
    }

    #[test]
    fn throughput_per_group_needs_deduplication_per_group() {
        let [limit, scope] = [("FifoThroughputLimit", "perMessageGroupId"), ("DeduplicationScope", "messageGroup")];
        assert!(set(&fifo(), &[limit]).is_err());
        let high = set(&fifo(), &[limit, scope]).unwrap();
        let expected = FifoSettings {
            content_based: false,
            scope: DeduplicationScope::MessageGroup,
            throughput: ThroughputLimit::PerMessageGroupId,
        };
        assert_eq!(high.fifo, Some(expected));
        assert!(set(&high, &[("DeduplicationScope", "queue")]).is_err(), "nor can it be taken away");
    }

    #[test]
    fn words_other_than_the_known_ones_are_refused() {
        for (name, value) in [
            ("DeduplicationScope", "Queue"),
            ("FifoThroughputLimit", "perGroup"),
            ("ContentBasedDeduplication", "yes"),
            ("SqsManagedSseEnabled", ""),
        ] {
            assert_eq!(text(&fifo(), &[(name, value)]), format!("Invalid value for the parameter {name}."));
        }
    }
}
