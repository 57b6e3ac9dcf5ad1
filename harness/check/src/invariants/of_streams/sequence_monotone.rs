//! Sequence numbers of a shard grow in the order of putting, and are above those of the shards that it came of.

use crate::Verdict;
use crate::mutation::mutated;
use crate::streams::Number;
use crate::traffic::{Latest, Traffic};

/// Needs acknowledged puts. Allows for no fault. Which of the entries of one batch comes first, is open.
pub(in crate::invariants) fn check(traffic: &Traffic<'_>) -> Verdict {
    let streams = traffic.streams();
    let mut shards: Vec<Latest<(Number<'_>, usize)>> = Vec::new();
    shards.resize_with(streams.shards.len(), Latest::default);
    let (mut any, mut witness) = (false, Vec::new());
    for (put, record) in streams.puts.iter().filter_map(|put| Some((put, put.record?))) {
        any = true;
        let stored = &streams.records[record];
        let shard = stored.shard;
        let before = |shard: &usize| shards[*shard].before(put.span.begin).filter(|(other, _)| *other >= stored.number);
        let parents =
            streams.shards[shard].parents.iter().filter(|_| !mutated("sequence-monotone: children begin anew"));
        let greater = std::iter::once(&shard).chain(parents).find_map(before);
        if let Some((_, other)) = greater.filter(|_| !mutated("sequence-monotone: any order of records")) {
            let (shown, earlier) = (streams.shown(record), streams.shown(other));
            witness.push(format!("{shown} has no greater number than {earlier}, which was put before it"));
        }
        shards[shard].add(put.span.end, (stored.number, record));
    }
    if any { Verdict::from_witness(witness) } else { Verdict::unknown("sequence numbers of puts") }
}
