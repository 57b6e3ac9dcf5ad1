//! On-demand streams grow with what they take.

use redeliver_model::Bytes;
use redeliver_model::kinesis::{Command, DescribeLimitsInput, Shard};

use crate::driver::{Driver, entry};

const KB: usize = 1_000;

/// Puts `kb` kilobytes a second, for a minute, into the shards of these keys; every put is the same bytes.
fn load(driver: &mut Driver, keys: &[&str], kb: usize) {
    let data = Bytes::from(vec![0; kb * KB]);
    for _ in 0..60 {
        let records = keys.iter().map(|key| entry(key, data.clone())).collect();
        assert_eq!(driver.put_records("s", records).unwrap().failed_record_count, Some(0));
        driver.pass(1_000);
    }
}

/// Keys of the four shards of a new stream, one each.
fn keys(driver: &mut Driver) -> Vec<&'static str> {
    let mut found: Vec<(String, &'static str)> = Vec::new();
    for key in ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"] {
        let shard = driver.put("s", key, "").unwrap().shard_id.unwrap();
        if found.iter().all(|(other, _)| *other != shard) {
            found.push((shard, key));
        }
    }
    assert_eq!(found.len(), 4);
    found.into_iter().map(|(_, key)| key).collect()
}

fn is_open(shard: &Shard) -> bool {
    shard.sequence_number_range.as_ref().unwrap().ending_sequence_number.is_none()
}

/// Open shards, and the ids of the parents of those that came later.
fn shards(driver: &mut Driver) -> (usize, Vec<Option<String>>) {
    let shards = driver.shards("s");
    let open = shards.iter().filter(|shard| is_open(shard)).count();
    (open, shards.into_iter().skip(4).map(|shard| shard.parent_shard_id).collect())
}

#[test]
fn shard_that_takes_too_much_is_split_within_fifteen_minutes() {
    let mut driver = Driver::new();
    driver.on_demand("s");
    let hot = keys(&mut driver)[0];
    let shard = driver.put("s", hot, "").unwrap().shard_id;
    let begin = driver.now;
    load(&mut driver, &[hot], 501);
    driver.pass(14 * 60_000 - 1);
    assert_eq!((driver.now - begin, shards(&mut driver).0), (15 * 60_000 - 1, 4));
    driver.pass(1);
    assert_eq!(shards(&mut driver), (5, vec![shard.clone(), shard]));
}

#[test]
fn stream_gets_room_for_twice_its_peak() {
    let mut driver = Driver::new();
    driver.on_demand("s");
    let keys = keys(&mut driver);
    // Four shards take 2.4 MB a second together, none of them more than would split it alone.
    let more: Vec<_> = keys.iter().flat_map(|key| [*key; 1]).collect();
    load(&mut driver, &more, 490);
    driver.pass(20 * 60_000);
    assert_eq!(shards(&mut driver).0, 4, "twice 1.96 MB a second fits into four shards");
    load(&mut driver, &more, 700);
    driver.pass(20 * 60_000);
    let (open, later) = shards(&mut driver);
    assert_eq!((open, later.len()), (8, 8), "all four were hot, and twice 2.8 MB a second fits into eight");
}

#[test]
fn provisioned_streams_and_calm_ones_stay_as_they_are() {
    let mut driver = Driver::new();
    driver.stream("s", 1);
    load(&mut driver, &["a"], 900);
    driver.pass(60 * 60_000);
    assert_eq!(driver.shards("s").len(), 1);
    let mut driver = Driver::new();
    driver.on_demand("s");
    let keys = keys(&mut driver);
    load(&mut driver, &keys, 100);
    driver.pass(60 * 60_000);
    assert_eq!(driver.shards("s").len(), 4);
    assert!(driver.call(Command::DescribeLimits(DescribeLimitsInput::default())).is_ok());
}
