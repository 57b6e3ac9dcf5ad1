//! A delivered message is hidden until its lease ends, and comes back then.

use super::exactly_once_in_window::twice;
use crate::Verdict;
use crate::mutation::mutated;
use crate::traffic::{Delivery, How, Outcome, Queue, Receive};

/// Needs deliveries. A standard queue may deliver copies (S1 to S3) and hold back or overlook messages (S4, S6, S7, S8); a lease may
/// be ended by the chaos (S11), a lost receive repeated (S31). On a FIFO queue copies are no excuse.
pub(super) fn check(queue: Queue<'_, '_>) -> Verdict {
    let traffic = queue.traffic;
    if queue.deliveries().next().is_none() {
        return Verdict::unknown("deliveries from the queue");
    }
    let copies: &[&str] = if queue.scene.is_fifo() { &["S11", "S31"] } else { &["S1", "S2", "S3", "S11", "S17"] };
    let excuse = traffic.excuse(copies);
    let mut witness = Vec::new();
    // From when to before when each message that came back was certainly visible.
    let mut visible = Vec::new();
    for (_, first) in queue.deliveries() {
        let Some(again) = queue.next(first) else { continue };
        if first.attempt.is_some() && first.attempt == again.attempt {
            continue;
        }
        let lease = traffic.certain_lease(first, queue.scene);
        let excused = excuse.covers(traffic, first.message, again.span.end);
        if !excused && deleted_in_time(queue, first, again) {
            witness.push(twice(queue, first, again, "after it was deleted"));
        } else if first.span.before(&again.span) && lease.hides(again.span.end, again.span.end_ms) && !excused {
            if !mutated("visibility-exact: early is fine") {
                witness.push(twice(queue, first, again, "while the first delivery hid it"));
            }
        } else if !queue.scene.is_fifo() {
            let (_, until_ms) = traffic.possible_lease(first, queue.scene);
            visible.push((until_ms.saturating_add(queue.expectation.slack_ms), again.span.begin, first));
        }
    }
    overlooked(queue, visible, &mut witness);
    Verdict::from_witness(witness)
}

/// Whether the first delivery was deleted with certainty before the second began.
fn deleted_in_time(queue: Queue<'_, '_>, first: &Delivery<'_>, again: &Delivery<'_>) -> bool {
    let lease = queue.traffic.certain_lease(first, queue.scene);
    queue.traffic.handled_of(first).any(|one| {
        let certain = one.how == How::Deleted && one.outcome == Outcome::Done && one.span.before(&again.span);
        certain && lease.hides(one.span.end, one.span.end_ms)
    })
}

/// Long polls that found nothing while a message was visible.
fn overlooked<'t, 'a>(
    queue: Queue<'t, 'a>,
    mut visible: Vec<(u64, usize, &'t Delivery<'a>)>,
    witness: &mut Vec<String>,
) {
    let excuse = queue.traffic.excuse(&["S4", "S6", "S7", "S8", "S17", "S29", "S36", "X1", "X2", "X3", "X7"]);
    let empty = |poll: &&Receive| poll.empty && poll.long && Some(poll.queue) == queue.number;
    let mut polls: Vec<_> = queue.traffic.receives.iter().filter(empty).collect();
    polls.sort_by_key(|poll| poll.span.begin_ms);
    visible.sort_by_key(|(from_ms, ..)| *from_ms);
    let mut visible = visible.into_iter().peekable();
    // The message that stays visible longest, among those visible so far.
    let mut longest: Option<(usize, &Delivery<'_>)> = None;
    for poll in polls {
        while let Some((_, before, first)) = visible.next_if(|(from_ms, ..)| *from_ms < poll.span.begin_ms) {
            if longest.is_none_or(|(other, _)| other < before) {
                longest = Some((before, first));
            }
        }
        if let Some((before, first)) = longest
            && poll.span.end < before
            && !excuse.covers(queue.traffic, first.message, poll.span.end)
            && !mutated("visibility-exact: late is fine")
        {
            let (shown, at, process) = (queue.shown(first.message), poll.span.end_ms, poll.process);
            witness.push(format!("{shown} was visible again, and consumer {process} found nothing until {at} ms"));
        }
    }
}
