//! Shards under short names, and which shard an iterator is of.

use std::collections::BTreeMap;

use redeliver_check::{Record, What};
use serde_json::Value;

use super::call::{Answer, Call, text};
use crate::story::words::foreign;

/// The shards that iterators are of.
#[derive(Debug, Default)]
pub(crate) struct Iterators {
    shards: BTreeMap<String, String>,
}

impl Iterators {
    /// Reads them off the calls of a history.
    pub(super) fn of(calls: &[Call<'_>]) -> Self {
        let mut iterators = Self::default();
        for call in calls.iter().filter(|call| call.name.starts_with("kinesis:")) {
            let Answer::Done(output) = call.answer else { continue };
            let (made, shard) = match call.verb() {
                "GetShardIterator" => (text(output, "ShardIterator"), text(call.input, "ShardId").map(str::to_owned)),
                "GetRecords" => (text(output, "NextShardIterator"), iterators.shard(call.input).map(str::to_owned)),
                _ => continue,
            };
            if let (Some(made), Some(shard)) = (made, shard) {
                iterators.shards.insert(made.to_owned(), shard);
            }
        }
        iterators
    }

    /// The shard that a read is of.
    pub(super) fn shard<'s>(&'s self, input: &'s Value) -> Option<&'s str> {
        let iterator = text(input, "ShardIterator").map(|iterator| iterator.trim_matches('"'));
        let of_iterator = iterator.and_then(|iterator| self.shards.get(iterator)).map(String::as_str);
        of_iterator.or_else(|| text(input, "ShardId"))
    }
}

/// `shard 3` for `shardId-000000000003`.
pub(super) fn shard_name(id: &str) -> String {
    let number = id.strip_prefix("shardId-").and_then(|digits| digits.parse::<u64>().ok());
    number.map_or_else(|| format!("shard {}", foreign(id)), |number| format!("shard {number}"))
}

/// Whether a history is about streams alone.
pub(super) fn is_of_streams(history: &[Record]) -> bool {
    let of = |prefix: &str| {
        history.iter().any(|record| match &record.what {
            What::Invoke { call, .. } => call.starts_with(prefix),
            _ => false,
        })
    };
    of("kinesis:") && !of("sqs:")
}
