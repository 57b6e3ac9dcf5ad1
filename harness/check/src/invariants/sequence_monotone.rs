//! Sequence numbers of a message group grow in the order of sending.

use crate::Verdict;
use crate::mutation::mutated;
use crate::traffic::{Latest, Queue};

/// Needs the sequence numbers of sends. A duplicate may be answered with the number of the original. Allows for no fault.
pub(super) fn check(queue: Queue<'_, '_>) -> Verdict {
    let traffic = queue.traffic;
    let mut groups: Vec<Latest<(u128, usize)>> = Vec::new();
    groups.resize_with(traffic.groups.len(), Latest::default);
    let (mut numbered, mut witness) = (false, Vec::new());
    for (message, sent) in queue.first_sends() {
        let (Some(group), Some(sequence)) = (sent.group, sent.sequence) else { continue };
        numbered = true;
        if let Some((greater, other)) = groups[group].before(sent.span.begin).filter(|(other, _)| *other >= sequence)
            && !mutated("sequence-monotone: any order")
        {
            let (name, body, earlier) = (traffic.groups.text(group), sent.body, traffic.messages[other].body);
            witness.push(format!(
                "group `{name}`: `{body}` got the number {sequence}, `{earlier}`, which was sent before it, {greater}"
            ));
        }
        groups[group].add(sent.span.end, (sequence, message));
    }
    if numbered {
        Verdict::from_witness(witness)
    } else {
        Verdict::unknown("sequence numbers of sends to message groups")
    }
}
