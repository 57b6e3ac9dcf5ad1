//! A send that was refused had no effect; one without an answer may have had it.

use std::collections::BTreeSet;

use crate::mutation::mutated;
use crate::traffic::{Outcome, Queue};
use crate::{Phase, Verdict};

/// Needs sends. Refusals that the chaos made up after the send had its effect (S26, X1, X3, or any fault in that phase) are excused.
pub(super) fn check(queue: Queue<'_, '_>) -> Verdict {
    let traffic = queue.traffic;
    if queue.attempts().next().is_none() {
        return Verdict::unknown("sends to the queue");
    }
    let with = |outcome| queue.attempts().filter(move |(_, sent)| sent.outcome == outcome).map(|(_, sent)| sent.body);
    let refused: BTreeSet<&str> = with(Outcome::Refused).collect();
    let open: BTreeSet<&str> = with(Outcome::Unknown).collect();
    let late = |fault: &&crate::traffic::Struck<'_>| {
        let sends = fault.call.is_none_or(|call| call.starts_with("sqs:SendMessage"));
        sends && (fault.phase == Phase::AfterEffect || fault.id == "S26")
    };
    let excused: BTreeSet<Option<&str>> = traffic.faults.iter().filter(late).map(|fault| fault.key).collect();
    let mut witness = Vec::new();
    for (number, delivery) in queue.deliveries() {
        let message = &traffic.messages[delivery.message];
        if message.first != Some(number) || message.sent.is_some() || !refused.contains(delivery.body) {
            continue;
        }
        let key = message.key.map(|key| traffic.keys.text(key));
        let blamed = excused.contains(&None) || excused.contains(&key);
        if !open.contains(delivery.body) && !blamed && !mutated("recovered: refusals may count") {
            let at = delivery.span.end_ms;
            witness.push(format!("the send of `{}` was refused, and yet it was received at {at} ms", delivery.body));
        }
    }
    Verdict::from_witness(witness)
}
