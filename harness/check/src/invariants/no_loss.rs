//! Every message whose send was acknowledged had its effect.

use crate::Verdict;
use crate::mutation::mutated;
use crate::traffic::{How, Outcome, Queue};

/// Needs effects, and a history that goes on until the queue was drained.
///
/// Messages that expired or were purged by the chaos (S37, S38), swallowed as duplicates (S28), dead-lettered, or put aside by
/// their handler on purpose are not lost.
pub(super) fn check(queue: Queue<'_, '_>) -> Verdict {
    if queue.lacks_effects() {
        return Verdict::unknown("effects of the consumer");
    }
    if queue.emptied() {
        return Verdict::unknown("a history in which the queue is neither purged nor deleted");
    }
    let traffic = queue.traffic;
    let excuse = traffic.excuse(&["S28", "S37", "S38"]);
    let repeated = queue.repeated();
    let put_aside = queue.put_aside();
    let mut witness = Vec::new();
    let mut unseen = false;
    for (message, sent) in queue.first_sends() {
        let gone = traffic.messages[message].expired || queue.dead_lettered(message) || put_aside[message];
        let swallowed = || traffic.messages[message].first.is_none() && repeated(sent);
        let excused =
            || gone || swallowed() || queue.poisonous(message) || excuse.covers(traffic, message, traffic.end.0);
        if queue.effect(message).is_some() || excused() || mutated("no-loss: nothing is lost") {
            continue;
        }
        // Nothing was read from the dead-letter queue: the message may be there.
        if queue.scene.dead_letter.is_some() && !queue.shows_dead_letters() && !deleted(queue, message) {
            unseen = true;
            continue;
        }
        let shown = queue.shown(message);
        witness.push(format!(
            "{shown} was accepted at {} ms and had no effect{}",
            sent.span.end_ms,
            fate(queue, message)
        ));
    }
    if !witness.is_empty() && !queue.expectation.drained {
        return Verdict::unknown("a history that goes on until the queue was drained");
    }
    if witness.is_empty() && unseen {
        return Verdict::unknown("reads of the dead-letter queue, or what the backend tells");
    }
    Verdict::from_witness(witness)
}

fn deleted(queue: Queue<'_, '_>, message: usize) -> bool {
    let mut handled = queue.deliveries_of(message).flat_map(|delivery| queue.traffic.handled_of(delivery));
    handled.any(|one| one.how == How::Deleted && one.outcome != Outcome::Refused)
}

/// What became of a message, to be added to a line.
fn fate(queue: Queue<'_, '_>, message: usize) -> String {
    let Some(last) = queue.deliveries_of(message).last() else { return "; it was never received".to_owned() };
    let mut handled = queue.traffic.handled_of(last);
    let deletion = handled.find(|one| one.how == How::Deleted && one.outcome != Outcome::Refused);
    let deletion = deletion.map_or(String::new(), |one| format!(" and deleted at {} ms", one.span.begin_ms));
    format!("; consumer {} received it at {} ms{deletion}", last.process, last.span.end_ms)
}
