//! Whether a call of another account than the owner's of a stream or consumer is let in.
//!
//! Calls of the owner's account are not judged: there are no identity policies here.

use redeliver_model::kinesis::Command;

use super::consumer::stream_of;
use super::{ControlFault, Error, Kinesis};
use crate::iam::{Circumstances, Denial, Question};
use crate::{Arn, Caller};

/// The operations that the policy of a stream or consumer can let others do.
/// <https://docs.aws.amazon.com/streams/latest/dev/controlling-access.html>
const SHARED: [&str; 11] = [
    "DescribeStream",
    "DescribeStreamConsumer",
    "DescribeStreamSummary",
    "GetRecords",
    "GetShardIterator",
    "ListShards",
    "ListStreamConsumers",
    "PutRecord",
    "PutRecords",
    "RegisterStreamConsumer",
    "SubscribeToShard",
];

impl Kinesis {
    /// Refuses a call about what another account owns, unless a policy lets the caller in.
    pub(in crate::kinesis) fn let_in(&self, caller: &Caller, command: &Command) -> Result<(), Error> {
        let Some(arn) = subject(command) else { return Ok(()) };
        let Some(owner) = Arn::parse(arn).filter(|arn| arn.service == "kinesis").map(|arn| arn.account) else {
            return Ok(());
        };
        if *owner == *caller.account || !self.limits.policies {
            return Ok(());
        }
        let operation = command.operation().name;
        let action = format!("kinesis:{operation}");
        let circumstances = Circumstances::of_caller(caller);
        let question = Question { who: caller.into(), action: &action, resource: arn, circumstances: &circumstances };
        let policy = self.policy_at(arn).filter(|_| SHARED.contains(&operation));
        let Some(denial) = Denial::by(policy, &question) else { return Ok(()) };
        let user = caller.user_arn();
        let is_explicit = denial.denied_by().is_some();
        Err(ControlFault::AccessDenied { user, action, resource: arn.to_owned(), is_explicit }.into())
    }

    fn policy_at(&self, arn: &str) -> Option<&str> {
        let stream = self.registry.get(self.registry.by_arn(stream_of(arn).unwrap_or(arn))?)?;
        if stream_of(arn).is_none() {
            return stream.policy.as_deref();
        }
        stream.consumers.values().find(|consumer| *consumer.arn == *arn)?.policy.as_deref()
    }
}

/// The ARN that a call is about, where it names one that may be another account's.
fn subject(command: &Command) -> Option<&str> {
    match command {
        Command::AddTagsToStream(input) => input.stream_arn.as_deref(),
        Command::DecreaseStreamRetentionPeriod(input) => input.stream_arn.as_deref(),
        Command::DeleteResourcePolicy(input) => input.resource_arn.as_deref(),
        Command::DeleteStream(input) => input.stream_arn.as_deref(),
        Command::DeregisterStreamConsumer(input) => input.consumer_arn.as_deref().or(input.stream_arn.as_deref()),
        Command::DescribeStream(input) => input.stream_arn.as_deref(),
        Command::DescribeStreamConsumer(input) => input.consumer_arn.as_deref().or(input.stream_arn.as_deref()),
        Command::DescribeStreamSummary(input) => input.stream_arn.as_deref(),
        Command::DisableEnhancedMonitoring(input) => input.stream_arn.as_deref(),
        Command::EnableEnhancedMonitoring(input) => input.stream_arn.as_deref(),
        Command::GetRecords(input) => input.stream_arn.as_deref(),
        Command::GetResourcePolicy(input) => input.resource_arn.as_deref(),
        Command::GetShardIterator(input) => input.stream_arn.as_deref(),
        Command::IncreaseStreamRetentionPeriod(input) => input.stream_arn.as_deref(),
        Command::ListShards(input) => input.stream_arn.as_deref(),
        Command::ListStreamConsumers(input) => input.stream_arn.as_deref(),
        Command::ListTagsForResource(input) => input.resource_arn.as_deref(),
        Command::ListTagsForStream(input) => input.stream_arn.as_deref(),
        Command::MergeShards(input) => input.stream_arn.as_deref(),
        Command::PutRecord(input) => input.stream_arn.as_deref(),
        Command::PutRecords(input) => input.stream_arn.as_deref(),
        Command::PutResourcePolicy(input) => input.resource_arn.as_deref(),
        Command::RegisterStreamConsumer(input) => input.stream_arn.as_deref(),
        Command::RemoveTagsFromStream(input) => input.stream_arn.as_deref(),
        Command::SplitShard(input) => input.stream_arn.as_deref(),
        Command::StartStreamEncryption(input) => input.stream_arn.as_deref(),
        Command::StopStreamEncryption(input) => input.stream_arn.as_deref(),
        Command::SubscribeToShard(input) => input.consumer_arn.as_deref(),
        Command::TagResource(input) => input.resource_arn.as_deref(),
        Command::UntagResource(input) => input.resource_arn.as_deref(),
        Command::UpdateMaxRecordSize(input) => input.stream_arn.as_deref(),
        Command::UpdateShardCount(input) => input.stream_arn.as_deref(),
        Command::UpdateStreamMode(input) => input.stream_arn.as_deref(),
        Command::UpdateStreamRecordDistributionStrategy(input) => input.stream_arn.as_deref(),
        Command::UpdateStreamWarmThroughput(input) => input.stream_arn.as_deref(),
        _ => None,
    }
}
