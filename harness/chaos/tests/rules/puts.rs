//! Rules on puts into streams.

use redeliver_chaos::Break;
use redeliver_chaos::plan::RuleBuilder;
use serde_json::{Value as Json, json};

use crate::backend::Got;
use crate::streams::{SHARD, STREAM, Streams};

/// Of each result its error, or none where there is a sequence number; and the number of failures that is told.
fn told(got: Got) -> (Vec<Option<String>>, i64) {
    let got = got.result();
    let error = |result: &Json| {
        assert_eq!(result["SequenceNumber"].is_string(), result["ErrorCode"].is_null(), "{result}");
        result["ErrorCode"].as_str().map(str::to_owned)
    };
    let results = got["Records"].as_array().unwrap().iter().map(error).collect();
    (results, got["FailedRecordCount"].as_i64().unwrap())
}

fn throttled() -> String {
    "ProvisionedThroughputExceededException".to_owned()
}

fn put_one(streams: &mut Streams) -> Got {
    streams.call("PutRecord", &json!({ "StreamName": STREAM, "PartitionKey": "k", "Data": "YQ==" }))
}

#[test]
fn put_reply_lost_has_stored_and_the_retry_stores_again() {
    let mut streams = Streams::with(&[RuleBuilder::new("put-reply-lost").nth(1).nth(3)], 1);
    assert_eq!(put_one(&mut streams), Got::Broken(Break::Reset));
    put_one(&mut streams).result();
    assert_eq!(streams.put(&[("k", "b")]), Got::Broken(Break::Reset));
    assert_eq!(streams.texts(SHARD), ["a", "a", "b"]);
}

#[test]
fn put_records_partial_never_stores_the_records_that_failed() {
    let rule = |key| RuleBuilder::new("put-records-partial").key(key).probability(1.0);
    let mut streams = Streams::with(&[rule("b"), rule("d")], 1);
    let got = streams.put(&[("1", "a"), ("2", "b"), ("3", "c"), ("4", "d")]);
    assert_eq!(told(got), (vec![None, Some(throttled()), None, Some(throttled())], 2));
    // A put of which all fails never reaches the backend.
    assert_eq!(told(streams.put(&[("2", "b")])), (vec![Some(throttled())], 1));
    assert_eq!(streams.texts(SHARD), ["a", "c"]);
    let keys: Vec<_> = streams.fired().faults.iter().map(|fault| fault.at.to_string()).collect();
    let expected = ["PutRecords(orders, key=b)#1", "PutRecords(orders, key=d)#1", "PutRecords(orders, key=b)#2"];
    assert_eq!(keys, expected);
}

#[test]
fn put_records_false_failure_has_stored_all_also_beside_records_that_failed() {
    let failure = RuleBuilder::new("put-records-false-failure").group("3").probability(1.0);
    let partial = RuleBuilder::new("put-records-partial").group("1").probability(1.0);
    let mut streams = Streams::with(&[failure, partial], 1);
    let got = streams.put(&[("1", "a"), ("2", "b"), ("3", "c")]);
    assert_eq!(told(got), (vec![Some(throttled()), None, Some("InternalFailure".to_owned())], 2));
    assert_eq!(streams.texts(SHARD), ["b", "c"]);
}

#[test]
fn put_retry_reorders_refuses_the_first_record_of_each_key_that_comes_again() {
    let mut streams = Streams::under("put-retry-reorders", 1);
    let got = streams.put(&[("1", "a1"), ("2", "b1"), ("1", "a2"), ("3", "c1"), ("1", "a3"), ("3", "c2")]);
    assert_eq!(told(got), (vec![Some(throttled()), None, None, Some(throttled()), None, None], 2));
    // A producer that puts again what failed changes the order of the key.
    assert_eq!(told(streams.put(&[("1", "a1"), ("3", "c1")])), (vec![None, None], 0));
    assert_eq!(streams.texts(SHARD), ["b1", "a2", "a3", "c2", "a1", "c1"]);
    assert_eq!(streams.fired().faults.len(), 1);
}

#[test]
fn put_throttled_refuses_all_attempts_and_no_other_call() {
    let mut streams = Streams::with(&[RuleBuilder::new("put-throttled").nth(1)], 1);
    let refused = Got::error("ProvisionedThroughputExceededException", 400);
    assert_eq!(put_one(&mut streams), refused);
    let input = json!({ "StreamName": STREAM, "PartitionKey": "k", "Data": "YQ==" });
    assert_eq!(streams.attempt(2, "PutRecord", &input), refused);
    assert_eq!(streams.fired().faults.len(), 1);
    streams.put(&[("k", "b")]).result();
    put_one(&mut streams).result();
    assert_eq!(streams.texts(SHARD), ["b", "a"]);
}

#[test]
fn late_request_puts_a_record_after_newer_ones() {
    let mut streams = Streams::with(&[RuleBuilder::new("late-request").with("by", "40s").nth(1)], 1);
    assert_eq!(put_one(&mut streams), Got::Broken(Break::Reset));
    streams.put(&[("k", "b")]).result();
    streams.pass(std::time::Duration::from_secs(40));
    streams.put(&[("k", "c")]).result();
    assert_eq!(streams.texts(SHARD), ["b", "a", "c"]);
}

#[test]
fn poison_record_stands_before_the_record_that_was_put() {
    let mut streams = Streams::under("poison-record", 1);
    put_one(&mut streams).result();
    streams.put(&[("k", "b")]).result();
    assert_eq!(streams.texts(SHARD), ["{\"poison\":", "a", "{\"poison\":", "b"]);
}

#[test]
fn refusals_come_before_the_effect_and_have_the_names_of_their_service() {
    let of = |rule: &str, error: Option<&str>, name: &str, status| {
        let builder = error.iter().fold(RuleBuilder::new(rule), |builder, error| builder.with("error", *error));
        let mut streams = Streams::with(&[builder.operation("PutRecord").probability(1.0)], 1);
        assert_eq!(put_one(&mut streams), Got::error(name, status), "{rule}");
        assert_eq!(streams.texts(SHARD), [] as [&str; 0], "{rule}");
    };
    of("stream-kms-error", None, "KMSThrottlingException", 400);
    of("stream-kms-error", Some("disabled"), "KMSDisabledException", 400);
    of("stream-kms-error", Some("access-denied"), "KMSAccessDeniedException", 400);
    of("service-error", None, "InternalFailure", 500);
    of("service-error", Some("unavailable"), "ServiceUnavailable", 503);
    of("service-error", Some("throttled"), "ProvisionedThroughputExceededException", 400);
    of("clock-skew", None, "InvalidSignatureException", 403);
    of("expired-credentials", None, "ExpiredTokenException", 403);
}

#[test]
fn aggregated_record_holds_the_records_of_a_key_and_each_has_its_result() {
    let mut streams = Streams::under("aggregated-record", 1);
    let long = "x".repeat(300);
    let got = streams.put(&[("1", "a"), ("2", "b"), ("1", &long), ("3", "c")]).result();
    let numbers: Vec<_> =
        got["Records"].as_array().unwrap().iter().map(|result| result["SequenceNumber"].as_str()).collect();
    assert_eq!((numbers.len(), &got["FailedRecordCount"]), (4, &json!(0)));
    assert!(numbers[0] == numbers[2] && numbers[0] < numbers[1] && numbers[1] < numbers[3], "{numbers:?}");
    let records = streams.blobs(SHARD);
    assert_eq!(records[1..], [b"b".to_vec(), b"c".to_vec()]);
    // Mark, table of keys, two records of the first key in it, MD5.
    let parts = [
        &b"\xF3\x89\x9A\xC2\x0A\x011"[..],
        b"\x1A\x05\x08\x00\x1A\x01a",
        b"\x1A\xB1\x02\x08\x00\x1A\xAC\x02",
        long.as_bytes(),
    ];
    let expected = parts.concat();
    assert_eq!(records[0][..expected.len()], expected);
    assert_eq!(records[0].len(), expected.len() + 16);
    // One record of a key stays as it is.
    streams.put(&[("1", "d")]).result();
    assert_eq!(streams.blobs(SHARD)[3], b"d");
}
