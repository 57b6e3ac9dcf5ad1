//! Whatever becomes of the shards, every record is read once and in order.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use proptest::prelude::*;
use redeliver_model::kinesis::{self as model, ShardIteratorType};

use crate::driver::{Driver, entry, outline};

/// One thing that is done to a stream.
#[derive(Debug, Clone)]
enum Deed {
    /// Records with these keys are put.
    Put(Vec<u8>),
    /// An open shard is split at a part of its range.
    Split(prop::sample::Index, u8),
    /// An open shard is merged with the one behind it.
    Merge(prop::sample::Index),
    /// The stream is scaled to so many quarters of its shards.
    Scale(u8),
    /// Time passes.
    Wait(u16),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => prop::collection::vec(0_u8..20, 1..12).prop_map(Deed::Put),
        2 => (any::<prop::sample::Index>(), 1_u8..=254).prop_map(|(shard, part)| Deed::Split(shard, part)),
        2 => any::<prop::sample::Index>().prop_map(Deed::Merge),
        1 => (2_u8..=8).prop_map(Deed::Scale),
        2 => (0_u16..3_000).prop_map(Deed::Wait),
    ]
}

/// Number, first and last key of the open shards in the order of their keys.
fn open(driver: &mut Driver) -> Vec<(u32, u128, u128)> {
    let shards = driver.shards("s");
    let open = shards.iter().map(outline).filter(|shard| shard.4);
    let mut open: Vec<_> = open
        .map(|(id, _, start, end, _)| (id[8..].parse().unwrap(), start.parse().unwrap(), end.parse().unwrap()))
        .collect();
    open.sort_by_key(|&(_, start, _)| start);
    open
}

fn reshard(driver: &mut Driver, deed: &Deed) {
    let open = open(driver);
    // What is refused, since the stream is busy or a range too small, changes nothing.
    match deed {
        Deed::Split(shard, part) => {
            let (shard, start, end) = *shard.get(&open);
            let at = start + (end - start) / 256 * u128::from(*part);
            let _ = driver.split("s", shard, &at.to_string());
        }
        Deed::Merge(shard) if open.len() > 1 => {
            let at = shard.index(open.len() - 1);
            let _ = driver.merge("s", open[at].0, open[at + 1].0);
        }
        Deed::Scale(quarters) => {
            let target = (open.len() * usize::from(*quarters) / 4).max(1);
            let _ = driver.scale("s", i32::try_from(target).unwrap());
        }
        Deed::Merge(_) | Deed::Put(_) | Deed::Wait(_) => {}
    }
}

/// Reads all shards to their ends, children after all their parents.
fn drain(driver: &mut Driver) -> Vec<(String, String)> {
    let shards = driver.shards("s");
    let mut done = BTreeSet::new();
    let mut left: VecDeque<_> = shards.iter().map(outline).collect();
    let mut found = Vec::new();
    while let Some(shard) = left.pop_front() {
        if !shard.1.iter().all(|parent| done.contains(parent)) {
            left.push_back(shard);
            continue;
        }
        let mut iterator = Some(driver.iterator("s", shard.0[8..].parse().unwrap(), ShardIteratorType::TrimHorizon));
        while let Some(at) = iterator.take() {
            let page = driver.get_some(&at, Some(3)).unwrap();
            let records = page.records.unwrap();
            iterator = page.next_shard_iterator.filter(|_| !records.is_empty() || !shard.4);
            assert_eq!(page.child_shards.is_some(), iterator.is_none() && !shard.4);
            found.extend(records.into_iter().map(|record| {
                let text = String::from_utf8(record.data.unwrap().to_vec()).unwrap();
                (record.partition_key.unwrap(), text)
            }));
        }
        done.insert(shard.0);
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn ranges_stay_a_partition_and_records_are_read_once_in_order(
        shards in 1_i32..5,
        deeds in prop::collection::vec(deed(), 1..30),
    ) {
        let mut driver = Driver::unthrottled();
        driver.stream("s", shards);
        let mut sent: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut count = 0_u32;
        for deed in &deeds {
            match deed {
                Deed::Wait(millis) => driver.wait(u64::from(*millis)),
                Deed::Put(keys) => {
                    let mut batch: Vec<model::PutRecordsRequestEntry> = Vec::new();
                    for key in keys {
                        count += 1;
                        batch.push(entry(&format!("key{key}"), count.to_string()));
                        sent.entry(format!("key{key}")).or_default().push(count.to_string());
                    }
                    prop_assert_eq!(driver.put_records("s", batch).unwrap().failed_record_count, Some(0));
                }
                _ => reshard(&mut driver, deed),
            }
            let ranges = open(&mut driver);
            prop_assert_eq!((ranges[0].1, ranges[ranges.len() - 1].2), (0, u128::MAX));
            prop_assert!(ranges.windows(2).all(|pair| pair[0].2 + 1 == pair[1].1), "{:?}", ranges);
        }
        driver.wait(2_000);
        let mut read: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (key, text) in drain(&mut driver) {
            read.entry(key).or_default().push(text);
        }
        prop_assert_eq!(read, sent);
    }
}
