//! Shards and streams are found.

use redeliver_core::kinesis::Error;
use redeliver_model::Timestamp;
use redeliver_model::kinesis::{self as model, ListShardsInput, ShardFilter, ShardFilterType};

use crate::driver::{Driver, outline, shard_id};

const HALF: &str = "170141183460469231731687303715884105728";

fn ids(shards: &[model::Shard]) -> Vec<String> {
    shards.iter().map(|shard| outline(shard).0).collect()
}

fn named() -> ListShardsInput {
    ListShardsInput { stream_name: Some("s".to_owned()), ..Default::default() }
}

#[test]
fn shards_are_listed_in_pages_whose_tokens_live_five_minutes() {
    let mut driver = Driver::new();
    driver.stream("s", 5);
    let (first, token) = driver.list(ListShardsInput { max_results: Some(2), ..named() }).unwrap();
    assert_eq!(ids(&first), [0, 1].map(shard_id));
    let next = |token: &Option<String>| ListShardsInput {
        next_token: token.clone(),
        max_results: Some(2),
        ..Default::default()
    };
    let made_at = Timestamp(driver.now);
    driver.wait(300_000);
    let (second, other) = driver.list(next(&token)).unwrap();
    assert_eq!(ids(&second), [2, 3].map(shard_id));
    let (third, none) = driver.list(next(&other)).unwrap();
    assert_eq!((ids(&third), none), (vec![shard_id(4)], None));
    driver.wait(1);
    let expired = Error::ExpiredToken { made_at, now: Timestamp(driver.now) };
    assert_eq!(driver.list(next(&token)).unwrap_err(), expired);
}

#[test]
fn token_and_stream_exclude_each_other() {
    let mut driver = Driver::new();
    driver.stream("s", 2);
    let token = driver.list(ListShardsInput { max_results: Some(1), ..named() }).unwrap().1;
    let both = driver.list(ListShardsInput { next_token: token, ..named() }).unwrap_err();
    assert_eq!(both.to_string(), "NextToken and StreamName cannot be provided together.");
    let neither = driver.list(ListShardsInput::default()).unwrap_err();
    assert_eq!(neither.to_string(), "Either NextToken or StreamName should be provided.");
}

#[test]
fn filters_find_what_was_open_when() {
    let mut driver = Driver::new();
    driver.stream("s", 1);
    let made_at = driver.now;
    driver.wait(10_000);
    driver.split("s", 0, HALF).unwrap();
    driver.wait(1_000);
    let split_at = driver.now;
    driver.wait(10_000);
    let filter = |kind: ShardFilterType, time: Option<u64>| ShardFilter {
        r#type: Some(kind),
        timestamp: time.map(Timestamp),
        shard_id: Some(shard_id(0)),
    };
    let cases = [
        (filter(ShardFilterType::AfterShardId, None), vec![1, 2]),
        (filter(ShardFilterType::AtTrimHorizon, None), vec![0]),
        (filter(ShardFilterType::FromTrimHorizon, None), vec![0, 1, 2]),
        (filter(ShardFilterType::AtLatest, None), vec![1, 2]),
        (filter(ShardFilterType::AtTimestamp, Some(made_at + 5_000)), vec![0]),
        (filter(ShardFilterType::AtTimestamp, Some(split_at + 1)), vec![1, 2]),
        (filter(ShardFilterType::AtTimestamp, Some(0)), vec![0]),
        (filter(ShardFilterType::FromTimestamp, Some(made_at)), vec![0, 1, 2]),
        (filter(ShardFilterType::FromTimestamp, Some(split_at + 1)), vec![1, 2]),
    ];
    for (filter, expected) in cases {
        let shards = driver.list(ListShardsInput { shard_filter: Some(filter.clone()), ..named() }).unwrap().0;
        assert_eq!(ids(&shards), expected.into_iter().map(shard_id).collect::<Vec<_>>(), "{filter:?}");
    }
    let lacking = ShardFilter { r#type: Some(ShardFilterType::AtTimestamp), ..Default::default() };
    let refused = driver.list(ListShardsInput { shard_filter: Some(lacking), ..named() }).unwrap_err();
    assert_eq!(refused, Error::Filter { lacks: "Timestamp" });
}

#[test]
fn filter_holds_on_all_pages() {
    let mut driver = Driver::new();
    driver.stream("s", 2);
    driver.split("s", 0, "1000").unwrap();
    driver.wait(1_000);
    let latest = ShardFilter { r#type: Some(ShardFilterType::AtLatest), ..Default::default() };
    let mut input = ListShardsInput { shard_filter: Some(latest), max_results: Some(1), ..named() };
    let mut found = Vec::new();
    loop {
        let (page, token) = driver.list(input).unwrap();
        found.extend(ids(&page));
        let Some(token) = token else { break };
        input = ListShardsInput { next_token: Some(token), max_results: Some(1), ..Default::default() };
    }
    assert_eq!(found, [1, 2, 3].map(shard_id));
}

#[test]
fn stream_of_another_time_is_not_found() {
    let mut driver = Driver::new();
    let created_at = driver.now;
    driver.stream("s", 1);
    let of = |time| ListShardsInput { stream_creation_timestamp: Some(Timestamp(time)), ..named() };
    assert!(driver.list(of(created_at)).is_ok());
    assert!(matches!(driver.list(of(created_at - 5_000)), Err(Error::StreamNotFound { .. })));
}

#[test]
fn streams_are_listed_by_name_and_in_pages() {
    let mut driver = Driver::new();
    for name in ["b", "a", "c"] {
        driver.stream(name, 1);
    }
    driver.region = "eu-west-1";
    driver.stream("d", 1);
    driver.region = "us-east-1";
    let mut list = |input| match driver.call(model::Command::ListStreams(input)).unwrap() {
        model::Reply::ListStreams(output) => (output.stream_names.unwrap(), output.has_more_streams, output.next_token),
        other => panic!("{other:?}"),
    };
    let some = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
    let all = list(model::ListStreamsInput::default());
    assert_eq!(all, (some(&["a", "b", "c"]), Some(false), None));
    let (first, more, token) = list(model::ListStreamsInput { limit: Some(2), ..Default::default() });
    assert_eq!((first, more), (some(&["a", "b"]), Some(true)));
    let second = list(model::ListStreamsInput { next_token: token, ..Default::default() });
    assert_eq!(second, (some(&["c"]), Some(false), None));
    let exclusive_start_stream_name = Some("a".to_owned());
    let after = list(model::ListStreamsInput { exclusive_start_stream_name, ..Default::default() });
    assert_eq!(after, (some(&["b", "c"]), Some(false), None));
}
