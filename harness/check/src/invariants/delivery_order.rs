//! First deliveries of a message group come in the order of sequence numbers.

use crate::Verdict;
use crate::mutation::mutated;
use crate::traffic::{Latest, Queue};

/// Needs sequence numbers, from sends or receives. What the chaos reordered, held back or moved (S5, S6, S29, S32, S34) is excused.
pub(super) fn check(queue: Queue<'_, '_>) -> Verdict {
    let traffic = queue.traffic;
    let excuse = traffic.excuse(&["S5", "S6", "S29", "S32", "S34"]);
    let mut groups: Vec<Latest<(u128, usize)>> = Vec::new();
    groups.resize_with(traffic.groups.len(), Latest::default);
    // The last first delivery of each group, for the order within one answer.
    let mut last: Vec<Option<(u128, usize)>> = vec![None; traffic.groups.len()];
    let (mut numbered, mut witness) = (false, Vec::new());
    for (number, delivery) in queue.deliveries() {
        let message = &traffic.messages[delivery.message];
        let own = message.sent.and_then(|sent| traffic.sent[sent].sequence);
        let (Some(group), Some(sequence)) = (message.group, own.or(delivery.sequence)) else { continue };
        numbered = true;
        if message.first != Some(number) || excuse.covers(traffic, delivery.message, delivery.span.end) {
            continue;
        }
        let same = |(_, other): &(u128, usize)| traffic.deliveries[*other].span == delivery.span;
        let earlier = [groups[group].before(delivery.span.begin), last[group].filter(same)];
        let greatest = earlier.into_iter().flatten().max();
        if let Some((greater, other)) = greatest.filter(|(other, _)| *other > sequence)
            && !mutated("delivery-order: any order")
        {
            let (name, at) = (traffic.groups.text(group), delivery.span.end_ms);
            let (body, earlier) = (delivery.body, &traffic.deliveries[other]);
            let (earlier, then) = (earlier.body, earlier.span.end_ms);
            witness.push(format!(
                "group `{name}`: `{earlier}` with number {greater} came at {then} ms, before `{body}` with {sequence} at {at} ms"
            ));
        }
        groups[group].add(delivery.span.end, (sequence, number));
        last[group] = Some((sequence, number));
    }
    if numbered { Verdict::from_witness(witness) } else { Verdict::unknown("sequence numbers of messages in groups") }
}
