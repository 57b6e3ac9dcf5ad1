//! Successive answers of one chain of iterators never go back.

use super::poll_skip::expected;
use crate::mutation::mutated;
use crate::streams::Position;
use crate::traffic::Traffic;
use crate::{Expectation, Verdict};

/// Needs reads of shards. An iterator that is used again may give the same again; a new one begins where it was asked to. Allows for no
/// fault.
pub(super) fn check(traffic: &Traffic<'_>, _: &Expectation) -> Verdict {
    let streams = traffic.streams();
    if streams.got.is_empty() {
        return Verdict::unknown("records that were read from shards");
    }
    let mut witness = Vec::new();
    for read in &streams.reads {
        let mut least = expected(streams, read).filter(|_| !matches!(read.from, Position::Latest(_)));
        for got in read.got.clone() {
            let record = streams.got[got].record;
            let rank = streams.records[record].rank;
            if least.is_some_and(|least| rank < least) && !mutated("nonmonotonic-poll: back is fine") {
                let (process, at, came) = (read.process, read.span.end_ms, streams.shown(record));
                witness.push(format!("consumer {process} got {came} at {at} ms, behind which it was already"));
            }
            if !mutated("nonmonotonic-poll: within an answer any order will do") {
                least = Some(rank + 1);
            }
        }
    }
    Verdict::from_witness(witness)
}
