//! First effects of a message group come in the order of sending, without a gap.

use crate::Verdict;
use crate::mutation::mutated;
use crate::traffic::{Queue, Span, overtaken};

/// Needs effects and message groups. Messages that were dead-lettered, expired, cannot be handled or were put aside may be missing;
/// what the chaos moved out of its place (S28, S34, S37, S38) is excused.
pub(super) fn check(queue: Queue<'_, '_>) -> Verdict {
    let traffic = queue.traffic;
    if queue.lacks_effects() {
        return Verdict::unknown("effects of the consumer");
    }
    let excuse = traffic.excuse(&["S28", "S34", "S37", "S38"]);
    let put_aside = queue.put_aside();
    let mut groups: Vec<Vec<(usize, Span, Option<Span>)>> = vec![Vec::new(); traffic.groups.len()];
    for (message, sent) in queue.first_sends() {
        let Some(group) = sent.group else { continue };
        let gone = traffic.messages[message].expired || put_aside[message] || queue.poisonous(message);
        if gone || queue.dead_lettered(message) || excuse.covers(traffic, message, traffic.end.0) {
            continue;
        }
        let effect = queue.effect(message);
        let at = effect.map(|effect| Span {
            begin: effect.at,
            end: effect.at,
            begin_ms: effect.at_ms,
            end_ms: effect.at_ms,
        });
        groups[group].push((message, sent.span, at));
    }
    if groups.iter().all(Vec::is_empty) {
        return Verdict::unknown("sends with message groups");
    }
    let mut witness = Vec::new();
    for (group, items) in groups.iter().enumerate() {
        let name = traffic.groups.text(group);
        for (first, second) in overtaken(items).into_iter().filter(|_| !mutated("effect-order: any order")) {
            let at = queue.effect(second).map_or(0, |effect| effect.at_ms);
            let (early, late) = (traffic.messages[second].body, traffic.messages[first].body);
            let late_at =
                queue.effect(first).map_or("had none".to_owned(), |effect| format!("had it at {} ms", effect.at_ms));
            witness.push(format!(
                "group `{name}`: `{early}` had its effect at {at} ms; `{late}`, which was sent before it, {late_at}"
            ));
        }
    }
    Verdict::from_witness(witness)
}
