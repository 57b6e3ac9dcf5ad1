//! Readers of a shard see every record up to the last that they saw, and all of it before they go on with its children.

use crate::mutation::mutated;
use crate::streams::{Starts, Streams};
use crate::traffic::Traffic;
use crate::{Expectation, Verdict};

/// How far readers are with a shard.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    /// How many of its records, in their order, they have seen or left behind.
    count: usize,
    /// Whether they went on with a shard that came of it, of which they have to see everything.
    left: bool,
}

/// Needs acknowledged puts, reads of processes other than the test itself, which count as one group, and a history that goes on until
/// the shards were read. Readers see what came before they started only if they asked for it; of shards that come of those that they read,
/// they see everything. Records may be gone after 24 hours, or be trimmed by the chaos (K14).
pub(super) fn check(traffic: &Traffic<'_>, expectation: &Expectation) -> Verdict {
    let streams = traffic.streams();
    let is_seen = streams.records.iter().any(|record| record.seen.is_some());
    if !is_seen || streams.acknowledged().next().is_none() {
        return Verdict::unknown("acknowledged puts, and records that a consumer read");
    }
    let starts = streams.starts();
    let seen = seen(streams, starts);
    let excuse = traffic.named(&["K14"]);
    let mut witness = Vec::new();
    for (record, put) in streams.acknowledged() {
        let stored = &streams.records[record];
        let (seen, start) = (&seen[stored.shard], &starts[stored.shard]);
        let passed = stored.rank < seen.count || seen.left;
        let reached = start.reach(streams, stored) || (seen.left && !start.is_read);
        if stored.seen.is_some() || !passed || !reached {
            continue;
        }
        let trimmed =
            streams.may_be_trimmed(record, traffic.end.1) && !mutated("prefix-lost-write: nothing is trimmed");
        if trimmed || excuse.covers(streams.names_of(record)) || mutated("prefix-lost-write: gaps are fine") {
            continue;
        }
        let (shown, at) = (streams.shown(record), put.span.end_ms);
        let why = if stored.rank < seen.count {
            "records behind it were read"
        } else {
            "the shards that came of its own were read"
        };
        witness.push(format!("{shown} was accepted at {at} ms and never read, though {why}"));
    }
    if !witness.is_empty() && !expectation.drained {
        return Verdict::unknown("a history that goes on until the shards were read");
    }
    Verdict::from_witness(witness)
}

/// How far readers are with each shard.
fn seen(streams: &Streams<'_>, starts: &[Starts<'_>]) -> Vec<Seen> {
    let mut all = vec![Seen::default(); streams.shards.len()];
    for record in streams.records.iter().filter(|record| record.seen.is_some()) {
        let seen = &mut all[record.shard];
        seen.count = seen.count.max(record.rank + 1);
    }
    for shard in 0..all.len() {
        if all[shard].count == 0 || !starts[shard].all || mutated("prefix-lost-write: parents may be left") {
            continue;
        }
        let mut left = streams.shards[shard].parents.clone();
        while let Some(parent) = left.pop() {
            if !std::mem::replace(&mut all[parent].left, true) {
                left.extend(&streams.shards[parent].parents);
            }
        }
    }
    all
}
