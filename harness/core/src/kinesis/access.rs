//! Whether a call of another account than the owner's of a stream, consumer or queue is let in.
//!
//! Calls of the owner's account are not judged: there are no identity policies here.

use redeliver_model::kinesis::Command;

use super::consumer::stream_of;
use super::iterator::ShardIterator;
use super::{ControlFault, Error, Kinesis};
use crate::iam::{Circumstances, Denial, Question};
use crate::{Arn, Caller};

/// The operations that the policy of a stream, consumer or queue can let others do.
/// <https://docs.aws.amazon.com/streams/latest/dev/controlling-access.html>; silent: which of queues. Here it is those on records, and
/// the description, as of streams.
const SHARED: [&str; 19] = [
    "AcknowledgeDeadLetterQueueRecords",
    "AcknowledgeQueueRecords",
    "DescribeQueue",
    "DescribeStream",
    "DescribeStreamConsumer",
    "DescribeStreamSummary",
    "GetRecords",
    "GetShardIterator",
    "ListShards",
    "ListStreamConsumers",
    "PutRecord",
    "PutRecords",
    "ReceiveDeadLetterQueueRecords",
    "ReceiveQueueRecords",
    "RegisterStreamConsumer",
    "RestoreDeadLetterQueueRecords",
    "SubscribeToShard",
    "UpdateDeadLetterQueueRecordsVisibility",
    "UpdateQueueRecordsVisibility",
];

impl Kinesis {
    /// Refuses a call about what another account owns, unless a policy lets the caller in.
    pub(in crate::kinesis) fn let_in(&self, caller: &Caller, command: &Command) -> Result<(), Error> {
        let Some(arn) = command.arn().or_else(|| self.read_stream(command)) else { return Ok(()) };
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

    /// The stream that a read is of which names none: that of its iterator.
    fn read_stream(&self, command: &Command) -> Option<&str> {
        let Command::GetRecords(input) = command else { return None };
        // Whether it is too old is told to those who may read.
        let iterator = ShardIterator::read_quoted(input.shard_iterator.as_deref()?)?;
        self.registry.get(iterator.stream).map(|stream| &*stream.arn)
    }

    fn policy_at(&self, arn: &str) -> Option<&str> {
        if let Some(policy) = self.queues.policy_at(arn) {
            return Some(policy);
        }
        let stream = self.registry.get(self.registry.by_arn(stream_of(arn).unwrap_or(arn))?)?;
        if stream_of(arn).is_none() {
            return stream.policy.as_deref();
        }
        stream.consumers.values().find(|consumer| *consumer.arn == *arn)?.policy.as_deref()
    }
}
