//! Successive answers of one chain of iterators leave out no record.

use crate::mutation::mutated;
use crate::streams::{Position, Read, Streams};
use crate::traffic::Traffic;
use crate::{Expectation, Verdict};

/// How many records of a gap are looked at: where it is none that age explains, the newest show it.
const LOOKED_AT_MAX: usize = 100;

/// Needs reads of shards. Each answer goes on where the last one of its chain ended, or where a new iterator was asked for; the order is
/// that of the numbers of all records that are known. Where a reader takes a new iterator is its own affair, which `prefix-lost-write` is
/// about. Records may be gone after 24 hours, or be trimmed by the chaos (K14).
pub(super) fn check(traffic: &Traffic<'_>, _: &Expectation) -> Verdict {
    let streams = traffic.streams();
    if streams.got.is_empty() {
        return Verdict::unknown("records that were read from shards");
    }
    let excuse = traffic.named(&["K14"]);
    let mut witness = Vec::new();
    for read in &streams.reads {
        let records = &streams.shards[read.shard].records;
        let mut expected = expected(streams, read);
        for got in read.got.clone() {
            let record = streams.got[got].record;
            let rank = streams.records[record].rank;
            let gap = expected.map_or(0..0, |expected| expected.min(rank)..rank);
            let is_missing = |other: &&usize| {
                let trimmed = streams.may_be_trimmed(**other, read.span.end_ms);
                let there = !trimmed || mutated("poll-skip: nothing is trimmed");
                there && !excuse.covers(streams.names_of(**other)) && was_there(streams, read, **other)
            };
            let skipped = records[gap].iter().rev().take(LOOKED_AT_MAX).find(is_missing);
            if let Some(skipped) = skipped.filter(|_| !mutated("poll-skip: gaps are fine")) {
                let (process, at) = (read.process, read.span.end_ms);
                let (came, missing) = (streams.shown(record), streams.shown(*skipped));
                witness
                    .push(format!("consumer {process} got {came} at {at} ms, and not {missing}, which lies before it"));
            }
            expected = Some(rank + 1);
        }
    }
    Verdict::from_witness(witness)
}

/// The rank of the next record for a reader; `None` when nobody knows.
pub(super) fn expected(streams: &Streams<'_>, read: &Read<'_>) -> Option<usize> {
    match read.from {
        // What came since the latest record, the times of puts tell.
        Position::Horizon | Position::Latest(_) => Some(0),
        Position::After(number) => Some(streams.rank_behind(read.shard, number)),
        Position::At(number) => {
            let records = &streams.shards[read.shard].records;
            Some(records.partition_point(|record| streams.records[*record].number < number))
        }
        Position::Unknown => None,
    }
}

/// Whether a reader that began with the latest record had to see this one.
fn was_there(streams: &Streams<'_>, read: &Read<'_>, record: usize) -> bool {
    match read.from {
        Position::Latest(span) => streams.put_of(record).is_some_and(|put| span.before(&put.span)),
        _ => true,
    }
}
