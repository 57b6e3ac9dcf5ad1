//! What a reader is told to be the end of a shard is behind every record that was accepted.

use crate::mutation::mutated;
use crate::streams::{Number, Streams};
use crate::traffic::Traffic;
use crate::{Expectation, Verdict};

/// Needs acknowledged puts, and readers that came to the end of a shard. Where nobody read so far, nobody can say that something is lost. A
/// backend may take a moment to show what it accepted. Records may be gone after 24 hours, or be trimmed by the chaos (K14).
pub(in crate::invariants) fn check(traffic: &Traffic<'_>, expectation: &Expectation) -> Verdict {
    let streams = traffic.streams();
    let tips = tips(streams);
    if tips.iter().all(Vec::is_empty) || streams.acknowledged().next().is_none() {
        return Verdict::unknown("acknowledged puts, and readers that came to the end of a shard");
    }
    let excuse = traffic.named(&["K14"]);
    let mut witness = Vec::new();
    for (record, put) in streams.acknowledged().filter(|(record, _)| streams.records[*record].got.is_none()) {
        let stored = &streams.records[record];
        let from_ms = put.span.end_ms.saturating_add(expectation.slack_ms);
        let tips = &tips[stored.shard];
        let later = tips.partition_point(|tip| tip.begin_ms <= from_ms);
        let Some(tip) = tips.get(later).filter(|tip| tip.least < stored.number) else { continue };
        let trimmed = streams.may_be_trimmed(record, traffic.end.1);
        if trimmed || excuse.covers(streams.names_of(record)) || mutated("at-least-once: no record is lost") {
            continue;
        }
        let (shown, at, end) = (streams.shown(record), put.span.end_ms, tip.begin_ms);
        witness.push(format!(
            "{shown} was accepted at {at} ms and never read, though readers came to the end of its shard after {end} ms"
        ));
    }
    Verdict::from_witness(witness)
}

/// A reader at the end of a shard.
#[derive(Debug, Clone, Copy)]
struct Tip<'a> {
    begin_ms: u64,
    /// The least number that this reader, or one that came to the end later, was behind.
    least: Number<'a>,
}

/// The readers at the end of each shard, in order of time.
fn tips<'a>(streams: &Streams<'a>) -> Vec<Vec<Tip<'a>>> {
    let mut all = vec![Vec::new(); streams.shards.len()];
    for read in streams.reads.iter().filter(|read| read.at_tip) {
        // What was there before a reader with the latest record began, it does not come by.
        let Some(least) = read.after.behind().filter(|_| read.from.behind().is_some()) else { continue };
        all[read.shard].push(Tip { begin_ms: read.span.begin_ms, least });
    }
    for tips in &mut all {
        tips.sort_by_key(|tip| tip.begin_ms);
        for at in (1..tips.len()).rev() {
            tips[at - 1].least = tips[at - 1].least.min(tips[at].least);
        }
    }
    all
}
