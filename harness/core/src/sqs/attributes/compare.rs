//! Whether a queue is already as it is asked for.

use redeliver_model::sqs::QueueAttributeName as Name;
use serde_json::Value;

use crate::iam::Policy;
use crate::sqs::settings::{RedriveAllowPolicy, RedrivePolicy, Settings};

/// The first of `names` of which `current` and `wanted` say different things. Documents are compared by what they say.
pub(in crate::sqs) fn first_difference<'a>(
    current: &Settings,
    wanted: &Settings,
    names: impl IntoIterator<Item = &'a Name>,
) -> Option<&'a Name> {
    names.into_iter().find(|name| differ(current, wanted, name))
}

fn differ(one: &Settings, other: &Settings, name: &Name) -> bool {
    let fifo = |settings: &Settings| settings.fifo.unwrap_or_default();
    match name {
        Name::DelaySeconds => one.delay_secs != other.delay_secs,
        Name::MaximumMessageSize => one.maximum_message_bytes != other.maximum_message_bytes,
        Name::MessageRetentionPeriod => one.retention_secs != other.retention_secs,
        Name::ReceiveMessageWaitTimeSeconds => one.receive_wait_secs != other.receive_wait_secs,
        Name::VisibilityTimeout => one.visibility_secs != other.visibility_secs,
        Name::Policy => document(one.policy.as_ref()) != document(other.policy.as_ref()),
        Name::RedrivePolicy => redrive(one.redrive.as_ref()) != redrive(other.redrive.as_ref()),
        Name::RedriveAllowPolicy => allow(one.redrive_allow.as_ref()) != allow(other.redrive_allow.as_ref()),
        Name::KmsMasterKeyId => one.kms_key != other.kms_key,
        Name::KmsDataKeyReusePeriodSeconds => one.kms_reuse_secs != other.kms_reuse_secs,
        Name::SqsManagedSseEnabled => one.sqs_sse != other.sqs_sse,
        Name::FifoQueue => one.fifo.is_some() != other.fifo.is_some(),
        Name::ContentBasedDeduplication => fifo(one).content_based != fifo(other).content_based,
        Name::DeduplicationScope => fifo(one).scope != fifo(other).scope,
        Name::FifoThroughputLimit => fifo(one).throughput != fifo(other).throughput,
        Name::All
        | Name::ApproximateNumberOfMessages
        | Name::ApproximateNumberOfMessagesDelayed
        | Name::ApproximateNumberOfMessagesNotVisible
        | Name::CreatedTimestamp
        | Name::LastModifiedTimestamp
        | Name::QueueArn
        | Name::Other(_) => false,
    }
}

fn document(policy: Option<&Policy>) -> Option<Value> {
    policy.map(|policy| serde_json::from_str(policy.text()).expect("a policy was parsed before it was kept"))
}

fn redrive(policy: Option<&RedrivePolicy>) -> Option<(&crate::Arn, u32)> {
    policy.map(|policy| (&policy.target, policy.max_receive_count))
}

fn allow(policy: Option<&RedriveAllowPolicy>) -> Option<&crate::sqs::settings::RedrivePermission> {
    policy.map(|policy| &policy.permission)
}

#[cfg(test)]
mod tests {
    use super::{Name, Policy, Settings, first_difference};

    #[test]
    fn only_named_attributes_are_compared_and_the_first_difference_counts() {
        let current = Settings { delay_secs: 1, visibility_secs: 2, ..Settings::default() };
        let wanted = Settings::default();
        let [delay, visibility, size] = [Name::DelaySeconds, Name::VisibilityTimeout, Name::MaximumMessageSize];
        assert_eq!(first_difference(&current, &wanted, [&size]), None);
        assert_eq!(first_difference(&current, &wanted, [&size, &visibility, &delay]), Some(&visibility));
        assert_eq!(first_difference(&current, &wanted, []), None);
    }

    #[test]
    fn policies_with_the_same_meaning_do_not_differ() {
        let with = |policy: &str| Settings { policy: Policy::parse(policy).ok(), ..Settings::default() };
        let [one, other, third] = [
            with(r#"{"Statement":[],"Id":"a"}"#),
            with(r#"{ "Id": "a", "Statement": [] }"#),
            with(r#"{"Statement":[]}"#),
        ];
        let policy = Name::Policy;
        assert_eq!(first_difference(&one, &other, [&policy]), None);
        assert_eq!(first_difference(&one, &third, [&policy]), Some(&policy));
        assert_eq!(first_difference(&Settings::default(), &third, [&policy]), Some(&policy));
    }
}
