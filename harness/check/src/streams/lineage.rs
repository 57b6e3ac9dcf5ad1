//! Which shards came of which.

use serde_json::Value;

use super::Streams;
use crate::traffic::{Call, ToldOfStream, field, text};

/// What an answer tells of shards and their parents.
pub(super) fn of_call<'a>(streams: &mut Streams<'a>, call: &Call<'a>, name: Option<&'a str>) {
    let Some(output) = call.output else { return };
    let list = match call.name {
        "kinesis:ListShards" => field(output, "Shards"),
        "kinesis:DescribeStream" => field(output, "StreamDescription").and_then(|stream| field(stream, "Shards")),
        _ => None,
    };
    if let (Some(name), Some(list)) = (name, list) {
        let stream = streams.names.number(name);
        of_list(streams, stream, list, call.span.end);
    }
}

/// Shards as lists of shards or of child shards have them.
pub(super) fn of_list<'a>(streams: &mut Streams<'a>, stream: usize, list: &'a Value, at: usize) {
    for shard in list.as_array().into_iter().flatten() {
        let named = ["ParentShardId", "AdjacentParentShardId"].map(|name| text(shard, name));
        let all = field(shard, "ParentShards").and_then(Value::as_array).into_iter().flatten();
        let parents = named.into_iter().filter(|id| !id.is_empty()).chain(all.filter_map(Value::as_str));
        add(streams, stream, text(shard, "ShardId"), parents, at);
    }
}

/// What the backend told of a shard that was opened.
pub(super) fn told<'a>(streams: &mut Streams<'a>, name: &'a str, told: &ToldOfStream<'a>) {
    let stream = streams.names.number(name);
    let parents = field(told.detail, "parents").and_then(Value::as_array).into_iter().flatten();
    add(streams, stream, text(told.detail, "shard"), parents.filter_map(Value::as_str), told.at);
}

fn add<'a>(streams: &mut Streams<'a>, stream: usize, id: &'a str, parents: impl Iterator<Item = &'a str>, at: usize) {
    if id.is_empty() {
        return;
    }
    let shard = streams.shard(stream, id, at);
    for parent in parents {
        let parent = streams.shard(stream, parent, at);
        if parent != shard && !streams.shards[shard].parents.contains(&parent) {
            streams.shards[shard].parents.push(parent);
        }
    }
}
