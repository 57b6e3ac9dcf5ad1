//! A record is there more than once only if its put was tried more than once, and accepted records are not put again with those that failed.

use std::collections::{BTreeMap, BTreeSet};

use crate::mutation::mutated;
use crate::streams::Streams;
use crate::traffic::{Outcome, Traffic};
use crate::{Expectation, Verdict};

/// Needs puts. An attempt that was refused leaves nothing. Where the chaos had its hand in puts, nobody knows how many there were. For
/// producers: entries of a batch that were accepted are not in the next one of the same process with those that failed.
pub(super) fn check(traffic: &Traffic<'_>, _: &Expectation) -> Verdict {
    let streams = traffic.streams();
    if streams.puts.is_empty() {
        return Verdict::unknown("puts");
    }
    let struck =
        traffic.faults.iter().any(|fault| fault.call.is_some_and(|call| call.starts_with("kinesis:PutRecord")));
    let mut attempts = vec![0_usize; streams.payloads.len()];
    for put in &streams.puts {
        let counts = put.outcome != Outcome::Refused || mutated("put-duplicate: refusals count");
        attempts[put.payload] += usize::from(counts);
    }
    let mut witness = Vec::new();
    for (payload, attempts) in streams.payloads.iter().zip(attempts) {
        let records = payload.records;
        let too_many = payload.put.is_some() && records > attempts;
        if too_many
            && (!struck || mutated("put-duplicate: faults excuse nothing"))
            && !mutated("put-duplicate: any number")
        {
            let (key, partition_key) = (streams.keys.text(payload.key), payload.partition_key);
            witness.push(format!("`{key}` with the partition key `{partition_key}` was put {attempts} times and is there as {records} records"));
        }
    }
    put_again(streams, &mut witness);
    Verdict::from_witness(witness)
}

/// What a batch of which a part failed came to.
struct Batch {
    end_ms: u64,
    accepted: BTreeSet<usize>,
    failed: BTreeSet<usize>,
}

/// Batches that a producer sent again as a whole, though only a part of them had failed.
fn put_again(streams: &Streams<'_>, witness: &mut Vec<String>) {
    let mut last: BTreeMap<u32, Batch> = BTreeMap::new();
    for puts in streams.puts.chunk_by(|one, other| one.call == other.call).filter(|puts| puts[0].process != 0) {
        let (process, span) = (puts[0].process, puts[0].span);
        if let Some(batch) = last.remove(&process) {
            let has = |among: &BTreeSet<usize>| puts.iter().find(|put| among.contains(&put.payload));
            if let (Some(_), Some(again)) = (has(&batch.failed), has(&batch.accepted))
                && !mutated("put-duplicate: whole batches may be put again")
            {
                let key = streams.keys.text(streams.payloads[again.payload].key);
                let (at, since) = (span.begin_ms, batch.end_ms);
                witness.push(format!("producer {process} put `{key}` again at {at} ms with what had failed, though it had been accepted at {since} ms"));
            }
        }
        if puts.iter().all(|put| put.outcome != Outcome::Refused) || puts.len() == 1 {
            continue;
        }
        let failed: BTreeSet<_> =
            puts.iter().filter(|put| put.outcome == Outcome::Refused).map(|put| put.payload).collect();
        let accepted = puts.iter().filter(|put| put.outcome == Outcome::Done && !failed.contains(&put.payload));
        let accepted = accepted.map(|put| put.payload).collect();
        last.insert(process, Batch { end_ms: span.end_ms, accepted, failed });
    }
}
