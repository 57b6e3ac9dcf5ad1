//! Attributes as they read back: all are texts, and those that were never set are absent.

use redeliver_model::sqs::QueueAttributeName as Name;

use crate::sqs::messages::Counts;
use crate::sqs::queue::Queue;
use crate::sqs::settings::{DeduplicationScope, FifoSettings, ThroughputLimit};

/// The three approximate counters.
pub(super) const COUNTERS: [Name; 3] = [
    Name::ApproximateNumberOfMessages,
    Name::ApproximateNumberOfMessagesNotVisible,
    Name::ApproximateNumberOfMessagesDelayed,
];

/// The counters with their values.
pub(super) fn counters(counts: Counts) -> impl Iterator<Item = (Name, String)> {
    let values = [counts.visible, counts.hidden, counts.delayed].map(|count| count.to_string());
    COUNTERS.into_iter().zip(values)
}

/// Everything but the counters that a queue shows, in the order of the API model.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html>
pub(in crate::sqs) fn attributes(queue: &Queue) -> Vec<(Name, String)> {
    let settings = &queue.settings;
    let some = |name: Name, value: Option<String>| value.map(|value| (name, value));
    let number = |name: Name, value: u32| Some((name, value.to_string()));
    let seconds = |name: Name, at: crate::Timestamp| Some((name, at.as_secs().to_string()));
    let redrive = settings.redrive.as_ref().map(|policy| policy.text.clone());
    let redrive_allow = settings.redrive_allow.as_ref().map(|policy| policy.text.clone());
    let common = [
        some(Name::Policy, settings.policy.as_ref().map(|policy| policy.text().to_owned())),
        number(Name::VisibilityTimeout, settings.visibility_secs),
        number(Name::MaximumMessageSize, settings.maximum_message_bytes),
        number(Name::MessageRetentionPeriod, settings.retention_secs),
        seconds(Name::CreatedTimestamp, queue.created_at),
        seconds(Name::LastModifiedTimestamp, queue.modified_at),
        Some((Name::QueueArn, queue.arn.to_string())),
        number(Name::DelaySeconds, settings.delay_secs),
        number(Name::ReceiveMessageWaitTimeSeconds, settings.receive_wait_secs),
        some(Name::RedrivePolicy, redrive),
        some(Name::KmsMasterKeyId, settings.kms_key.clone()),
        some(Name::KmsDataKeyReusePeriodSeconds, settings.kms_reuse_secs.map(|secs| secs.to_string())),
        some(Name::RedriveAllowPolicy, redrive_allow),
        Some((Name::SqsManagedSseEnabled, settings.sqs_sse.to_string())),
    ];
    common.into_iter().flatten().chain(settings.fifo.into_iter().flat_map(fifo)).collect()
}

fn fifo(settings: FifoSettings) -> [(Name, String); 4] {
    let scope = match settings.scope {
        DeduplicationScope::Queue => "queue",
        DeduplicationScope::MessageGroup => "messageGroup",
    };
    let throughput = match settings.throughput {
        ThroughputLimit::PerQueue => "perQueue",
        ThroughputLimit::PerMessageGroupId => "perMessageGroupId",
    };
    [
        (Name::FifoQueue, "true".to_owned()),
        (Name::ContentBasedDeduplication, settings.content_based.to_string()),
        (Name::DeduplicationScope, scope.to_owned()),
        (Name::FifoThroughputLimit, throughput.to_owned()),
    ]
}
