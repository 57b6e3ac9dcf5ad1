//! Every effect and every delivery belongs to a message that was sent to that queue.

use crate::mutation::mutated;
use crate::streams::Payload;
use crate::traffic::{Queue, Traffic};
use crate::{Expectation, Verdict};

/// Needs all sends, also those that were refused or lost their reply. Allows for no fault: none invents a message.
pub(super) fn check(traffic: &Traffic<'_>, expectation: &Expectation) -> Verdict {
    let streams = traffic.streams();
    if (traffic.sent.is_empty() && streams.puts.is_empty())
        || traffic.calls.iter().any(|call| call.name.starts_with("sns:Publish"))
    {
        return Verdict::unknown("a history with all sends");
    }
    let mut sent = vec![false; traffic.keys.len()];
    for one in &traffic.sent {
        sent[one.key] = true;
    }
    for payload in streams.payloads.iter().filter(|payload| payload.put.is_some()) {
        if let Some(key) = traffic.keys.find(streams.keys.text(payload.key)) {
            sent[key] = true;
        }
    }
    let mut witness = Vec::new();
    for effect in &traffic.effects {
        let by_message = effect.message.is_some_and(|message| traffic.messages[message].sent.is_some());
        if !sent[effect.key] && !by_message && !mutated("no-phantom: any effect") {
            let (key, at, process) = (traffic.keys.text(effect.key), effect.at_ms, effect.process);
            witness.push(format!("consumer {process} had an effect for `{key}` at {at} ms, which was never sent"));
        }
    }
    // What a record of a producer library holds, this does not look into.
    if !witness.is_empty() && streams.payloads.iter().any(Payload::is_aggregated) {
        return Verdict::unknown("puts of single records");
    }
    let queues: Vec<_> = expectation.queues.iter().map(|scene| Queue::new(traffic, expectation, scene)).collect();
    for delivery in &traffic.deliveries {
        let message = &traffic.messages[delivery.message];
        let (id, at) = (traffic.ids.text(delivery.message), delivery.span.end_ms);
        let name = traffic.queues.text(delivery.queue);
        match message.sent.map(|at| traffic.sent[at].queue) {
            Some(origin) => {
                let dead =
                    queues.iter().any(|one| one.number == Some(origin) && one.dead_letter == Some(delivery.queue));
                if origin != delivery.queue && !dead && !mutated("no-phantom: any queue") {
                    let origin = traffic.queues.text(origin);
                    witness.push(format!("message {id} was sent to `{origin}` and received from `{name}` at {at} ms"));
                }
            }
            None if message.key.is_some_and(|key| sent[key]) => {}
            None => witness.push(format!("message {id} was received from `{name}` at {at} ms and never sent")),
        }
    }
    Verdict::from_witness(witness)
}
