//! Records are read.

use redeliver_core::Oracle;
use redeliver_core::kinesis::Error;
use redeliver_model::Timestamp;
use redeliver_model::kinesis::{self as model, GetShardIteratorInput, ShardIteratorType};

use crate::driver::{Driver, position, shard_id, texts};

fn some(stream: &mut Driver, texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| stream.put("s", "k", text).unwrap().sequence_number.unwrap()).collect()
}

fn driver() -> Driver {
    let mut driver = Driver::unthrottled();
    driver.stream("s", 1);
    driver
}

#[test]
fn every_kind_of_iterator_begins_where_it_says() {
    let mut driver = driver();
    let numbers = some(&mut driver, &["a", "b"]);
    driver.wait(1_000);
    let second = driver.now;
    some(&mut driver, &["c"]);
    let read = |driver: &mut Driver, input: GetShardIteratorInput| {
        let iterator = driver.iterator_of(input).unwrap();
        some_later(driver, &iterator)
    };
    let at = |kind| position("s", 0, kind);
    let with_number =
        |kind, number: &String| GetShardIteratorInput { starting_sequence_number: Some(number.clone()), ..at(kind) };
    let with_time =
        |time| GetShardIteratorInput { timestamp: Some(Timestamp(time)), ..at(ShardIteratorType::AtTimestamp) };
    assert_eq!(read(&mut driver, at(ShardIteratorType::TrimHorizon)), ["a", "b", "c"]);
    assert_eq!(read(&mut driver, at(ShardIteratorType::Latest)), [""; 0]);
    assert_eq!(read(&mut driver, with_number(ShardIteratorType::AtSequenceNumber, &numbers[1])), ["b", "c"]);
    assert_eq!(read(&mut driver, with_number(ShardIteratorType::AfterSequenceNumber, &numbers[1])), ["c"]);
    assert_eq!(read(&mut driver, with_time(0)), ["a", "b", "c"]);
    assert_eq!(read(&mut driver, with_time(second - 999)), ["c"]);
    assert_eq!(read(&mut driver, with_time(second)), ["c"]);
    let first = driver.shards("s")[0].sequence_number_range.clone().unwrap().starting_sequence_number.unwrap();
    assert_eq!(read(&mut driver, with_number(ShardIteratorType::AtSequenceNumber, &first)), ["a", "b", "c"]);
    assert_eq!(read(&mut driver, with_number(ShardIteratorType::AfterSequenceNumber, &first)), ["a", "b", "c"]);
}

fn some_later(driver: &mut Driver, iterator: &str) -> Vec<String> {
    texts(&driver.get(iterator).unwrap())
}

#[test]
fn latest_is_fixed_when_the_iterator_is_made() {
    let mut driver = driver();
    some(&mut driver, &["before"]);
    let iterator = driver.iterator("s", 0, ShardIteratorType::Latest);
    some(&mut driver, &["after"]);
    assert_eq!(some_later(&mut driver, &iterator), ["after"]);
    assert_eq!(some_later(&mut driver, &iterator), ["after"], "an iterator may be used again");
}

#[test]
fn pages_follow_each_other_and_tell_how_far_behind_they_are() {
    let mut driver = driver();
    some(&mut driver, &["a", "b"]);
    driver.wait(4_000);
    some(&mut driver, &["c"]);
    driver.wait(1_000);
    let first = driver.iterator("s", 0, ShardIteratorType::TrimHorizon);
    let page = driver.get_some(&first, Some(1)).unwrap();
    assert_eq!((texts(&page), page.millis_behind_latest), (vec!["a".to_owned()], Some(5_000)));
    let page = driver.get_some(&page.next_shard_iterator.unwrap(), Some(1)).unwrap();
    assert_eq!((texts(&page), page.millis_behind_latest), (vec!["b".to_owned()], Some(1_000)));
    let page = driver.get(&page.next_shard_iterator.unwrap()).unwrap();
    assert_eq!((texts(&page), page.millis_behind_latest), (vec!["c".to_owned()], Some(0)));
    let next = page.next_shard_iterator.unwrap();
    let empty = driver.get(&next).unwrap();
    assert_eq!((texts(&empty), empty.millis_behind_latest), (vec![], Some(0)));
    assert_ne!(empty.next_shard_iterator.unwrap(), next);
}

#[test]
fn record_comes_back_as_it_was_given() {
    let mut driver = driver();
    let taken_at = driver.now;
    let number = driver.put("s", "key", "text").unwrap().sequence_number;
    let iterator = driver.iterator("s", 0, ShardIteratorType::TrimHorizon);
    let expected = model::Record {
        approximate_arrival_timestamp: Some(Timestamp(taken_at)),
        data: Some("text".into()),
        encryption_type: None,
        partition_key: Some("key".to_owned()),
        sequence_number: number,
    };
    assert_eq!(driver.get(&iterator).unwrap().records, Some(vec![expected]));
}

#[test]
fn iterator_expires_after_five_minutes_and_the_next_one_lives_anew() {
    let mut driver = driver();
    let made_at = Timestamp(driver.now);
    let iterator = driver.iterator("s", 0, ShardIteratorType::TrimHorizon);
    driver.wait(300_000);
    let next = driver.get(&iterator).unwrap().next_shard_iterator.unwrap();
    driver.wait(1);
    let expired = driver.get(&iterator).unwrap_err();
    assert_eq!(expired, Error::ExpiredIterator { made_at, now: Timestamp(driver.now) });
    assert_eq!(
        expired.to_string(),
        "Iterator expired. The iterator was created at time Thu Jan 01 00:00:01 UTC 2026 while right now it is Thu Jan 01 \
         00:05:01 UTC 2026 which is further in the future than the tolerated delay of 300000 milliseconds."
    );
    driver.wait(299_999);
    assert!(driver.get(&next).is_ok());
}

#[test]
fn page_has_ten_mebibytes_at_most() {
    const MIB: usize = 1_024 * 1_024;
    let mut driver = driver();
    for _ in 0..12 {
        driver.put_record(crate::driver::record("s", "k", vec![7; MIB - 1])).unwrap();
    }
    let iterator = driver.iterator("s", 0, ShardIteratorType::TrimHorizon);
    let page = driver.get(&iterator).unwrap();
    assert_eq!(page.records.unwrap().len(), 10);
    assert_eq!(driver.get(&page.next_shard_iterator.unwrap()).unwrap().records.unwrap().len(), 2);
}

#[test]
fn records_expire_after_the_retention_and_the_horizon_moves() {
    const DAY: u64 = 86_400_000;
    let mut driver = driver();
    let old = some(&mut driver, &["old"]).remove(0);
    driver.wait(DAY / 2);
    some(&mut driver, &["young"]);
    let read = |driver: &mut Driver| {
        let iterator = driver.iterator("s", 0, ShardIteratorType::TrimHorizon);
        some_later(driver, &iterator)
    };
    driver.wait(DAY / 2 - 1);
    assert_eq!(read(&mut driver), ["old", "young"]);
    driver.wait(1);
    assert_eq!(read(&mut driver), ["young"]);
    let below = GetShardIteratorInput {
        starting_sequence_number: Some(old),
        ..position("s", 0, ShardIteratorType::AtSequenceNumber)
    };
    let iterator = driver.iterator_of(below).unwrap();
    assert_eq!(some_later(&mut driver, &iterator), ["young"]);
}

#[test]
fn positions_that_do_not_fit_are_refused() {
    let mut driver = driver();
    driver.stream("t", 2);
    let of_other = driver.put("t", "b", "x").unwrap().sequence_number.unwrap();
    let at = |kind| position("t", 0, kind);
    let number = |number: &str| Some(number.to_owned());
    let text = |driver: &mut Driver, input| driver.iterator_of(input).unwrap_err().to_string();
    let input =
        GetShardIteratorInput { starting_sequence_number: Some(of_other), ..at(ShardIteratorType::AtSequenceNumber) };
    assert_eq!(
        text(&mut driver, input),
        "Invalid StartingSequenceNumber. It encodes shardId-000000000001, while it was used in a call to a shard with \
         shardId-000000000000"
    );
    let input =
        GetShardIteratorInput { starting_sequence_number: number("5"), ..at(ShardIteratorType::AtSequenceNumber) };
    assert_eq!(
        text(&mut driver, input),
        "StartingSequenceNumber 5 used in GetShardIterator on shard shardId-000000000000 in stream t under account \
         000000000000 is invalid."
    );
    let kinds = [
        (at(ShardIteratorType::AtSequenceNumber), "AT_SEQUENCE_NUMBER"),
        (GetShardIteratorInput { starting_sequence_number: number("5"), ..at(ShardIteratorType::Latest) }, "LATEST"),
    ];
    for (input, kind) in kinds {
        let number = input.starting_sequence_number.clone();
        let refused = driver.iterator_of(input).unwrap_err();
        assert_eq!(refused, Error::StartingNumber { kind: kind.to_owned(), number });
    }
    assert_eq!(driver.iterator_of(at(ShardIteratorType::AtTimestamp)).unwrap_err(), Error::NoTimestamp);
    let (timestamp, now) = (Timestamp(driver.now + 1), Timestamp(driver.now));
    let input = GetShardIteratorInput { timestamp: Some(timestamp), ..at(ShardIteratorType::AtTimestamp) };
    assert_eq!(driver.iterator_of(input).unwrap_err(), Error::TimestampInFuture { timestamp, now });
    let input = GetShardIteratorInput { shard_id: Some(shard_id(9)), ..at(ShardIteratorType::Latest) };
    assert_eq!(
        text(&mut driver, input),
        "Shard shardId-000000000009 in stream t under account 000000000000 does not exist"
    );
    assert_eq!(driver.get("garbage").unwrap_err(), Error::InvalidIterator);
}

#[test]
fn read_may_find_nothing_though_there_is_something() {
    /// Every other read finds nothing.
    struct Empty(bool);
    impl Oracle for Empty {
        fn read(&mut self, available: usize) -> usize {
            self.0 = !self.0;
            if self.0 { 0 } else { available }
        }
    }
    let mut driver = Driver::with(redeliver_core::Limits::default(), Empty(false));
    driver.stream("s", 1);
    some(&mut driver, &["a"]);
    let iterator = driver.iterator("s", 0, ShardIteratorType::TrimHorizon);
    let page = driver.get(&iterator).unwrap();
    assert_eq!((texts(&page), page.millis_behind_latest), (vec![], Some(1)));
    assert_eq!(some_later(&mut driver, &page.next_shard_iterator.unwrap()), ["a"]);
}
