//! Records are taken.

use redeliver_core::kinesis::{Error, SequenceNumber};
use redeliver_model::kinesis::{self as model, ShardIteratorType};

use crate::driver::{ACCOUNT, Driver, LAST_KEY, entry, record, shard_id, texts};

const MIB: usize = 1_024 * 1_024;

#[test]
fn partition_key_decides_the_shard_and_explicit_hash_key_wins() {
    let mut driver = Driver::new();
    driver.stream("s", 2);
    // The MD5 of "a" begins with 0c, that of "b" with 92.
    assert_eq!(driver.put("s", "a", "x").unwrap().shard_id, Some(shard_id(0)));
    assert_eq!(driver.put("s", "b", "x").unwrap().shard_id, Some(shard_id(1)));
    let mut explicit = |key: &str| {
        let explicit_hash_key = Some(key.to_owned());
        driver.put_record(model::PutRecordInput { explicit_hash_key, ..record("s", "a", vec![]) })
    };
    assert_eq!(explicit(LAST_KEY).unwrap().shard_id, Some(shard_id(1)));
    assert_eq!(explicit("0").unwrap().shard_id, Some(shard_id(0)));
    let too_large = "340282366920938463463374607431768211456";
    let refused = explicit(too_large).unwrap_err();
    assert_eq!(refused, Error::ExplicitHashKey { value: too_large.to_owned() });
    assert_eq!(
        refused.to_string(),
        "Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was \
         340282366920938463463374607431768211456"
    );
}

#[test]
fn numbers_have_56_digits_and_grow_with_every_record_of_a_shard() {
    let mut driver = Driver::new();
    driver.stream("s", 1);
    let mut numbers = Vec::new();
    for _ in 0..20 {
        numbers.push(driver.put("s", "k", "x").unwrap().sequence_number.unwrap());
        driver.wait(600);
    }
    assert!(numbers.iter().all(|number| number.len() == 56), "{numbers:?}");
    assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]), "{numbers:?}");
    assert!(numbers.iter().all(|number| SequenceNumber::parse(number).is_some()));
}

#[test]
fn number_for_ordering_has_to_be_of_the_same_shard_or_one_it_came_from() {
    let mut driver = Driver::new();
    driver.stream("s", 2);
    let other = driver.put("s", "b", "x").unwrap().sequence_number.unwrap();
    let first = driver.put("s", "a", "x").unwrap().sequence_number.unwrap();
    let ordered = |driver: &mut Driver, number: &str| {
        let sequence_number_for_ordering = Some(number.to_owned());
        driver.put_record(model::PutRecordInput { sequence_number_for_ordering, ..record("s", "a", vec![]) })
    };
    let second = ordered(&mut driver, &first).unwrap().sequence_number.unwrap();
    assert!(second > first);
    for number in [other.as_str(), "7"] {
        let refused = ordered(&mut driver, number).unwrap_err();
        let (stream, account) = ("s".into(), ACCOUNT.into());
        assert_eq!(refused, Error::MinimumSequenceNumber { value: number.to_owned(), stream, account });
    }
    driver.split("s", 0, "1000").unwrap();
    driver.wait(1_000);
    let third = ordered(&mut driver, &second).unwrap();
    assert_eq!(third.shard_id, Some(shard_id(3)));
    assert!(third.sequence_number.unwrap() > second);
}

#[test]
fn record_may_have_a_mebibyte_with_its_key_until_its_stream_takes_more() {
    let mut driver = Driver::new();
    driver.stream("s", 1);
    assert!(driver.put_record(record("s", "k", vec![0; MIB - 1])).is_ok());
    driver.wait(60_000);
    let refused = driver.put_record(record("s", "k", vec![0; MIB])).unwrap_err();
    assert_eq!(refused, Error::RecordTooLarge { size: MIB + 1, limit: MIB });
    let stream_arn = Some(driver.arn("s"));
    let input =
        model::UpdateMaxRecordSizeInput { max_record_size_in_ki_b: Some(10_240), stream_arn, ..Default::default() };
    driver.call(model::Command::UpdateMaxRecordSize(input)).unwrap();
    assert_eq!(driver.status("s"), Ok(model::StreamStatus::Updating));
    assert!(driver.put_record(record("s", "k", vec![0; MIB])).is_err());
    driver.wait(1_000);
    assert!(driver.put_record(record("s", "k", vec![0; 10 * MIB - 1])).is_ok());
}

#[test]
fn batch_has_at_most_500_records_and_10_mebibytes_and_is_refused_as_a_whole() {
    let mut driver = Driver::unthrottled();
    driver.stream("s", 1);
    let many = |count: usize, size: usize| (0..count).map(|_| entry("k", vec![0; size])).collect::<Vec<_>>();
    assert_eq!(driver.put_records("s", many(500, 1)).unwrap().failed_record_count, Some(0));
    assert!(matches!(driver.put_records("s", many(501, 1)), Err(Error::OutOfRange { value: 501, .. })));
    assert_eq!(driver.put_records("s", many(11, MIB - 1)).unwrap_err(), Error::BatchTooLarge { limit: 10 * MIB });
    assert_eq!(driver.put_records("s", many(10, MIB - 1)).unwrap().failed_record_count, Some(0));
    let before = driver.iterator("s", 0, ShardIteratorType::Latest);
    let mut bad = many(2, 1);
    bad[1].explicit_hash_key = Some("9".repeat(39));
    assert!(matches!(driver.put_records("s", bad), Err(Error::ExplicitHashKey { .. })));
    assert_eq!(texts(&driver.get(&before).unwrap()), [""; 0]);
}

#[test]
fn batch_is_told_record_by_record_which_were_not_taken() {
    let mut driver = Driver::new();
    driver.stream("s", 2);
    let batch = vec![entry("a", vec![0; MIB - 1]), entry("a", "1"), entry("b", "2"), entry("a", "3")];
    let output = driver.put_records("s", batch).unwrap();
    let told: Vec<_> = output
        .records
        .unwrap()
        .into_iter()
        .map(|result| (result.shard_id, result.sequence_number.is_some(), result.error_code, result.error_message))
        .collect();
    let taken = |shard| (Some(shard_id(shard)), true, None, None);
    let text = "Rate exceeded for shard shardId-000000000000 in stream s under account 000000000000.";
    let code = "ProvisionedThroughputExceededException".to_owned();
    let failed = (None, false, Some(code), Some(text.to_owned()));
    assert_eq!(output.failed_record_count, Some(2));
    assert_eq!(told, [taken(0), failed.clone(), taken(1), failed]);
}

#[test]
fn stream_that_spreads_its_records_needs_no_partition_key() {
    let mut driver = Driver::new();
    driver.on_demand("s");
    let keyless = || model::PutRecordInput { partition_key: None, ..record("s", "k", b"x".to_vec()) };
    assert_eq!(driver.put_record(keyless()).unwrap_err(), Error::NoPartitionKey);
    let stream_arn = Some(driver.arn("s"));
    let set = |strategy| {
        model::Command::UpdateStreamRecordDistributionStrategy(model::UpdateStreamRecordDistributionStrategyInput {
            record_distribution_strategy: Some(strategy),
            stream_arn: stream_arn.clone(),
            ..Default::default()
        })
    };
    driver.call(set(model::RecordDistributionStrategy::Auto)).unwrap();
    let mut shards: Vec<_> = (0..8).map(|_| driver.put_record(keyless()).unwrap().shard_id.unwrap()).collect();
    shards.sort();
    shards.dedup();
    assert_eq!(shards, [0, 1, 2, 3].map(shard_id));
    driver.call(set(model::RecordDistributionStrategy::UserPartitionKey)).unwrap();
    assert_eq!(driver.put_record(keyless()).unwrap_err(), Error::NoPartitionKey);
    driver.stream("p", 1);
    let input = model::UpdateStreamRecordDistributionStrategyInput {
        record_distribution_strategy: Some(model::RecordDistributionStrategy::Auto),
        stream_arn: Some(driver.arn("p")),
        ..Default::default()
    };
    let refused = driver.call(model::Command::UpdateStreamRecordDistributionStrategy(input)).unwrap_err();
    assert_eq!(refused, Error::Distribution);
}

#[test]
fn dry_run_takes_nothing() {
    let mut driver = Driver::new();
    driver.stream("s", 1);
    let iterator = driver.iterator("s", 0, ShardIteratorType::TrimHorizon);
    let dry = model::PutRecordInput { dry_run: Some(true), ..record("s", "k", b"x".to_vec()) };
    assert_eq!(driver.put_record(dry).unwrap_err(), Error::DryRun);
    assert_eq!(texts(&driver.get(&iterator).unwrap()), [""; 0]);
}
