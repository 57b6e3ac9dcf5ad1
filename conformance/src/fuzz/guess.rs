//! Guarantee and features of a spec, as well as can be told from its calls.

use redeliver_model::Service;
use redeliver_spec::{Feature, Guarantee};

use super::domain;
use super::program::Program;

/// Beginnings of operations' names with what they are about; the first that fits decides.
const GUARANTEES: &[(Service, &str, Guarantee)] = &[
    (Service::Sqs, "CreateQueue", Guarantee::QueueLifecycle),
    (Service::Sqs, "DeleteQueue", Guarantee::QueueLifecycle),
    (Service::Sqs, "ListQueues", Guarantee::QueueLifecycle),
    (Service::Sqs, "GetQueueUrl", Guarantee::QueueLifecycle),
    (Service::Sqs, "ListQueueTags", Guarantee::Tags),
    (Service::Sqs, "ListDeadLetter", Guarantee::DeadLetter),
    (Service::Sqs, "GetQueueAttributes", Guarantee::QueueAttributes),
    (Service::Sqs, "SetQueueAttributes", Guarantee::QueueAttributes),
    (Service::Sqs, "SendMessage", Guarantee::MessageLimits),
    (Service::Sqs, "ReceiveMessage", Guarantee::Polling),
    (Service::Sqs, "DeleteMessage", Guarantee::ReceiptHandle),
    (Service::Sqs, "ChangeMessage", Guarantee::VisibilityTimeout),
    (Service::Sqs, "Purge", Guarantee::Purge),
    (Service::Sqs, "StartMessageMove", Guarantee::Redrive),
    (Service::Sqs, "CancelMessageMove", Guarantee::Redrive),
    (Service::Sqs, "ListMessageMove", Guarantee::Redrive),
    (Service::Sqs, "Tag", Guarantee::Tags),
    (Service::Sqs, "Untag", Guarantee::Tags),
    (Service::Sqs, "", Guarantee::AccessPolicy),
    (Service::Sns, "CreateTopic", Guarantee::TopicLifecycle),
    (Service::Sns, "DeleteTopic", Guarantee::TopicLifecycle),
    (Service::Sns, "Publish", Guarantee::Publishing),
    (Service::Sns, "GetTopic", Guarantee::TopicAttributes),
    (Service::Sns, "SetTopic", Guarantee::TopicAttributes),
    (Service::Sns, "GetSubscription", Guarantee::SubscriptionAttributes),
    (Service::Sns, "SetSubscription", Guarantee::SubscriptionAttributes),
    (Service::Sns, "AddPermission", Guarantee::AccessPolicy),
    (Service::Sns, "RemovePermission", Guarantee::AccessPolicy),
    (Service::Sns, "Tag", Guarantee::Tags),
    (Service::Sns, "Untag", Guarantee::Tags),
    (Service::Sns, "ListTags", Guarantee::Tags),
    (Service::Sns, "", Guarantee::SubscriptionLifecycle),
    (Service::Kinesis, "PutRecord", Guarantee::Putting),
    (Service::Kinesis, "GetRecords", Guarantee::RecordReading),
    (Service::Kinesis, "GetShardIterator", Guarantee::ShardIterator),
    (Service::Kinesis, "ListShards", Guarantee::Sharding),
    (Service::Kinesis, "SplitShard", Guarantee::Resharding),
    (Service::Kinesis, "MergeShards", Guarantee::Resharding),
    (Service::Kinesis, "UpdateShardCount", Guarantee::Resharding),
    (Service::Kinesis, "AddTags", Guarantee::Tags),
    (Service::Kinesis, "RemoveTags", Guarantee::Tags),
    (Service::Kinesis, "ListTags", Guarantee::Tags),
    (Service::Kinesis, "IncreaseStream", Guarantee::StreamSettings),
    (Service::Kinesis, "DecreaseStream", Guarantee::StreamSettings),
    (Service::Kinesis, "EnableEnhanced", Guarantee::StreamSettings),
    (Service::Kinesis, "DisableEnhanced", Guarantee::StreamSettings),
    (Service::Kinesis, "StartStreamEncryption", Guarantee::Encryption),
    (Service::Kinesis, "StopStreamEncryption", Guarantee::Encryption),
    (Service::Kinesis, "", Guarantee::StreamLifecycle),
];

/// What the last call of a program is about.
pub(super) fn guarantee(program: &Program) -> Guarantee {
    let last = &program.calls[program.len() - 1].operation;
    let found = GUARANTEES.iter().find(|(service, start, _)| *service == last.service && last.name.starts_with(start));
    found.map_or(Guarantee::ErrorShape, |(_, _, guarantee)| *guarantee)
}

/// What a target must have for the calls of a program.
pub(super) fn features(program: &Program) -> Vec<Feature> {
    let mut features = Vec::new();
    for call in &program.calls {
        let of = domain::of(call.operation.service).operations();
        features.extend(of.iter().find(|(name, ..)| *name == call.operation.name).map(|(_, feature, _)| *feature));
        let text = call.with.to_string();
        let fifo = [(Service::Sqs, Feature::SqsFifo), (Service::Sns, Feature::SnsFifo)];
        features.extend(
            fifo.iter()
                .filter(|(service, _)| *service == call.operation.service && text.contains(".fifo"))
                .map(|(_, feature)| *feature),
        );
        if text.contains("RedrivePolicy") && call.operation.service == Service::Sqs {
            features.push(Feature::SqsDeadLetter);
        }
    }
    features.sort();
    features.dedup();
    features
}
