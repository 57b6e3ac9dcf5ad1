//! No record is read that was not put, and data are unchanged.

use std::collections::BTreeSet;

use crate::Verdict;
use crate::mutation::mutated;
use crate::traffic::{Outcome, Traffic};

/// Needs all puts to a stream. One without an answer may have had its effect; faults of puts may have put a record once more.
pub(in crate::invariants) fn check(traffic: &Traffic<'_>) -> Verdict {
    let streams = traffic.streams();
    let struck =
        traffic.faults.iter().any(|fault| fault.call.is_some_and(|call| call.starts_with("kinesis:PutRecord")));
    let mut may_be = vec![false; streams.payloads.len()];
    for put in &streams.puts {
        may_be[put.payload] |= put.outcome == Outcome::Unknown;
    }
    let into: BTreeSet<_> = streams.puts.iter().map(|put| streams.payloads[put.payload].stream).collect();
    let (mut any, mut witness) = (false, Vec::new());
    for got in &streams.got {
        let stored = &streams.records[got.record];
        // A stream without puts is one whose puts the history does not have.
        if !into.contains(&streams.shards[stored.shard].stream) {
            continue;
        }
        any = true;
        let put = stored.put.map(|put| streams.puts[put].payload);
        let came = streams.keys.text(streams.payloads[got.payload].key);
        let at = streams.reads[got.read].span.end_ms;
        let shown = || format!("record {} of {}", stored.number, streams.shards[stored.shard].id);
        match put {
            Some(put) if put == got.payload || mutated("no-invention: any data will do") => {}
            Some(put) => {
                let put = streams.keys.text(streams.payloads[put].key);
                witness.push(format!("{} was put as `{put}` and read at {at} ms as `{came}`", shown()));
            }
            // Faults of puts may put records of their own.
            None if may_be[got.payload] || struck || mutated("no-invention: any record") => {}
            None => witness.push(format!("{} `{came}` was read at {at} ms and never put", shown())),
        }
    }
    if any { Verdict::from_witness(witness) } else { Verdict::unknown("the puts to a stream, and its records") }
}
