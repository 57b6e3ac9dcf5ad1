//! Rules on reads of streams.

use redeliver_chaos::Break;
use redeliver_chaos::plan::RuleBuilder;
use serde_json::{Value as Json, json};

use crate::backend::Got;
use crate::streams::{SHARD, STREAM, Streams, next, texts};

/// A stream of one shard with records `a` to `e`, and an iterator before them.
fn stream(rule: RuleBuilder) -> (Streams, Json) {
    let mut streams = Streams::with(&[rule], 1);
    streams.put(&["a", "b", "c", "d", "e"].map(|text| ("k", text))).result();
    let iterator = streams.iterator(SHARD);
    (streams, json!({ "ShardIterator": iterator }))
}

fn once(rule: &str) -> RuleBuilder {
    RuleBuilder::new(rule).nth(1)
}

/// What the reads from here on bring, until one brings nothing.
fn rest(streams: &mut Streams, mut read: Json) -> Vec<String> {
    let mut all = Vec::new();
    loop {
        let got = streams.call("GetRecords", &read).result();
        if texts(&got).is_empty() {
            return all;
        }
        all.extend(texts(&got));
        read = next(&got);
    }
}

#[test]
fn iterator_expired_stays_expired_and_another_one_is_good() {
    let (mut streams, read) = stream(once("iterator-expired"));
    let expired = Got::error("ExpiredIteratorException", 400);
    assert_eq!(streams.call("GetRecords", &read), expired);
    assert_eq!(streams.call("GetRecords", &read), expired);
    streams.heal();
    assert_eq!(streams.call("GetRecords", &read), expired);
    assert_eq!(streams.fired().faults[0].at.to_string(), format!("GetRecords(orders/{SHARD})#1"));
    let iterator = streams.iterator(SHARD);
    assert_eq!(rest(&mut streams, json!({ "ShardIterator": iterator })), ["a", "b", "c", "d", "e"]);
}

#[test]
fn reads_that_are_refused_or_lost_lose_nothing() {
    let cases = [
        ("read-throttled", Got::error("ProvisionedThroughputExceededException", 400)),
        ("read-reply-lost", Got::Broken(Break::Reset)),
    ];
    for (rule, expected) in cases {
        let (mut streams, read) = stream(once(rule));
        assert_eq!(streams.call("GetRecords", &read), expected);
        assert_eq!(streams.attempt(2, "GetRecords", &read), expected);
        assert_eq!(streams.fired().faults.len(), 1);
        assert_eq!(rest(&mut streams, read), ["a", "b", "c", "d", "e"], "{rule}");
    }
}

#[test]
fn empty_read_says_that_there_is_more_and_loses_nothing() {
    let (mut streams, read) = stream(once("empty-read"));
    let got = streams.call("GetRecords", &read).result();
    assert!(got["MillisBehindLatest"].as_i64() > Some(0) && got["NextShardIterator"] != read["ShardIterator"], "{got}");
    assert_eq!(texts(&got), [] as [&str; 0]);
    assert_eq!(rest(&mut streams, next(&got)), ["a", "b", "c", "d", "e"]);
}

#[test]
fn short_read_brings_the_first_records_and_the_next_read_the_others() {
    let (mut streams, read) = stream(RuleBuilder::new("short-read").probability(1.0));
    let got = streams.call("GetRecords", &read).result();
    let first = texts(&got);
    assert!((1..5).contains(&first.len()) && got["MillisBehindLatest"].as_i64() > Some(0), "{got}");
    let others = rest(&mut streams, next(&got));
    assert_eq!([first, others].concat(), ["a", "b", "c", "d", "e"]);
    assert!(streams.fired().faults.len() > 1);
}

#[test]
fn short_read_of_a_closed_shard_is_not_its_end() {
    let (mut streams, read) = stream(once("short-read"));
    let split = json!({ "StreamName": STREAM, "ShardToSplit": SHARD, "NewStartingHashKey": "1000" });
    streams.direct("SplitShard", &split).result();
    streams.pass(std::time::Duration::from_mins(1));
    let got = streams.call("GetRecords", &read).result();
    assert!(got["ChildShards"].is_null() && got["NextShardIterator"].is_string(), "{got}");
    let end = streams.call("GetRecords", &next(&got)).result();
    assert!(end["ChildShards"].as_array().map(Vec::len) == Some(2) && end["NextShardIterator"].is_null(), "{end}");
}

#[test]
fn records_trimmed_are_gone_when_the_reader_comes() {
    let (mut streams, read) = stream(once("records-trimmed").operation("GetRecords"));
    assert_eq!(streams.call("GetRecords", &read), Got::error("ExpiredIteratorException", 400));
    assert_eq!(streams.texts(SHARD), [] as [&str; 0]);
}

#[test]
fn reads_of_iterators_that_nobody_saw_given_pass() {
    let mut streams = Streams::under("empty-read", 1);
    streams.put(&[("k", "a")]).result();
    let input = json!({ "StreamName": STREAM, "ShardId": SHARD, "ShardIteratorType": "TRIM_HORIZON" });
    let iterator = streams.direct("GetShardIterator", &input).result()["ShardIterator"].clone();
    let got = streams.call("GetRecords", &json!({ "ShardIterator": iterator })).result();
    assert_eq!((texts(&got), streams.fired().faults.len()), (vec!["a".to_owned()], 0));
}

#[test]
fn faults_of_streams_replay() {
    let rules = ["short-read", "empty-read", "iterator-expired", "put-records-partial"];
    let rules: Vec<_> = rules.iter().map(|rule| RuleBuilder::new(rule).probability(0.4)).collect();
    let run = |mut streams: Streams| {
        let mut seen = Vec::new();
        for round in 0..8 {
            streams.pass(std::time::Duration::from_secs(1));
            let texts = ["a", "b", "c"].map(|text| format!("{text}{round}"));
            seen.push(streams.put(&texts.each_ref().map(|text| ("k", text.as_str()))));
            let iterator = streams.iterator(SHARD);
            let got = streams.call("GetRecords", &json!({ "ShardIterator": iterator }));
            if let Got::Result(read) = &got {
                seen.push(streams.call("GetRecords", &next(read)));
            }
            seen.push(got);
        }
        (streams.fired(), seen)
    };
    let (fired, seen) = run(Streams::with(&rules, 1));
    assert!(fired.faults.len() > 6, "{}", fired.faults.len());
    let again = run(Streams::replaying(&fired, &rules, 1));
    assert_eq!(again.0, fired);
    assert!(again.1 == seen, "the same faults, and another run");
}

#[test]
fn long_sequence_numbers_are_good_in_every_call_and_told_ones_stay() {
    let rule = RuleBuilder::new("long-sequence-numbers").operation("PutRecord").nth(2);
    let mut streams = Streams::with(&[rule], 1);
    let put = |streams: &mut Streams, text: &str| {
        let input = json!({ "StreamName": STREAM, "PartitionKey": "k", "Data": text });
        streams.call("PutRecord", &input).result()["SequenceNumber"].as_str().unwrap().to_owned()
    };
    let numbers = ["YQ==", "Yg==", "Yw=="].map(|text| put(&mut streams, text));
    assert_eq!(numbers.each_ref().map(String::len), [56, 61, 61]);
    assert!(numbers[1] < numbers[2] && numbers[2] < numbers[0], "by their texts the first is the last: {numbers:?}");
    let mut read = |how: &str, number: Option<&String>| {
        let input = json!({ "StreamName": STREAM, "ShardId": SHARD, "ShardIteratorType": how });
        let input = with(input, "StartingSequenceNumber", number);
        let iterator = streams.call("GetShardIterator", &input).result()["ShardIterator"].clone();
        let got = streams.call("GetRecords", &json!({ "ShardIterator": iterator })).result();
        let number = |record: &Json| record["SequenceNumber"].as_str().unwrap().to_owned();
        let seen: Vec<_> = got["Records"].as_array().unwrap().iter().map(number).collect();
        (texts(&got).concat(), seen)
    };
    assert_eq!(read("TRIM_HORIZON", None), ("abc".to_owned(), numbers.to_vec()));
    assert_eq!(read("AFTER_SEQUENCE_NUMBER", Some(&numbers[0])).0, "bc");
    assert_eq!(read("AFTER_SEQUENCE_NUMBER", Some(&numbers[1])).0, "c");
    assert_eq!(read("AT_SEQUENCE_NUMBER", Some(&numbers[1])).0, "bc");
    let input = json!({ "StreamName": STREAM, "PartitionKey": "k", "Data": "ZA==" });
    let input = with(input, "SequenceNumberForOrdering", Some(&numbers[2]));
    let fourth = streams.call("PutRecord", &input).result()["SequenceNumber"].as_str().unwrap().to_owned();
    assert!(fourth > numbers[2], "{fourth}");
    assert_eq!(streams.fired().faults.len(), 1);
}

fn with(mut input: Json, name: &str, number: Option<&String>) -> Json {
    if let Some(number) = number {
        input[name] = number.as_str().into();
    }
    input
}

#[test]
fn rules_for_all_services_act_on_reads_too() {
    let refused = |name: &str, status| Got::error(name, status);
    let cases = [
        (RuleBuilder::new("service-error"), refused("InternalFailure", 500)),
        (RuleBuilder::new("service-error").with("error", "unavailable"), refused("ServiceUnavailable", 503)),
        (
            RuleBuilder::new("service-error").with("error", "throttled"),
            refused("ProvisionedThroughputExceededException", 400),
        ),
        (RuleBuilder::new("connection-reset"), Got::Broken(Break::Reset)),
        (RuleBuilder::new("connection-reset").with("how", "silent"), Got::Broken(Break::Silent)),
        (RuleBuilder::new("outage"), Got::Broken(Break::Refused)),
        (RuleBuilder::new("clock-skew"), refused("InvalidSignatureException", 403)),
        (RuleBuilder::new("expired-credentials"), refused("ExpiredTokenException", 403)),
    ];
    for (rule, expected) in cases {
        let (mut streams, read) = stream(rule.clone().operation("GetRecords").nth(1));
        assert_eq!(streams.call("GetRecords", &read), expected, "{rule:?}");
        streams.pass(std::time::Duration::from_mins(4));
        streams.heal();
        assert_eq!(rest(&mut streams, read), ["a", "b", "c", "d", "e"], "{rule:?}");
    }
    let (mut streams, read) = stream(RuleBuilder::new("slow-reply").with("by", "10s").operation("GetRecords").nth(1));
    let got = streams.call("GetRecords", &read).result();
    assert_eq!((texts(&got).len(), streams.passed()), (5, std::time::Duration::from_secs(70)));
}

#[test]
fn noisy_reader_leaves_no_read_of_the_second_and_the_backend_says_so() {
    let (mut streams, read) = stream(once("noisy-reader"));
    assert_eq!(streams.call("GetRecords", &read), Got::error("ProvisionedThroughputExceededException", 400));
    assert_eq!(streams.fired().faults.len(), 1);
    streams.pass(std::time::Duration::from_secs(1));
    assert_eq!(rest(&mut streams, read), ["a", "b", "c", "d", "e"]);
}
