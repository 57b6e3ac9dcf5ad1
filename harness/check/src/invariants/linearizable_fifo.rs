//! Each message group behaves as one queue: sends put in, first deliveries take out.

use std::collections::BTreeSet;

use crate::Verdict;
use crate::linearize::{BadPattern, Operation, bad_patterns};
use crate::mutation::mutated;
use crate::traffic::{Outcome, Queue};

/// Needs message groups. A send without an answer may take effect at any later time; a message that was never taken out counts as
/// overtaken only when no receive went without an answer. What was dead-lettered, expired, purged, or moved by the chaos
/// (S5, S6, S28, S29, S32, S34, S37, S38) is left out.
pub(super) fn check(queue: Queue<'_, '_>) -> Verdict {
    let traffic = queue.traffic;
    let excuse = traffic.excuse(&["S5", "S6", "S28", "S29", "S32", "S34", "S37", "S38"]);
    let never = traffic.unanswered_receives == 0 && !queue.emptied();
    let mut groups: Vec<Vec<Operation<usize>>> = vec![Vec::new(); traffic.groups.len()];
    let mut left_out = BTreeSet::new();
    for (message, sent) in queue.first_sends() {
        let Some(group) = sent.group else { continue };
        let one = &traffic.messages[message];
        let gone = one.expired || queue.dead_lettered(message) || (one.first.is_none() && !never);
        if gone || excuse.covers(traffic, message, traffic.end.0) {
            left_out.insert(message);
            continue;
        }
        groups[group].push(Operation::put(message, sent.span.begin, sent.span.end));
    }
    let lost: BTreeSet<_> =
        queue.attempts().filter(|(_, sent)| sent.outcome == Outcome::Unknown).map(|(_, sent)| sent.body).collect();
    for (number, delivery) in queue.deliveries() {
        let message = &traffic.messages[delivery.message];
        let Some(group) = message.group.filter(|_| message.first == Some(number)) else { continue };
        // The message of a send without an answer was put in at some time.
        let unknown = message.sent.is_none() && lost.contains(delivery.body);
        if !unknown && !left_out.contains(&delivery.message) && !excuse.covers(traffic, delivery.message, traffic.end.0)
        {
            groups[group].push(Operation::take(delivery.message, delivery.span.begin, delivery.span.end));
        }
    }
    if groups.iter().all(Vec::is_empty) {
        return Verdict::unknown("sends with message groups");
    }
    let mut witness = Vec::new();
    for (group, operations) in groups.iter().enumerate() {
        let patterns = bad_patterns(operations).into_iter().filter(|_| !mutated("linearizable-fifo: any history"));
        witness.extend(
            patterns.map(|pattern| format!("group `{}`: {}", traffic.groups.text(group), told(queue, pattern))),
        );
    }
    Verdict::from_witness(witness)
}

fn told(queue: Queue<'_, '_>, pattern: BadPattern<usize>) -> String {
    match pattern {
        BadPattern::TakenWithoutPut(message) => format!("{} was received and never sent", queue.shown(message)),
        BadPattern::TakenTwice(message) => format!("{} was taken out twice", queue.shown(message)),
        BadPattern::TakenBeforePut(message) => format!("{} was received before it was sent", queue.shown(message)),
        BadPattern::Overtaken { first, second } => {
            let (first, second) = (queue.shown(first), queue.shown(second));
            format!("{first} was sent before {second} and came out after it, or never")
        }
    }
}
