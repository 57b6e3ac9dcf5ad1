//! What a ledger says of invariants.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::ledger::{Entries, Seen, Taken};

/// What a shard takes and gives in a second.
/// <https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html>
const RECORDS_IN: u64 = 1_000;
const BYTES_IN: u64 = 1 << 20;
const READS_OUT: u64 = 5;
const BYTES_OUT: u64 = 2 << 20;
/// What one answer may have, after which a shard gives nothing until its rate has caught up.
const ANSWER_MAX: u64 = 10 << 20;
/// How many lines a witness has at most.
const WITNESS_MAX: usize = 20;

/// Every reader read every record whose put was acknowledged.
pub(super) fn at_least_once(entries: &Entries) -> Vec<String> {
    let mut witness = Vec::new();
    for (reader, seen) in &entries.readers {
        let read: BTreeSet<_> = seen.iter().map(|seen| (&seen.shard, &seen.sequence)).collect();
        for taken in entries.taken.iter().filter(|taken| !read.contains(&(&taken.shard, &taken.sequence))) {
            witness.push(format!("reader {reader} never read {}", shown(taken)));
        }
    }
    cut(witness)
}

/// Nothing was read that had not been put, unchanged.
pub(super) fn no_invention(entries: &Entries) -> Vec<String> {
    let taken: BTreeMap<_, _> = entries.taken.iter().map(|taken| ((&taken.shard, &taken.sequence), taken)).collect();
    let mut witness = Vec::new();
    let replayed = entries.replays.iter().flat_map(|replay| &replay.came);
    for seen in entries.readers.values().flatten().chain(replayed) {
        let is_same = |taken: &&Taken| (&taken.record.key, &taken.record.data) == (&seen.key, &seen.data);
        let is_known = match taken.get(&(&seen.shard, &seen.sequence)) {
            Some(taken) => is_same(taken),
            // A put without an answer may have had its effect.
            None => entries.tried.contains(&(seen.key.clone(), seen.data.clone())),
        };
        if !is_known {
            witness.push(format!(
                "{} of {} was read as `{}` with key `{}`",
                seen.sequence, seen.shard, seen.data, seen.key
            ));
        }
    }
    cut(witness)
}

/// What was read again came again, in the same order.
pub(super) fn same_replay(entries: &Entries) -> Vec<String> {
    let mut witness = Vec::new();
    for replay in entries.replays.iter().filter(|replay| replay.due != replay.came) {
        let differs = replay.due.iter().zip(&replay.came).position(|(due, came)| due != came);
        let at = differs.unwrap_or_else(|| replay.due.len().min(replay.came.len()));
        let number = |seen: &[Seen]| seen.get(at).map_or_else(|| "nothing".to_owned(), |seen| seen.sequence.clone());
        witness.push(format!(
            "{}: {} records were due and {} came; record {at} was due to be {} and was {}",
            replay.from,
            replay.due.len(),
            replay.came.len(),
            number(&replay.due),
            number(&replay.came)
        ));
    }
    cut(witness)
}

/// No shard took or gave more than it may.
pub(super) fn shard_limits(entries: &Entries) -> Vec<String> {
    let mut meters: BTreeMap<(&str, &str), Meter> = BTreeMap::new();
    let mut witness = Vec::new();
    let mut charge = |shard, what, rate, most, at, amount| {
        let meter = meters.entry((shard, what)).or_insert_with(|| Meter::new(rate, most));
        if !meter.charge(at, amount) {
            witness.push(format!("{shard} had more than {rate} {what} a second at {} ms", at.as_millis()));
        }
    };
    for taken in &entries.taken {
        charge(&taken.shard, "records in", RECORDS_IN, RECORDS_IN, taken.at, 1);
        charge(&taken.shard, "bytes in", BYTES_IN, BYTES_IN, taken.at, taken.record.bytes);
    }
    for got in &entries.got {
        charge(&got.shard, "reads", READS_OUT, READS_OUT, got.at, 1);
        charge(&got.shard, "bytes out", BYTES_OUT, BYTES_OUT + ANSWER_MAX, got.at, got.bytes);
    }
    cut(witness)
}

/// Counts what passed against a rate: as much as fits in at once, and the rate for each second.
struct Meter {
    rate: u64,
    most: u128,
    /// What is left, in thousandths.
    left: u128,
    at: Duration,
}

impl Meter {
    fn new(rate: u64, most: u64) -> Self {
        let most = u128::from(most) * 1_000;
        Self { rate, most, left: most, at: Duration::ZERO }
    }

    fn charge(&mut self, at: Duration, amount: u64) -> bool {
        let passed = at.saturating_sub(self.at);
        // A millisecond more: answers are seen at whole ones.
        self.left = (self.left + (passed.as_millis() + 1) * u128::from(self.rate)).min(self.most);
        self.at = at;
        let amount = u128::from(amount) * 1_000;
        let is_there = self.left >= amount;
        self.left = self.left.saturating_sub(amount);
        is_there
    }
}

fn shown(taken: &Taken) -> String {
    format!("record {} of {} with key `{}`", taken.sequence, taken.shard, taken.record.key)
}

fn cut(mut witness: Vec<String>) -> Vec<String> {
    witness.truncate(WITNESS_MAX);
    witness
}
