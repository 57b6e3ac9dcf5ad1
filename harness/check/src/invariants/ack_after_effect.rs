//! A message is deleted after its effect, never before.

use crate::Verdict;
use crate::mutation::mutated;
use crate::traffic::{How, Queue};

/// Needs effects. A handler may put a message aside on purpose: it ends with a reason, before the deletion. What process 0, the
/// test itself, deletes is its own affair. Allows for no fault.
pub(super) fn check(queue: Queue<'_, '_>) -> Verdict {
    if queue.lacks_effects() {
        return Verdict::unknown("effects of the consumer");
    }
    let traffic = queue.traffic;
    let put_aside = queue.put_aside();
    let mut witness = Vec::new();
    let ours = |queue_of: usize| Some(queue_of) == queue.number;
    for one in traffic.handled.iter().filter(|one| one.how == How::Deleted && one.process != 0 && ours(one.queue)) {
        let Some(message) = one.delivery.map(|delivery| traffic.deliveries[delivery].message) else { continue };
        let effect = queue.effect(message);
        let before =
            effect.is_some_and(|effect| effect.at < one.span.begin || mutated("ack-after-effect: later is fine"));
        if !before && !put_aside[message] {
            let (shown, process, at) = (queue.shown(message), one.process, one.span.begin_ms);
            let effect = effect.map_or("had none".to_owned(), |effect| format!("came at {} ms", effect.at_ms));
            witness.push(format!("consumer {process} deleted {shown} at {at} ms; its effect {effect}"));
        }
    }
    Verdict::from_witness(witness)
}
