//! Records that cannot be handled hold up nothing else.

use crate::mutation::mutated;
use crate::traffic::Traffic;
use crate::{Expectation, Verdict};

/// Needs the keys of the records that cannot be handled, effects, and a history that goes on until the shards were read. Where a consumer
/// puts what it cannot handle, is its own affair. Records may be gone after 24 hours.
pub(in crate::invariants) fn check(traffic: &Traffic<'_>, expectation: &Expectation) -> Verdict {
    if expectation.poison.is_empty() {
        return Verdict::unknown("the keys of records that cannot be handled");
    }
    let streams = traffic.streams();
    let work = streams.work(traffic, expectation);
    if !work.is_told {
        return Verdict::unknown("effects of the consumer");
    }
    let excuse = traffic.named(&["K14"]);
    let mut witness = Vec::new();
    for (record, _) in streams.acknowledged() {
        let is_poison = expectation.poison.contains(streams.key(record));
        let is_gone = || streams.may_be_trimmed(record, traffic.end.1) || excuse.covers(streams.names_of(record));
        if !is_poison
            && work.done[record].is_none()
            && !is_gone()
            && !mutated("poison-isolated: other records may wait")
        {
            witness.push(format!("{} can be handled and had no effect", streams.shown(record)));
        }
    }
    if !witness.is_empty() && !expectation.drained {
        return Verdict::unknown("a history that goes on until the shards were read");
    }
    Verdict::from_witness(witness)
}
