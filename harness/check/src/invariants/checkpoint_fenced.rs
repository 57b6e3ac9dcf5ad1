//! Checkpoints of a shard never go back, and none is accepted from a worker whose lease another has taken.

use std::collections::BTreeMap;

use crate::mutation::mutated;
use crate::streams::Number;
use crate::traffic::Traffic;
use crate::{CheckpointEnd, Expectation, LeaseState, Verdict};

/// How far a shard is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place<'a> {
    Record(Number<'a>),
    ShardEnd,
}

/// Needs checkpoints and leases. What may or may not have been written says nothing. Allows for no fault: a lease that was stolen is what a
/// table with epochs is for.
pub(super) fn check(traffic: &Traffic<'_>, _: &Expectation) -> Verdict {
    if traffic.checkpoint_notes.is_empty() {
        return Verdict::unknown("checkpoints of the consumer");
    }
    let streams = traffic.streams();
    // A stream that is left out is the only one: both ways to name it mean the same shard.
    let shard = |stream, id| (streams.find_shard(stream, id), id);
    let mut witness = Vec::new();
    let mut leases = traffic.lease_notes.iter().filter(|note| note.state == LeaseState::Taken).peekable();
    // The last lease and the last checkpoint of each shard.
    let mut taken: BTreeMap<(Option<usize>, &str), (u64, &str, u64)> = BTreeMap::new();
    let mut places: BTreeMap<(Option<usize>, &str), (Place<'_>, u64, &str)> = BTreeMap::new();
    for note in traffic.checkpoint_notes.iter().filter(|note| note.outcome == CheckpointEnd::Accepted) {
        while let Some(lease) = leases.next_if(|lease| lease.at < note.at) {
            let last = taken.entry(shard(lease.stream, lease.shard)).or_insert((lease.epoch, lease.owner, lease.at_ms));
            if lease.epoch >= last.0 {
                *last = (lease.epoch, lease.owner, lease.at_ms);
            }
        }
        let id = shard(note.stream, note.shard);
        let (process, sequence, shard, at) = (note.process, note.sequence, note.shard, note.at_ms);
        if let Some((epoch, owner, since)) = taken.get(&id).filter(|(epoch, ..)| *epoch > note.epoch)
            && !mutated("checkpoint-fenced: old epochs are fine")
        {
            let own = note.epoch;
            witness.push(format!("consumer {process} wrote the checkpoint {sequence} of {shard} at {at} ms with epoch {own}; {owner} had the lease with epoch {epoch} since {since} ms"));
        }
        let place = match (sequence, Number::of(sequence)) {
            ("SHARD_END", _) => Place::ShardEnd,
            (_, Some(number)) => Place::Record(number),
            _ => continue,
        };
        let last = places.insert(id, (place, at, sequence));
        if let Some((further, since, before)) = last.filter(|(further, ..)| *further > place)
            && !mutated("checkpoint-fenced: back is fine")
        {
            witness.push(format!("consumer {process} wrote the checkpoint {sequence} of {shard} at {at} ms, behind {before}, which was written at {since} ms"));
            places.insert(id, (further, since, before));
        }
    }
    if witness.is_empty() && traffic.lease_notes.is_empty() {
        return Verdict::unknown("leases of the consumer");
    }
    Verdict::from_witness(witness)
}
