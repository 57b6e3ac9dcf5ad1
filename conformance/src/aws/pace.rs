//! How often operations may be called on AWS by an account: whoever is faster is refused, so calls of these operations go one after the
//! other, at the pace that AWS allows.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use redeliver_model::Service;
use tokio::time::Instant;

/// Calls a second, for one account and region.
///
/// Kinesis: <https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html>; SNS, as far as it names numbers:
/// <https://docs.aws.amazon.com/general/latest/gr/sns.html>. What has none there, all of SQS that is about no message and SNS's calls about
/// one topic, is given the pace of its neighbours, which is this program's own caution and no figure of AWS.
fn per_second(service: Service, operation: &str) -> Option<u32> {
    match service {
        Service::Kinesis => of_kinesis(operation),
        Service::Sns => of_sns(operation),
        Service::Sqs => of_sqs(operation),
    }
}

fn of_kinesis(operation: &str) -> Option<u32> {
    Some(match operation {
        "DescribeLimits" => 1,
        "AddTagsToStream"
        | "RemoveTagsFromStream"
        | "ListTagsForStream"
        | "TagResource"
        | "UntagResource"
        | "ListTagsForResource"
        | "CreateStream"
        | "DeleteStream"
        | "DeleteResourcePolicy"
        | "GetResourcePolicy"
        | "PutResourcePolicy"
        | "ListStreams"
        | "MergeShards"
        | "SplitShard"
        | "RegisterStreamConsumer"
        | "DeregisterStreamConsumer"
        | "ListStreamConsumers"
        | "UpdateStreamWarmThroughput"
        | "DescribeAccountSettings"
        | "IncreaseStreamRetentionPeriod"
        | "DecreaseStreamRetentionPeriod"
        | "StartStreamEncryption"
        | "StopStreamEncryption"
        | "UpdateStreamMode"
        | "EnableEnhancedMonitoring"
        | "DisableEnhancedMonitoring" => 5,
        "DescribeStream" | "UpdateShardCount" => 10,
        "DescribeStreamSummary" | "DescribeStreamConsumer" => 20,
        _ => return None,
    })
}

fn of_sns(operation: &str) -> Option<u32> {
    Some(match operation {
        "SetSMSAttributes" | "PutDataProtectionPolicy" => 1,
        "AddPermission" | "RemovePermission" | "TagResource" | "UntagResource" | "ListTagsForResource" => 10,
        "ListPlatformApplications" => 15,
        "ListTopics" | "ListSubscriptions" | "ListSubscriptionsByTopic" | "ListEndpointsByPlatformApplication" => 30,
        "Subscribe" | "Unsubscribe" => 100,
        _ => return unnamed_of_sns(operation),
    })
}

/// Those for which AWS names no number.
fn unnamed_of_sns(operation: &str) -> Option<u32> {
    match operation {
        "CreateTopic" | "DeleteTopic" | "SetTopicAttributes" | "GetTopicAttributes" => Some(30),
        "ConfirmSubscription" | "SetSubscriptionAttributes" => Some(100),
        _ => None,
    }
}

fn of_sqs(operation: &str) -> Option<u32> {
    let is_paced = matches!(
        operation,
        "CreateQueue"
            | "DeleteQueue"
            | "ListQueues"
            | "TagQueue"
            | "UntagQueue"
            | "ListQueueTags"
            | "AddPermission"
            | "RemovePermission"
            | "SetQueueAttributes"
            | "StartMessageMoveTask"
            | "CancelMessageMoveTask"
            | "ListMessageMoveTasks"
    );
    is_paced.then_some(5)
}

/// Nobody waits longer for a turn.
const QUEUE_MAX: Duration = Duration::from_mins(1);

/// When each operation may be called next.
#[derive(Debug, Default)]
pub(super) struct Pace(Mutex<BTreeMap<(&'static str, String), Instant>>);

impl Pace {
    /// How long a call of this operation has to wait for its turn, which is taken by asking.
    pub(super) fn turn(&self, service: Service, operation: &str) -> Duration {
        let Some(per_second) = per_second(service, operation) else { return Duration::ZERO };
        let now = Instant::now();
        let mut next = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let turn = next.entry((service.prefix(), operation.to_owned())).or_insert(now);
        // Where a clock can be put ahead, each case begins at the time that it really is; the turns of an earlier one do not count then.
        let at = if *turn > now + QUEUE_MAX { now } else { (*turn).max(now) };
        *turn = at + Duration::from_secs(1) / per_second;
        at - now
    }
}

/// Whether AWS refused a call because calls came too often, so that it may come again.
pub(super) fn is_too_often(code: &str, message: &str) -> bool {
    matches!(code, "Throttling" | "ThrottlingException" | "RequestThrottled" | "Throttled" | "ThrottledException")
        || code == "LimitExceededException" && message.contains("ate exceeded")
}

/// Whether calls of this operation go at a pace.
pub(super) fn is_paced(service: Service, operation: &str) -> bool {
    per_second(service, operation).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn calls_of_an_operation_take_turns_at_its_pace() {
        let pace = Pace::default();
        let waits: Vec<_> = (0..3).map(|_| pace.turn(Service::Kinesis, "CreateStream").as_millis()).collect();
        assert_eq!(waits, [0, 200, 400]);
        assert_eq!(pace.turn(Service::Kinesis, "DescribeLimits"), Duration::ZERO);
        assert_eq!(pace.turn(Service::Kinesis, "DescribeLimits"), Duration::from_secs(1));
        assert_eq!([0, 1].map(|_| pace.turn(Service::Sqs, "SendMessage")), [Duration::ZERO; 2]);
        tokio::time::advance(Duration::from_secs(5)).await;
        assert_eq!(pace.turn(Service::Kinesis, "CreateStream"), Duration::ZERO);
    }
}
