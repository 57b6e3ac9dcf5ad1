//! How often operations on what is not a record may be called.
//!
//! <https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html>

use std::collections::BTreeMap;
use std::sync::Arc;

use redeliver_model::kinesis::Command;

use super::bucket::Bucket;
use super::consumer::stream_of;
use super::find::prefix;
use super::{ControlFault, Error, Kinesis};
use crate::{Caller, Timestamp};

/// So many meters are kept before those are thrown away that have come back to where they began.
const METERS: usize = 1_000;

/// Calls a second that an account may make of an operation in a region.
fn of_account(operation: &str) -> Option<i64> {
    Some(match operation {
        "DescribeLimits" => 1,
        "AddTagsToStream"
        | "CreateChannel"
        | "CreateStream"
        | "DeleteChannel"
        | "DeleteResourcePolicy"
        | "DeleteStream"
        | "DescribeAccountSettings"
        | "DescribeChannel"
        | "GetResourcePolicy"
        | "ListChannels"
        | "ListStreams"
        | "MergeShards"
        | "PutResourcePolicy"
        | "RegisterStreamConsumer"
        | "SplitShard"
        | "UpdateAccountSettings"
        | "UpdateChannel"
        | "UpdateStreamWarmThroughput" => 5,
        "DescribeStream" | "UpdateShardCount" => 10,
        "DescribeStreamSummary" => 20,
        _ => return None,
    })
}

/// Calls a second of an operation on one stream, or of `SubscribeToShard` for one consumer and shard.
fn of_stream(operation: &str) -> Option<i64> {
    Some(match operation {
        "SubscribeToShard" => 1,
        "DeregisterStreamConsumer" | "ListStreamConsumers" => 5,
        "DescribeStreamConsumer" => 20,
        "ListShards" => 1_000,
        _ => return None,
    })
}

/// What calls are counted by: the operation, and what it is called on.
type Counted = (&'static str, Arc<str>);

/// How often operations were called lately.
#[derive(Debug, Default)]
pub(in crate::kinesis) struct CallRates(BTreeMap<Counted, Bucket>);

impl CallRates {
    /// Whether one more call may come; if so, it is counted.
    fn take(&mut self, now: Timestamp, counted: Counted, per_second: i64) -> bool {
        if self.0.len() > METERS {
            self.0.retain(|_, meter| !meter.is_full(now));
        }
        let meter = self.0.entry(counted).or_insert_with(|| Bucket::of_a_second(per_second, now));
        meter.refill(now);
        let may = meter.holds(1);
        if may {
            meter.take(1);
        }
        may
    }
}

impl Kinesis {
    /// Refuses a call that comes too soon after others.
    pub(in crate::kinesis) fn be_in_time(
        &mut self,
        now: Timestamp,
        caller: &Caller,
        command: &Command,
    ) -> Result<(), Error> {
        if !self.limits.stream_call_rates {
            return Ok(());
        }
        let operation = command.operation().name;
        let (on, per_second) = if let Some(per_second) = of_account(operation) {
            (prefix(caller), per_second)
        } else if let Some(per_second) = of_stream(operation) {
            let Some(on) = subject(caller, command) else { return Ok(()) };
            (on, per_second)
        } else {
            return Ok(());
        };
        if self.call_rates.take(now, (operation, on.into()), per_second) {
            return Ok(());
        }
        Err(ControlFault::CallRate { operation, account: Arc::clone(&caller.account) }.into())
    }
}

/// The stream that a call is about, with consumer and shard where these are counted one by one.
fn subject(caller: &Caller, command: &Command) -> Option<String> {
    match command {
        Command::SubscribeToShard(input) => {
            Some(format!("{} {}", input.consumer_arn.as_deref()?, input.shard_id.as_deref()?))
        }
        Command::ListShards(input) => {
            let named = || input.stream_name.as_ref().map(|name| format!("{}{name}", prefix(caller)));
            input.stream_arn.clone().or_else(named)
        }
        _ => command.arn().map(|arn| stream_of(arn).unwrap_or(arn).to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{CallRates, METERS, Timestamp};

    #[test]
    fn meters_that_are_full_again_are_thrown_away() {
        let mut rates = CallRates::default();
        for number in 0..=METERS {
            assert!(rates.take(Timestamp(0), ("X", number.to_string().into()), 5));
        }
        assert!(rates.take(Timestamp(0), ("X", "other".into()), 5));
        assert_eq!(rates.0.len(), METERS + 2);
        assert!(rates.take(Timestamp(1_000), ("X", "other".into()), 5));
        assert_eq!(rates.0.len(), 1);
    }
}
