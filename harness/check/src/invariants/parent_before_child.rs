//! The records of a shard are handled after those of the shards that it came of.

use crate::mutation::mutated;
use crate::streams::{Moment, Streams, Work};
use crate::traffic::Traffic;
use crate::{Expectation, Verdict};

/// Needs effects or handlers, and shards that came of others. What counts is when each record was first handled: what is done again after a
/// crash may come late. What was never handled, other invariants are about. Allows for no fault.
pub(super) fn check(traffic: &Traffic<'_>, expectation: &Expectation) -> Verdict {
    let streams = traffic.streams();
    let work = streams.work(traffic, expectation);
    if !work.is_told {
        return Verdict::unknown("effects or handlers of the consumer");
    }
    if streams.shards.iter().all(|shard| shard.parents.is_empty()) {
        return Verdict::unknown("shards that came of others");
    }
    let last = last(streams, work);
    let mut witness = Vec::new();
    for shard in &streams.shards {
        let begun = |record: &&usize| work.begun[**record].map(|begun| (begun, **record));
        let Some((first, record)) = shard.records.iter().filter_map(|record| begun(&record)).min() else { continue };
        for parent in &shard.parents {
            if let Some((late, of_parent)) = last[*parent].filter(|(late, _)| *late > first)
                && !mutated("parent-before-child: any order")
            {
                let (child, parent) = (streams.shown(record), streams.shown(of_parent));
                witness.push(format!(
                    "the work on {child} began at {} ms, before that on {parent}, which came before it, was done at {} ms",
                    first.at_ms, late.at_ms
                ));
            }
        }
    }
    Verdict::from_witness(witness)
}

/// When the last record of each shard, or of one that it came of, was first done, and which that is.
fn last(streams: &Streams<'_>, work: &Work) -> Vec<Option<(Moment, usize)>> {
    let done = |record: &usize| {
        let begun = work.begun[*record]?;
        Some((
            work.done[*record].filter(|_| !mutated("parent-before-child: beginnings count")).unwrap_or(begun),
            *record,
        ))
    };
    let own = |records: &Vec<usize>| records.iter().filter_map(done).max();
    let mut last: Vec<_> = streams.shards.iter().map(|shard| own(&shard.records)).collect();
    // Parents have lesser ids than their children: mostly one round does.
    let mut order: Vec<_> = (0..streams.shards.len()).collect();
    order.sort_by_key(|shard| streams.shards[*shard].id);
    for _ in 0..streams.shards.len() {
        let mut changed = false;
        for shard in &order {
            let of_parents = streams.shards[*shard].parents.iter().filter_map(|parent| last[*parent]).max();
            if of_parents > last[*shard] && !mutated("parent-before-child: only parents count") {
                last[*shard] = of_parents;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    last
}
