//! After the last fault every record is done in time.

use crate::mutation::mutated;
use crate::traffic::Traffic;
use crate::{Expectation, Verdict};

/// Needs the time that is allowed, effects or handlers, and a history that reaches so far, or is done before. What came before the readers
/// started, cannot be handled, or was trimmed, is not waited for.
pub(in crate::invariants) fn check(traffic: &Traffic<'_>, expectation: &Expectation) -> Verdict {
    let Some(within_ms) = expectation.drain_within_ms else {
        return Verdict::unknown("the time after the last fault in which everything must be done");
    };
    let streams = traffic.streams();
    let work = streams.work(traffic, expectation);
    if !work.is_told {
        return Verdict::unknown("effects or handlers of the consumer");
    }
    let last_put_ms = streams.acknowledged().map(|(_, put)| put.span.end_ms).max().unwrap_or_default();
    let healed_ms = traffic.faults.last().map_or(0, |fault| fault.at_ms);
    let due_ms = healed_ms.max(last_put_ms).saturating_add(within_ms);
    let (starts, excuse) = (streams.starts(), traffic.named(&["K14"]));
    let mut witness = Vec::new();
    let mut left = false;
    for (record, _) in streams.acknowledged() {
        let stored = &streams.records[record];
        let start = &starts[stored.shard];
        let is_left_out = expectation.poison.contains(streams.key(record))
            || streams.payloads[stored.payload].is_aggregated()
            || (start.is_read && !start.reach(streams, stored))
            || streams.may_be_trimmed(record, traffic.end.1)
            || excuse.covers(streams.names_of(record));
        let done_ms = work.done[record].map(|done| done.at_ms);
        if !is_left_out && done_ms.is_none_or(|at| at > due_ms) && !mutated("drained: no record is waited for") {
            left |= done_ms.is_none();
            let done = done_ms.map_or("was never done".to_owned(), |at| format!("was done at {at} ms"));
            witness.push(format!("{} {done}; everything was due at {due_ms} ms", streams.shown(record)));
        }
    }
    if left && traffic.end.1 < due_ms {
        return Verdict::unknown("a history that goes on for that time after the last fault");
    }
    Verdict::from_witness(witness)
}
