//! Calls that split a shard or merge it with another one.

use redeliver_model::Value;

use crate::edit::text;
use crate::streams::{is_closed, shards};

/// An operation with its parameters, but for those that name the stream.
type Plan = (&'static str, Vec<(&'static str, Value)>);

/// Splits a shard in the middle, if the stream can change now.
pub(super) fn split(said: &Value, id: &str) -> Option<Plan> {
    let (first, last) = range(open(said).find(|shard| text(shard, "ShardId") == Some(id))?)?;
    let middle = first + (last - first) / 2 + 1;
    let members = [("ShardToSplit", id), ("NewStartingHashKey", &middle.to_string())].map(member);
    (first < last).then(|| ("SplitShard", members.to_vec()))
}

/// Merges a shard with one beside it, if the stream can change now.
pub(super) fn merge(said: &Value, id: &str) -> Option<Plan> {
    let own = range(open(said).find(|shard| text(shard, "ShardId") == Some(id))?)?;
    let at = |wanted: Option<u128>, key: fn((u128, u128)) -> u128| {
        let is_there = |shard: &&Value| wanted.is_some() && range(shard).map(key) == wanted;
        text(open(said).find(is_there)?, "ShardId")
    };
    let (below, above) = (at(own.0.checked_sub(1), |range| range.1), at(own.1.checked_add(1), |range| range.0));
    // The first of the two is the one with the lower hash keys.
    let pair = above.map(|above| (id, above)).or(below.map(|below| (below, id)))?;
    Some(("MergeShards", [("ShardToMerge", pair.0), ("AdjacentShardToMerge", pair.1)].map(member).to_vec()))
}

fn member((name, value): (&'static str, &str)) -> (&'static str, Value) {
    (name, Value::String(value.to_owned()))
}

/// The open shards of an active stream.
fn open(said: &Value) -> impl Iterator<Item = &Value> {
    let description = match said {
        Value::Structure(fields) => fields.get("StreamDescription"),
        _ => None,
    };
    let is_active = description.is_some_and(|stream| text(stream, "StreamStatus") == Some("ACTIVE"));
    shards(said).iter().filter(move |shard| is_active && !is_closed(shard))
}

/// The hash keys of a shard: the first and the last.
fn range(shard: &Value) -> Option<(u128, u128)> {
    let Value::Structure(fields) = shard else { return None };
    let range = fields.get("HashKeyRange")?;
    let key = |name| text(range, name)?.parse().ok();
    Some((key("StartingHashKey")?, key("EndingHashKey")?))
}
