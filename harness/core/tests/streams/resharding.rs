//! Shards become others.

use std::sync::Arc;

use redeliver_core::kinesis::{Error, HashKey, HashRange, ShardId};
use redeliver_model::kinesis::{ShardIteratorType, StreamStatus};

use crate::driver::{ACCOUNT, Driver, LAST_KEY, outline, shard_id, texts};

/// The first key of the second of two shards.
const HALF: &str = "170141183460469231731687303715884105728";
const BEFORE_HALF: &str = "170141183460469231731687303715884105727";

fn told(
    number: u32,
    parents: &[u32],
    start: &str,
    end: &str,
    is_open: bool,
) -> (String, Vec<String>, String, String, bool) {
    let parents = parents.iter().copied().map(shard_id).collect();
    (shard_id(number), parents, start.to_owned(), end.to_owned(), is_open)
}

fn outlines(driver: &mut Driver) -> Vec<(String, Vec<String>, String, String, bool)> {
    driver.shards("s").iter().map(outline).collect()
}

#[test]
fn split_closes_the_parent_and_opens_two_children_after_a_while() {
    let mut driver = Driver::new();
    driver.stream("s", 1);
    driver.split("s", 0, HALF).unwrap();
    assert_eq!(driver.status("s"), Ok(StreamStatus::Updating));
    assert_eq!(driver.put("s", "k", "meanwhile").unwrap().shard_id, Some(shard_id(0)));
    assert_eq!(outlines(&mut driver), [told(0, &[], "0", LAST_KEY, true)]);
    driver.wait(1_000);
    assert_eq!(driver.status("s"), Ok(StreamStatus::Active));
    let expected = [
        told(0, &[], "0", LAST_KEY, false),
        told(1, &[0], "0", BEFORE_HALF, true),
        told(2, &[0], HALF, LAST_KEY, true),
    ];
    assert_eq!(outlines(&mut driver), expected);
    assert_eq!(driver.put("s", "k", "afterwards").unwrap().shard_id, Some(shard_id(2)));
}

#[test]
fn children_have_higher_numbers_than_their_parents() {
    let mut driver = Driver::new();
    driver.stream("s", 1);
    driver.split("s", 0, HALF).unwrap();
    driver.wait(1_000);
    driver.merge("s", 1, 2).unwrap();
    driver.wait(1_000);
    let ranges: Vec<_> = driver.shards("s").into_iter().map(|shard| shard.sequence_number_range.unwrap()).collect();
    let start = |shard: usize| ranges[shard].starting_sequence_number.clone().unwrap();
    let end = |shard: usize| ranges[shard].ending_sequence_number.clone().unwrap();
    assert!(start(0) < end(0) && end(0) < start(1) && end(0) < start(2));
    assert!(end(1) < start(3) && end(2) < start(3) && ranges[3].ending_sequence_number.is_none());
}

#[test]
fn merge_closes_two_and_opens_one() {
    let mut driver = Driver::new();
    driver.stream("s", 2);
    driver.merge("s", 0, 1).unwrap();
    driver.wait(1_000);
    let expected = [
        told(0, &[], "0", BEFORE_HALF, false),
        told(1, &[], HALF, LAST_KEY, false),
        told(2, &[0, 1], "0", LAST_KEY, true),
    ];
    assert_eq!(outlines(&mut driver), expected);
}

#[test]
fn closed_shard_is_read_to_its_end_and_names_its_children() {
    let mut driver = Driver::new();
    driver.stream("s", 1);
    driver.put("s", "k", "a").unwrap();
    let iterator = driver.iterator("s", 0, ShardIteratorType::TrimHorizon);
    driver.split("s", 0, HALF).unwrap();
    driver.wait(1_000);
    let page = driver.get(&iterator).unwrap();
    assert_eq!(
        (texts(&page), page.next_shard_iterator, page.millis_behind_latest),
        (vec!["a".to_owned()], None, Some(0))
    );
    let children: Vec<_> = page
        .child_shards
        .unwrap()
        .into_iter()
        .map(|child| (child.shard_id.unwrap(), child.parent_shards.unwrap(), child.hash_key_range.unwrap()))
        .map(|(id, parents, range)| (id, parents, range.starting_hash_key.unwrap(), range.ending_hash_key.unwrap()))
        .collect();
    let child =
        |number, start: &str, end: &str| (shard_id(number), vec![shard_id(0)], start.to_owned(), end.to_owned());
    assert_eq!(children, [child(1, "0", BEFORE_HALF), child(2, HALF, LAST_KEY)]);
    let latest = driver.iterator("s", 0, ShardIteratorType::Latest);
    let page = driver.get(&latest).unwrap();
    assert_eq!(
        (texts(&page), page.next_shard_iterator, page.child_shards.map(|children| children.len())),
        (vec![], None, Some(2))
    );
}

#[test]
fn closed_shard_is_listed_until_the_retention_is_over() {
    let mut driver = Driver::new();
    driver.stream("s", 1);
    driver.split("s", 0, HALF).unwrap();
    driver.wait(1_000);
    driver.wait(86_400_000 - 1);
    assert_eq!(driver.shards("s").len(), 3);
    driver.wait(1);
    assert_eq!(driver.shards("s").iter().map(|shard| outline(shard).0).collect::<Vec<_>>(), [shard_id(1), shard_id(2)]);
    let gone = crate::driver::position("s", 0, ShardIteratorType::TrimHorizon);
    assert!(matches!(driver.iterator_of(gone), Err(Error::ShardNotFound { .. })));
}

#[test]
fn split_has_to_leave_both_children_keys() {
    let mut driver = Driver::new();
    driver.stream("s", 1);
    let range = HashRange { start: HashKey(0), end: HashKey(u128::MAX) };
    let refused = |value: &str| {
        let (shard, stream, account) = (ShardId(0), "s".into(), ACCOUNT.into());
        Err(Error::NotInside { value: value.to_owned(), shard, stream, account, range })
    };
    for key in ["0", "1", LAST_KEY, "340282366920938463463374607431768211456"] {
        assert_eq!(driver.split("s", 0, key), refused(key));
    }
    assert_eq!(
        refused("1").unwrap_err().to_string(),
        "NewStartingHashKey 1 used in SplitShard() on shard shardId-000000000000 in stream s under account 000000000000 is not \
         both greater than one plus the shard's StartingHashKey 0 and less than the shard's EndingHashKey \
         340282366920938463463374607431768211455."
    );
    driver.split("s", 0, "2").unwrap();
}

#[test]
fn what_cannot_be_split_or_merged_is_refused() {
    let mut driver = Driver::new();
    driver.stream("s", 3);
    let (stream, account): (Arc<str>, Arc<str>) = ("s".into(), ACCOUNT.into());
    let not_adjacent = |shard, adjacent| {
        let (stream, account) = (stream.clone(), account.clone());
        Err(Error::NotAdjacent { shard: ShardId(shard), adjacent: ShardId(adjacent), stream, account })
    };
    assert_eq!(driver.merge("s", 0, 2), not_adjacent(0, 2));
    assert_eq!(driver.merge("s", 1, 0), not_adjacent(1, 0));
    let missing =
        Error::ShardToReshardNotFound { shard: shard_id(9), stream: stream.clone(), account: account.clone() };
    assert_eq!(driver.split("s", 9, HALF), Err(missing.clone()));
    assert_eq!(
        missing.to_string(),
        "Could not find shard shardId-000000000009 in stream s under account 000000000000."
    );
    driver.merge("s", 0, 1).unwrap();
    let busy = driver.merge("s", 1, 2).unwrap_err();
    assert_eq!(busy.to_string(), "Stream s under account 000000000000 not ACTIVE, instead in state UPDATING");
    driver.wait(1_000);
    let again = Err(Error::AlreadyResharded { shard: ShardId(1), stream, account });
    assert_eq!(driver.merge("s", 1, 2), again);
    assert_eq!(driver.split("s", 1, HALF), again);
}

#[test]
fn on_demand_stream_is_not_resharded_by_its_owner() {
    let mut driver = Driver::new();
    driver.on_demand("s");
    assert_eq!(driver.split("s", 0, HALF), Err(Error::OnDemand { operation: "SplitShard" }));
    assert_eq!(driver.merge("s", 0, 1), Err(Error::OnDemand { operation: "MergeShards" }));
    assert_eq!(driver.scale("s", 8).unwrap_err(), Error::OnDemand { operation: "UpdateShardCount" });
}

#[test]
fn scaling_ends_with_equal_ranges_and_every_shard_has_its_parents() {
    for (from, to) in [(1, 2), (2, 4), (4, 2), (2, 1), (3, 5), (5, 3), (4, 7), (7, 4), (6, 3), (3, 6)] {
        let mut driver = Driver::new();
        driver.stream("s", from);
        let output = driver.scale("s", to).unwrap();
        assert_eq!((output.current_shard_count, output.target_shard_count), (Some(from), Some(to)));
        assert_eq!((output.stream_name, output.stream_arn), (Some("s".to_owned()), Some(driver.arn("s"))));
        driver.wait(1_000);
        let all = outlines(&mut driver);
        let open = all.iter().filter(|shard| shard.4).map(|shard| shard.2.parse().unwrap());
        let mut starts: Vec<u128> = open.collect();
        starts.sort_unstable();
        let expected: Vec<_> = HashRange::even(u32::try_from(to).unwrap()).map(|range| range.start.0).collect();
        assert_eq!(starts.len(), expected.len(), "{from} to {to}: {all:?}");
        // Rounding of the old ranges is kept.
        let near = starts.iter().zip(&expected).all(|(start, expected)| start.abs_diff(*expected) <= 8);
        assert!(near, "{from} to {to}: {starts:?}");
        let later = &all[usize::try_from(from).unwrap()..];
        assert!(later.iter().all(|shard| !shard.1.is_empty()), "{all:?}");
    }
}

#[test]
fn scaling_keeps_to_its_rules() {
    let mut driver = Driver::new();
    driver.stream("s", 4);
    let too_far = |up, target| Error::ScaledTooFar { up, current: 4, target };
    assert_eq!(driver.scale("s", 9).unwrap_err(), too_far(true, 9));
    assert_eq!(driver.scale("s", 1).unwrap_err(), too_far(false, 1));
    for _ in 0..5 {
        driver.scale("s", 5).unwrap();
        driver.wait(1_000);
        driver.scale("s", 4).unwrap();
        driver.wait(1_000);
    }
    assert_eq!(driver.scale("s", 5).unwrap_err(), Error::TooOften { operation: "UpdateShardCount", limit: 10 });
    driver.wait(86_400_000 - 10_000);
    driver.scale("s", 5).unwrap();
}
