//! The i-th delivery has a receive count of i or more, and it never falls.

use crate::Verdict;
use crate::mutation::mutated;
use crate::traffic::Queue;

/// Needs `ApproximateReceiveCount`. Counts that the chaos changed (S10), copies that it made (S1 to S3) and receives that it hid
/// (S4, S6) are excused; an exact count is expected only when no receive went without an answer.
pub(super) fn check(queue: Queue<'_, '_>) -> Verdict {
    let traffic = queue.traffic;
    let excuse = traffic.excuse(&["S1", "S2", "S3", "S4", "S6", "S10", "S29", "S31"]);
    let exact = queue.expectation.exact_counts && traffic.unanswered_receives == 0;
    // Per message: deliveries that are over, the greatest count among them, and the end of the last.
    let mut over: Vec<(u64, u64, usize)> = vec![(0, 0, 0); traffic.messages.len()];
    let (mut counted, mut witness) = (false, Vec::new());
    for (_, delivery) in queue.deliveries() {
        let Some(count) = delivery.count else { continue };
        counted = true;
        let (deliveries, greatest, end) = over[delivery.message];
        // Two receives at the same time may have counted in either order.
        if deliveries > 0 && end >= delivery.span.begin {
            over[delivery.message] = (deliveries, greatest.min(count), delivery.span.end);
            continue;
        }
        let nth = deliveries + 1;
        let wrong = if mutated("receive-count: any count") {
            false
        } else if exact {
            count != nth
        } else {
            count < nth || count < greatest
        };
        if wrong && !excuse.covers(traffic, delivery.message, delivery.span.end) {
            let (shown, at) = (queue.shown(delivery.message), delivery.span.end_ms);
            let before = if greatest > 0 { format!(", after {greatest}") } else { String::new() };
            witness.push(format!("delivery {nth} of {shown} at {at} ms has the receive count {count}{before}"));
        }
        over[delivery.message] = (nth, greatest.max(count), delivery.span.end);
    }
    if counted {
        Verdict::from_witness(witness)
    } else {
        Verdict::unknown("receive counts (`ApproximateReceiveCount`)")
    }
}
