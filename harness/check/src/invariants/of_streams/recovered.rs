//! A put that was refused had no effect; one without an answer may have had it.

use crate::mutation::mutated;
use crate::traffic::{Outcome, Traffic};
use crate::{Phase, Verdict};

/// Needs puts. Refusals that the chaos made up after the put had its effect (K3, or any fault in that phase) are excused.
pub(in crate::invariants) fn check(traffic: &Traffic<'_>) -> Verdict {
    let streams = traffic.streams();
    if streams.puts.is_empty() {
        return Verdict::unknown("puts to a stream");
    }
    let late = |fault: &crate::traffic::Struck<'_>| {
        let puts = fault.call.is_none_or(|call| call.starts_with("kinesis:PutRecord"));
        puts && (fault.phase != Phase::BeforeEffect || fault.id == "K3")
    };
    let blamed = traffic.faults.iter().any(late);
    let mut only_refused = vec![true; streams.payloads.len()];
    for put in &streams.puts {
        only_refused[put.payload] &= put.outcome == Outcome::Refused;
    }
    let mut witness = Vec::new();
    for (record, stored) in streams.records.iter().enumerate() {
        let Some(got) = stored.got.filter(|_| streams.payloads[stored.payload].put.is_some()) else { continue };
        if only_refused[stored.payload] && !blamed && !mutated("recovered: refused puts may count") {
            let (shown, at) = (streams.shown(record), streams.reads[streams.got[got].read].span.end_ms);
            witness.push(format!("the put of {shown} was refused, and yet it was read at {at} ms"));
        }
    }
    Verdict::from_witness(witness)
}
