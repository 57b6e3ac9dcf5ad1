//! Every entry of a batch is answered once, and what failed is tried again or told.

mod records;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::mutation::mutated;
use crate::traffic::{Call, HandlingEnd, Outcome, Traffic};
use crate::{Expectation, Verdict};

/// Needs batches. An entry that failed counts as told when a handler gave up on its message afterwards, or its process crashed or
/// was shut down. Of an entry of `PutRecords` a handler tells by its business key. A refused handle (`SenderFault`) need not be tried again: nothing would come of it.
pub(super) fn check(traffic: &Traffic<'_>, expectation: &Expectation) -> Verdict {
    let batches = traffic.calls.iter().filter(|call| call.name.ends_with("Batch") && call.outcome == Outcome::Done);
    let followed = Followed::of(traffic);
    let (mut any, mut witness) = (false, Vec::new());
    for call in batches {
        any = true;
        let Some(output) = call.output else { continue };
        answered_once(call, output, &mut witness);
        // Before the end of the run there was time left to try again.
        for failed in list(output, "Failed").filter(|_| expectation.drained) {
            if let Some(what) = followed.neglected(call, failed, expectation)
                && !mutated("batch-accounting: failures may be ignored")
            {
                let (operation, process, at) = (call.name, call.process, call.span.end_ms);
                let code = failed.get("Code").and_then(Value::as_str).unwrap_or("no code");
                witness.push(format!("consumer {process}: {operation} at {at} ms failed for {what} ({code}), which was neither tried again nor told"));
            }
        }
    }
    any |= records::check(traffic, expectation, &followed.turns, &mut witness);
    if any { Verdict::from_witness(witness) } else { Verdict::unknown("batches") }
}

/// The ids of the answer are those of the request, each once.
fn answered_once(call: &Call<'_>, output: &Value, witness: &mut Vec<String>) {
    let mut ids: BTreeMap<&str, i32> = BTreeMap::new();
    for entry in entries(call.input).filter_map(id) {
        *ids.entry(entry).or_default() += 1;
    }
    for entry in list(output, "Successful").chain(list(output, "Failed")).filter_map(id) {
        *ids.entry(entry).or_default() -= 1;
    }
    let wrong: Vec<_> = ids.into_iter().filter(|(_, left)| *left != 0).collect();
    for (id, left) in wrong.into_iter().filter(|_| !mutated("batch-accounting: any answer")) {
        let words = if left > 0 { "has no answer" } else { "has an answer too many" };
        witness.push(format!("{} at {} ms: entry `{id}` {words}", call.name, call.span.begin_ms));
    }
}

/// What came last of everything that can answer for a failed entry.
struct Followed<'t, 'a> {
    traffic: &'t Traffic<'a>,
    /// The last attempt to send each key, by the record of its beginning.
    sends: Vec<usize>,
    /// The last time that a handler gave up on each message.
    failures: Vec<usize>,
    /// The last turn of each process.
    turns: BTreeMap<u32, usize>,
}

impl<'t, 'a> Followed<'t, 'a> {
    fn of(traffic: &'t Traffic<'a>) -> Self {
        let (mut sends, mut failures) = (vec![0; traffic.keys.len()], vec![0; traffic.messages.len()]);
        for sent in &traffic.sent {
            sends[sent.key] = sends[sent.key].max(sent.span.begin);
        }
        for handling in traffic.handlings.iter().filter(|one| matches!(one.end, HandlingEnd::Failed(_))) {
            failures[handling.message] = failures[handling.message].max(handling.span.end);
        }
        let turns = traffic.turns.iter().map(|turn| (turn.process, turn.at)).collect();
        Self { traffic, sends, failures, turns }
    }

    /// What a failed entry was about, if nothing followed.
    fn neglected(&self, call: &Call<'a>, failed: &Value, expectation: &Expectation) -> Option<String> {
        let entry = entries(call.input).find(|entry| entry.get("Id") == failed.get("Id"))?;
        let end = call.span.end;
        if self.turns.get(&call.process).is_some_and(|at| *at > end) {
            return None;
        }
        if let Some(handle) = entry.get("ReceiptHandle").and_then(Value::as_str) {
            if failed.get("SenderFault") == Some(&Value::Bool(true)) {
                return None;
            }
            let delivery = &self.traffic.deliveries[self.traffic.delivery_with(handle)?];
            let again = self.traffic.handled_of(delivery).any(|one| one.span.begin > end);
            let told = self.failures[delivery.message] > end;
            return (!again && !told).then(|| format!("`{}`", delivery.body));
        }
        let body = entry.get("MessageBody")?.as_str()?;
        let key = expectation.key.key(body, entry.get("MessageAttributes"));
        let number = self.traffic.keys.find(&key)?;
        (self.sends[number] <= end).then(|| format!("`{key}`"))
    }
}

fn id(entry: &Value) -> Option<&str> {
    entry.get("Id")?.as_str()
}

fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}

/// The entries of a batch: SNS has another name for them.
fn entries(input: &Value) -> impl Iterator<Item = &Value> {
    list(input, "Entries").chain(list(input, "PublishBatchRequestEntries"))
}
