//! Every record whose put was acknowledged had its effect.

use crate::mutation::mutated;
use crate::traffic::Traffic;
use crate::{Expectation, Verdict};

/// Needs effects, and a history that goes on until the shards were read. What came before the readers started, they see only if they asked
/// for it. Records that may be gone after 24 hours or were trimmed by the chaos (K14), that cannot be handled, that hold records of a producer
/// library, or that their handler put aside on purpose, are not lost.
pub(in crate::invariants) fn check(traffic: &Traffic<'_>, expectation: &Expectation) -> Verdict {
    let streams = traffic.streams();
    let work = streams.work(traffic, expectation);
    if traffic.effects.is_empty() && !expectation.tells_effects {
        return Verdict::unknown("effects of the consumer");
    }
    if !streams.deleted.is_empty() {
        return Verdict::unknown("a history in which no stream is deleted");
    }
    let starts = streams.starts();
    let excuse = traffic.named(&["K14"]);
    let mut witness = Vec::new();
    for (record, put) in streams.acknowledged() {
        let stored = &streams.records[record];
        let start = &starts[stored.shard];
        let is_left_out = streams.payloads[stored.payload].is_aggregated()
            || work.put_aside[record]
            || expectation.poison.contains(streams.key(record))
            || (start.is_read && !start.reach(streams, stored));
        let is_gone = || streams.may_be_trimmed(record, traffic.end.1) || excuse.covers(streams.names_of(record));
        let had = work.done[record]
            .is_some_and(|_| had_effect(traffic, streams.key(record)) || work.effect[record].is_some());
        if had || is_left_out || is_gone() || mutated("no-loss: no record is lost") {
            continue;
        }
        let fate = match stored.seen.map(|got| &streams.reads[streams.got[got].read]) {
            Some(read) => format!("consumer {} read it at {} ms", read.process, read.span.end_ms),
            None => "it was never read".to_owned(),
        };
        let (shown, at) = (streams.shown(record), put.span.end_ms);
        witness.push(format!("{shown} was accepted at {at} ms and had no effect; {fate}"));
    }
    if !witness.is_empty() && !expectation.drained {
        return Verdict::unknown("a history that goes on until the shards were read");
    }
    Verdict::from_witness(witness)
}

/// Whether this business key had an effect.
fn had_effect(traffic: &Traffic<'_>, key: &str) -> bool {
    traffic.keys.find(key).is_some_and(|key| traffic.first_effect(key).is_some())
}
