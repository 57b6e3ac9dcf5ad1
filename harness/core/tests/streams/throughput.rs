//! What shards take in and give out.

use redeliver_core::kinesis::{Error, ShardId};
use redeliver_model::kinesis::{ShardIteratorType, UpdateMaxRecordSizeInput};

use crate::driver::{ACCOUNT, Driver, entry, record};

const MIB: usize = 1_024 * 1_024;

fn exceeded(shard: u32) -> Error {
    Error::RateExceeded { shard: ShardId(shard), stream: "s".into(), account: ACCOUNT.into() }
}

#[test]
fn shard_takes_a_thousand_records_a_second() {
    let mut driver = Driver::new();
    driver.stream("s", 1);
    let batch = || (0..500).map(|_| entry("k", "x")).collect::<Vec<_>>();
    let failed = |driver: &mut Driver| driver.put_records("s", batch()).unwrap().failed_record_count;
    assert_eq!([failed(&mut driver), failed(&mut driver), failed(&mut driver)], [Some(0), Some(0), Some(500)]);
    assert_eq!(driver.put("s", "k", "x").unwrap_err(), exceeded(0));
    driver.wait(250);
    assert_eq!(failed(&mut driver), Some(250));
}

#[test]
fn shards_have_their_throughput_each() {
    let mut driver = Driver::new();
    driver.stream("s", 2);
    assert!(driver.put_record(record("s", "a", vec![0; MIB - 1])).is_ok());
    assert_eq!(driver.put_record(record("s", "a", vec![0])).unwrap_err(), exceeded(0));
    assert!(driver.put_record(record("s", "b", vec![0; MIB - 1])).is_ok());
}

#[test]
fn large_record_leaves_nothing_for_small_ones_until_a_part_has_come_back() {
    let mut driver = Driver::new();
    driver.stream("s", 1);
    let input = UpdateMaxRecordSizeInput {
        max_record_size_in_ki_b: Some(10_240),
        stream_arn: Some(driver.arn("s")),
        ..Default::default()
    };
    driver.call(redeliver_model::kinesis::Command::UpdateMaxRecordSize(input)).unwrap();
    driver.wait(1_000);
    driver.put_record(record("s", "k", vec![0; 10 * MIB - 1])).unwrap();
    assert_eq!(driver.put("s", "k", "x").unwrap_err(), exceeded(0));
    driver.wait(1);
    driver.put("s", "k", "x").unwrap();
    driver.wait(1_000);
    assert_eq!(driver.put_record(record("s", "k", vec![0; 10 * MIB - 1])).unwrap_err(), exceeded(0));
    driver.wait(10_000);
    driver.put_record(record("s", "k", vec![0; 10 * MIB - 1])).unwrap();
}

#[test]
fn shard_answers_five_reads_and_makes_five_iterators_a_second() {
    let mut driver = Driver::new();
    driver.stream("s", 1);
    let iterator = driver.iterator("s", 0, ShardIteratorType::TrimHorizon);
    for _ in 0..4 {
        driver.iterator("s", 0, ShardIteratorType::TrimHorizon);
    }
    let input = crate::driver::position("s", 0, ShardIteratorType::TrimHorizon);
    assert_eq!(driver.iterator_of(input).unwrap_err(), exceeded(0));
    for _ in 0..5 {
        driver.get(&iterator).unwrap();
    }
    assert_eq!(driver.get(&iterator).unwrap_err(), exceeded(0));
    driver.wait(200);
    driver.get(&iterator).unwrap();
}

#[test]
fn shard_pauses_for_five_seconds_after_ten_mebibytes() {
    let mut driver = Driver::new();
    driver.stream("s", 1);
    for _ in 0..12 {
        driver.put_record(record("s", "k", vec![0; MIB - 1])).unwrap();
        driver.wait(1_000);
    }
    let iterator = driver.iterator("s", 0, ShardIteratorType::TrimHorizon);
    let page = driver.get(&iterator).unwrap();
    assert_eq!(page.records.unwrap().len(), 10);
    let next = page.next_shard_iterator.unwrap();
    assert_eq!(driver.get(&next).unwrap_err(), exceeded(0));
    driver.wait(4_999);
    assert_eq!(driver.get(&next).unwrap_err(), exceeded(0));
    driver.wait(1);
    assert_eq!(driver.get(&next).unwrap().records.unwrap().len(), 2);
}
