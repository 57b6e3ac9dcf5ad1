//! Rules on the shards of streams, and on who is told of them.

use std::time::Duration;

use redeliver_chaos::plan::RuleBuilder;
use serde_json::{Value as Json, json};

use crate::backend::Got;
use crate::streams::{SHARD, STREAM, Streams, next, texts};

/// Numbers of the shards that are listed, those that are closed with a minus behind.
fn listed(streams: &mut Streams, operation: &str) -> Vec<String> {
    let got = streams.call(operation, &json!({ "StreamName": STREAM })).result();
    let shards = if got["Shards"].is_null() { &got["StreamDescription"]["Shards"] } else { &got["Shards"] };
    let number = |shard: &Json| {
        let is_closed = shard["SequenceNumberRange"]["EndingSequenceNumber"].is_string();
        format!(
            "{}{}",
            shard["ShardId"].as_str().unwrap().trim_start_matches("shardId-00000000000"),
            if is_closed { "-" } else { "" }
        )
    };
    shards.as_array().unwrap().iter().map(number).collect()
}

fn split(streams: &mut Streams) {
    let split = json!({ "StreamName": STREAM, "ShardToSplit": SHARD, "NewStartingHashKey": "1000" });
    streams.direct("SplitShard", &split).result();
    streams.pass(Duration::from_mins(1));
}

/// Reads a shard once.
fn read(streams: &mut Streams, shard: &str) -> Json {
    let iterator = streams.iterator(shard);
    streams.call("GetRecords", &json!({ "ShardIterator": iterator })).result()
}

#[test]
fn reshard_mid_read_splits_the_shard_that_is_read() {
    let mut streams = Streams::with(&[RuleBuilder::new("reshard-mid-read").nth(1)], 1);
    streams.put(&[("k", "a"), ("l", "b")]).result();
    let got = read(&mut streams, SHARD);
    assert_eq!(texts(&got), ["a", "b"]);
    streams.pass(Duration::from_mins(1));
    assert_eq!(listed(&mut streams, "ListShards"), ["0-", "1", "2"]);
    // The reader sees the end of what it reads, sooner or later.
    let end = if got["NextShardIterator"].is_null() { got } else { streams.call("GetRecords", &next(&got)).result() };
    assert_eq!(end["ChildShards"].as_array().map(Vec::len), Some(2), "{end}");
}

#[test]
fn reshard_mid_read_merges_the_shard_with_its_neighbour() {
    let rule = RuleBuilder::new("reshard-mid-read").with("how", "merge").probability(1.0);
    let mut streams = Streams::with(&[rule], 3);
    read(&mut streams, "shardId-000000000001");
    // Not while the stream changes, which takes its time.
    read(&mut streams, SHARD);
    streams.pass(Duration::from_mins(1));
    assert_eq!(listed(&mut streams, "ListShards"), ["0", "1-", "2-", "3"]);
    read(&mut streams, SHARD);
    streams.pass(Duration::from_mins(1));
    assert_eq!(listed(&mut streams, "DescribeStream"), ["0-", "1-", "2-", "3-", "4"]);
}

#[test]
fn reshard_mid_read_has_an_end() {
    let mut streams = Streams::under("reshard-mid-read", 1);
    for _ in 0..20 {
        read(&mut streams, SHARD);
        streams.pass(Duration::from_mins(1));
    }
    assert_eq!(streams.fired().faults.len(), 4);
}

#[test]
fn children_late_are_listed_later_and_until_then_their_parent_looks_open() {
    let mut streams = Streams::with(&[RuleBuilder::new("children-late").with("for", "10s").probability(1.0)], 1);
    split(&mut streams);
    for operation in ["ListShards", "DescribeStream"] {
        assert_eq!(listed(&mut streams, operation), ["0"]);
    }
    streams.pass(Duration::from_millis(9_999));
    assert_eq!((listed(&mut streams, "ListShards"), streams.fired().faults.len()), (vec!["0".to_owned()], 1));
    streams.pass(Duration::from_millis(1));
    assert_eq!(listed(&mut streams, "ListShards"), ["0-", "1", "2"]);
}

#[test]
fn children_that_are_late_come_when_the_faults_are_over_and_known_ones_stay() {
    let mut streams = Streams::with(&[RuleBuilder::new("children-late").nth(2)], 1);
    split(&mut streams);
    assert_eq!(listed(&mut streams, "ListShards"), ["0-", "1", "2"]);
    let split = json!({ "StreamName": STREAM, "ShardToSplit": "shardId-000000000001", "NewStartingHashKey": "10" });
    streams.direct("SplitShard", &split).result();
    streams.pass(Duration::from_mins(1));
    assert_eq!(listed(&mut streams, "ListShards"), ["0-", "1", "2"]);
    let mut streams = Streams::under("children-late", 1);
    self::split(&mut streams);
    assert_eq!(listed(&mut streams, "ListShards"), ["0"]);
    streams.heal();
    assert_eq!(listed(&mut streams, "ListShards"), ["0-", "1", "2"]);
}

#[test]
fn parent_gone_is_not_listed_any_more() {
    let mut streams = Streams::under("parent-gone", 1);
    assert_eq!(listed(&mut streams, "ListShards"), ["0"]);
    split(&mut streams);
    assert_eq!(listed(&mut streams, "ListShards"), ["1", "2"]);
    streams.heal();
    assert_eq!(listed(&mut streams, "DescribeStream"), ["1", "2"]);
    assert_eq!(streams.fired().faults.len(), 1);
}

#[test]
fn shards_throttled_has_the_name_that_the_operation_has() {
    let mut streams = Streams::under("shards-throttled", 1);
    let stream = json!({ "StreamName": STREAM });
    assert_eq!(streams.call("ListShards", &stream), Got::error("LimitExceededException", 400));
    assert_eq!(streams.attempt(2, "ListShards", &stream), Got::error("LimitExceededException", 400));
    assert_eq!(streams.fired().faults.len(), 1);
    let iterator = json!({ "StreamName": STREAM, "ShardId": SHARD, "ShardIteratorType": "LATEST" });
    let refused = Got::error("ProvisionedThroughputExceededException", 400);
    assert_eq!(streams.call("GetShardIterator", &iterator), refused);
}
