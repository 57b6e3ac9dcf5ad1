//! A checkpoint is written after the effects of all records up to it, never before.

use std::collections::BTreeMap;

use crate::mutation::mutated;
use crate::streams::Number;
use crate::traffic::Traffic;
use crate::{CheckpointEnd, Expectation, Verdict};

/// Needs checkpoints, and effects or handlers. Records count that were read before the checkpoint was written, by whomever; a handler may put
/// a record aside on purpose: it ends with a reason. Records that cannot be handled, and those that hold records of a producer library, are
/// left out. A checkpoint whose reply was lost may have been written. Allows for no fault.
pub(super) fn check(traffic: &Traffic<'_>, expectation: &Expectation) -> Verdict {
    if traffic.checkpoint_notes.is_empty() {
        return Verdict::unknown("checkpoints of the consumer");
    }
    let streams = traffic.streams();
    let work = streams.work(traffic, expectation);
    if !work.is_told {
        return Verdict::unknown("effects or handlers of the consumer");
    }
    let mut witness = Vec::new();
    // Up to which rank each shard was looked at.
    let mut ranks: BTreeMap<usize, usize> = BTreeMap::new();
    for note in &traffic.checkpoint_notes {
        let Some(shard) = streams.find_shard(note.stream, note.shard) else { continue };
        if note.outcome == CheckpointEnd::Refused {
            continue;
        }
        let records = &streams.shards[shard].records;
        let end = match (note.sequence, Number::of(note.sequence)) {
            ("SHARD_END", _) => records.len(),
            (_, Some(number)) => streams.rank_behind(shard, number),
            _ => continue,
        };
        let from = ranks.get(&shard).copied().unwrap_or_default();
        ranks.insert(shard, from.max(end));
        for &record in records.get(from..end).unwrap_or_default() {
            let got = streams.records[record].seen.map(|got| &streams.reads[streams.got[got].read]);
            let is_read = got.is_some_and(|read| read.span.end < note.at);
            let payload = &streams.payloads[streams.records[record].payload];
            let is_left_out = payload.is_aggregated() || expectation.poison.contains(streams.key(record));
            let done = work.done[record];
            let in_time =
                done.is_some_and(|done| done.at < note.at || mutated("checkpoint-after-effect: later is fine"));
            if is_read && !is_left_out && !in_time && !mutated("checkpoint-after-effect: any checkpoint") {
                let (shown, at) = (streams.shown(record), note.at_ms);
                let done = done
                    .map_or("which had no effect".to_owned(), |done| format!("whose effect came at {} ms", done.at_ms));
                witness.push(format!("consumer {} wrote a checkpoint at {at} ms behind {shown}, {done}", note.process));
            }
        }
    }
    Verdict::from_witness(witness)
}
