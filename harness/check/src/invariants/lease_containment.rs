//! A handler works on a message only while its lease lasts.

use crate::Verdict;
use crate::mutation::mutated;
use crate::traffic::{HandlingEnd, Queue};

/// Needs handlers. A handler that the chaos stalled (S15, X5, X10) cannot keep its lease.
pub(super) fn check(queue: Queue<'_, '_>) -> Verdict {
    let traffic = queue.traffic;
    if traffic.handlings.is_empty() {
        return Verdict::unknown("beginnings and ends of handlers");
    }
    let stalls = ["S15", "X5", "X10"];
    let excuse = traffic.excuse(&stalls);
    let mut witness = Vec::new();
    for handling in &traffic.handlings {
        let Some(delivery) = handling.delivery.map(|at| &traffic.deliveries[at]) else { continue };
        if Some(delivery.queue) != queue.number || handling.end == HandlingEnd::Open {
            continue;
        }
        let (gaps, until_ms) = traffic.possible_lease(delivery, queue.scene);
        let (begin_ms, end_ms) = (handling.span.begin_ms, handling.span.end_ms);
        let outside = gaps.into_iter().find(|(from, to)| begin_ms < *to && end_ms > *from).map(|(from, _)| from);
        let outside =
            outside.or((end_ms > until_ms).then_some(until_ms)).filter(|_| !mutated("lease-containment: no end"));
        let covered = || excuse.covers(traffic, handling.message, handling.span.end);
        if let Some(ended) = outside
            && !covered()
        {
            let (shown, process) = (queue.shown(handling.message), handling.process);
            witness.push(format!(
                "consumer {process} worked on {shown} from {begin_ms} to {end_ms} ms; its lease had ended at {ended} ms"
            ));
        }
    }
    Verdict::from_witness(witness)
}
