//! Only messages that a handler failed on by themselves reach the dead-letter queue.

use std::collections::BTreeMap;

use crate::Verdict;
use crate::mutation::mutated;
use crate::traffic::{Handling, HandlingEnd, Queue, Traffic, TurnWhat};

/// Needs handlers, and reads of the dead-letter queue or what the backend tells. No fault excuses a message there: that is the point.
/// A failure while a fault struck the handler's process, or after its shutdown, is not the message's own.
pub(super) fn check(queue: Queue<'_, '_>) -> Verdict {
    let traffic = queue.traffic;
    if traffic.handlings.is_empty() {
        return Verdict::unknown("beginnings and ends of handlers");
    }
    if !queue.shows_dead_letters() {
        return Verdict::unknown("reads of the dead-letter queue, or what the backend tells");
    }
    let troubles = troubles(traffic);
    let mut guilty = vec![false; traffic.messages.len()];
    let mut failures = vec![0_u32; traffic.messages.len()];
    for handling in &traffic.handlings {
        if matches!(handling.end, HandlingEnd::Failed(_) | HandlingEnd::Cut) {
            failures[handling.message] += 1;
            guilty[handling.message] |= handling.end != HandlingEnd::Cut && !troubled(&troubles, handling);
        }
    }
    let mut witness = Vec::new();
    for message in 0..traffic.messages.len() {
        let innocent = !guilty[message] && !queue.poisonous(message);
        if innocent && queue.dead_lettered(message) && !mutated("no-innocent-dead-letter: all are guilty") {
            let (shown, failures) = (queue.shown(message), failures[message]);
            let cause = match failures {
                0 => "no handler failed on it".to_owned(),
                _ => format!("its {failures} failed handlings were struck by faults, crashes or a shutdown"),
            };
            witness.push(format!("{shown} was dead-lettered; {cause}"));
        }
    }
    Verdict::from_witness(witness)
}

/// When faults struck each process, and when it was shut down.
fn troubles(traffic: &Traffic<'_>) -> BTreeMap<u32, Vec<usize>> {
    let mut troubles: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    let shutdowns =
        traffic.turns.iter().filter(|turn| turn.what == TurnWhat::ShutDown).map(|turn| (turn.process, turn.at));
    for (process, at) in traffic.faults.iter().map(|fault| (fault.process, fault.at)).chain(shutdowns) {
        troubles.entry(process).or_default().push(at);
    }
    for times in troubles.values_mut() {
        times.sort_unstable();
    }
    troubles
}

fn troubled(troubles: &BTreeMap<u32, Vec<usize>>, handling: &Handling<'_>) -> bool {
    let Some(times) = troubles.get(&handling.process) else { return false };
    let next = times.partition_point(|at| *at < handling.span.begin);
    times.get(next).is_some_and(|at| *at < handling.span.end)
}
