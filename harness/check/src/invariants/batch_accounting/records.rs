//! Batches of records: `PutRecords`.

use std::collections::BTreeMap;

use serde_json::Value;

use super::list;
use crate::Expectation;
use crate::mutation::mutated;
use crate::streams::Streams;
use crate::traffic::{Call, HandlingEnd, Outcome, Traffic};

/// Adds what is wrong with batches of records; tells whether there are any.
pub(super) fn check(
    traffic: &Traffic<'_>,
    expectation: &Expectation,
    turns: &BTreeMap<u32, usize>,
    witness: &mut Vec<String>,
) -> bool {
    let batches =
        traffic.calls.iter().filter(|call| call.name == "kinesis:PutRecords" && call.outcome == Outcome::Done);
    let mut any = false;
    for call in batches {
        any = true;
        let wrong = call.output.and_then(|output| wrong(call, output));
        if let Some(wrong) = wrong.filter(|_| !mutated("batch-accounting: any results")) {
            witness.push(format!("{} at {} ms: {wrong}", call.name, call.span.begin_ms));
        }
    }
    if any && expectation.drained {
        neglected(traffic, turns, witness);
    }
    any
}

/// What is wrong with the results: there is one for each record, a number or an error, and errors are counted.
fn wrong(call: &Call<'_>, output: &Value) -> Option<String> {
    let (asked, told) = (list(call.input, "Records").count(), list(output, "Records").count());
    if asked != told {
        return Some(format!("{asked} records have {told} results"));
    }
    let is_text = |result: &Value, name: &str| result.get(name).is_some_and(Value::is_string);
    let mut failed = 0;
    for (index, result) in list(output, "Records").enumerate() {
        let (done, error) = (is_text(result, "SequenceNumber"), is_text(result, "ErrorCode"));
        failed += u64::from(error);
        if done == error {
            return Some(format!("record {index} has {} a number and an error", if done { "both" } else { "neither" }));
        }
    }
    let counted = output.get("FailedRecordCount").and_then(Value::as_u64).unwrap_or_default();
    (counted != failed).then(|| format!("{failed} records failed, and {counted} are said to have"))
}

/// Records that failed and were neither tried again nor told.
fn neglected(traffic: &Traffic<'_>, turns: &BTreeMap<u32, usize>, witness: &mut Vec<String>) {
    let streams = traffic.streams();
    let followed = followed(traffic, streams);
    for put in streams.puts.iter().filter(|put| put.outcome == Outcome::Refused) {
        let call = &traffic.calls[put.call];
        let is_batch = call.name == "kinesis:PutRecords" && call.outcome == Outcome::Done;
        let end = put.span.end;
        let is_over = turns.get(&put.process).is_some_and(|at| *at > end) || followed[put.payload] > end;
        if is_batch && !is_over && !mutated("batch-accounting: failed records may be ignored") {
            let (process, at) = (put.process, put.span.end_ms);
            let key = streams.keys.text(streams.payloads[put.payload].key);
            witness.push(format!(
                "producer {process}: {} at {at} ms failed for `{key}`, which was neither tried again nor told",
                call.name
            ));
        }
    }
}

/// What came last of everything that can answer for each payload: the begin of an attempt, or the end of a handler that gave up on its key.
fn followed(traffic: &Traffic<'_>, streams: &Streams<'_>) -> Vec<usize> {
    let mut followed = vec![0; streams.payloads.len()];
    for put in &streams.puts {
        followed[put.payload] = followed[put.payload].max(put.span.begin);
    }
    let failures = traffic.handlings.iter().filter(|one| matches!(one.end, HandlingEnd::Failed(_)));
    let mut given_up: BTreeMap<&str, usize> = BTreeMap::new();
    for (key, at) in failures.filter_map(|one| Some((traffic.keys.text(one.key?), one.span.end))) {
        let last = given_up.entry(key).or_default();
        *last = (*last).max(at);
    }
    for (payload, followed) in streams.payloads.iter().zip(&mut followed) {
        let given_up = given_up.get(streams.keys.text(payload.key)).copied().unwrap_or_default();
        *followed = (*followed).max(given_up);
    }
    followed
}
