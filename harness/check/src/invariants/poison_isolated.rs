//! Messages that cannot be handled are dead-lettered and hold up nothing else.

use crate::Verdict;
use crate::mutation::mutated;
use crate::traffic::{How, Queue};

/// Needs the keys of the messages that cannot be handled, effects, and a drained history. How long a group may wait is judged only
/// where no fault struck and the consumer did not change the visibility of what it could not handle.
pub(super) fn check(queue: Queue<'_, '_>) -> Verdict {
    let traffic = queue.traffic;
    if queue.expectation.poison.is_empty() {
        return Verdict::unknown("the keys of messages that cannot be handled");
    }
    if queue.lacks_effects() {
        return Verdict::unknown("effects of the consumer");
    }
    let watched = queue.scene.dead_letter.is_some() && queue.shows_dead_letters();
    let mut witness = Vec::new();
    for (message, _) in queue.first_sends() {
        let poison = queue.poisonous(message);
        let done = queue.effect(message).is_some() || traffic.messages[message].expired || queue.dead_lettered(message);
        if !poison && !done && !mutated("poison-isolated: others may wait for ever") {
            witness.push(format!("{} can be handled and had no effect", queue.shown(message)));
        } else if poison && watched && !queue.dead_lettered(message) && !mutated("poison-isolated: poison may stay") {
            witness.push(format!("{} cannot be handled and was not dead-lettered", queue.shown(message)));
        }
    }
    if !witness.is_empty() && !queue.expectation.drained {
        return Verdict::unknown("a history that goes on until the queue was drained");
    }
    if queue.scene.is_fifo() && traffic.faults.is_empty() {
        blocked(queue, &mut witness);
    }
    Verdict::from_witness(witness)
}

/// The next message of the group comes at the latest when the poisonous one had all its receives.
fn blocked(queue: Queue<'_, '_>, witness: &mut Vec<String>) {
    let traffic = queue.traffic;
    let Some(most) = queue.scene.max_receive_count else { return };
    let limit_ms = u64::from(most) * (queue.scene.visibility_ms + queue.expectation.slack_ms);
    // The poisonous message that each group waits for.
    let mut waits: Vec<Option<usize>> = vec![None; traffic.groups.len()];
    for (message, sent) in queue.first_sends() {
        let Some(group) = sent.group else { continue };
        let first = |message: usize| traffic.messages[message].first.map(|at| traffic.deliveries[at].span);
        if queue.poisonous(message) {
            let mut changed = queue.deliveries_of(message).flat_map(|delivery| traffic.handled_of(delivery));
            waits[group] = changed.all(|one| !matches!(one.how, How::Changed(_))).then_some(message);
        } else if let Some(poison) = waits[group].take()
            && let (Some(from), Some(to)) = (first(poison), first(message))
            && to.begin_ms > from.end_ms + limit_ms
        {
            let (poison, shown, waited) = (queue.shown(poison), queue.shown(message), to.begin_ms - from.end_ms);
            witness.push(format!("{shown} waited {waited} ms for {poison}, longer than {limit_ms} ms"));
        }
    }
}
