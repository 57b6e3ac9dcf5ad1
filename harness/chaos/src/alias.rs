//! Handles of copies in requests: what they stand for is what the backend gets.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::Response;
use redeliver_model::{Fields, Value};

use crate::edit::{list, put_results, records, text, with};
use crate::memory::Alias;
use crate::reply::{Answer, Reply};
use crate::rule::LeftOut;
use crate::{Call, Memory};

/// Puts what handles stand for in their place. True when nothing is left for the backend to do.
pub(crate) fn resolve(call: &mut Call, memory: &Memory, left_out: &mut LeftOut) -> bool {
    if call.is_batch() {
        return resolve_batch(call, memory, left_out);
    }
    let alias = text(&call.input, "ReceiptHandle").and_then(|handle| memory.alias(handle));
    match alias {
        None => false,
        Some(Alias::Gone) => true,
        Some(Alias::Real(handle)) => {
            with(&mut call.input, "ReceiptHandle", Some(Value::String(handle.clone())));
            call.changed = true;
            false
        }
    }
}

fn resolve_batch(call: &mut Call, memory: &Memory, left_out: &mut LeftOut) -> bool {
    let alias = |entry: &Value| memory.alias(text(entry, "ReceiptHandle")?).cloned();
    let entries = list(&call.input, "Entries");
    if entries.iter().all(|entry| alias(entry).is_none()) {
        return false;
    }
    let mut kept = Vec::new();
    for entry in entries {
        let mut entry = entry.clone();
        match alias(&entry) {
            Some(Alias::Gone) => {
                let mut result = Fields::new();
                result.push("Id", Value::String(text(&entry, "Id").unwrap_or_default().to_owned()));
                left_out.successful.push(Value::Structure(result));
                continue;
            }
            Some(Alias::Real(handle)) => with(&mut entry, "ReceiptHandle", Some(Value::String(handle))),
            None => {}
        }
        kept.push(entry);
    }
    let is_empty = kept.is_empty();
    with(&mut call.input, "Entries", Some(Value::List(kept)));
    call.changed = true;
    is_empty
}

/// The answer to a call of which the backend gets nothing.
pub(crate) fn answer(call: &Call, left_out: &mut LeftOut) -> Response<Bytes> {
    let mut output = Value::Structure(Fields::new());
    if call.is_of_streams("PutRecords") {
        put_results(&mut output, std::mem::take(left_out).records.into_values().collect());
    } else if call.is_batch() {
        let LeftOut { successful, failed, .. } = std::mem::take(left_out);
        with(&mut output, "Successful", Some(Value::List(successful)));
        with(&mut output, "Failed", Some(Value::List(failed)));
    }
    Answer::Output(output).into_response(call.operation, call.dialect)
}

/// Puts the results of entries that the backend did not get beside its own.
pub(crate) fn put_back(reply: &mut Reply, left_out: &mut LeftOut) {
    let LeftOut { successful, failed, records: by_place, within } = std::mem::take(left_out);
    let Some(output) = &mut reply.output else { return };
    if !by_place.is_empty() || !within.is_empty() {
        put_results(output, in_place(records(output), by_place, &within));
        reply.changed = true;
    }
    for (name, results) in [("Successful", successful), ("Failed", failed)] {
        if !results.is_empty() {
            let all = list(output, name).iter().cloned().chain(results).collect();
            with(output, name, Some(Value::List(all)));
            reply.changed = true;
        }
    }
}

/// The backend's results with those of records between them that it did not get, or not by themselves.
fn in_place(told: &[Value], mut left_out: BTreeMap<usize, Value>, within: &BTreeMap<usize, usize>) -> Vec<Value> {
    let mut told = told.iter().cloned();
    let mut results: Vec<Value> = Vec::new();
    for place in 0..told.len() + left_out.len() + within.len() {
        // A record goes into one before it.
        let shared = within.get(&place).and_then(|other| results.get(*other).cloned());
        results.extend(shared.or_else(|| left_out.remove(&place)).or_else(|| told.next()));
    }
    results
}
