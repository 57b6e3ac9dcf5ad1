//! After the last fault everything is done in time, every worker goes on, and a shutdown leaves nothing hidden.

use std::collections::BTreeMap;

use crate::Verdict;
use crate::mutation::mutated;
use crate::traffic::{How, Outcome, Queue, TurnWhat};

/// Needs the time that is allowed, and a history that reaches so far, or is done before. What expired, was purged by the chaos or
/// swallowed as a duplicate (S28, S37, S38) is not waited for.
pub(super) fn check(queue: Queue<'_, '_>) -> Verdict {
    let (traffic, expectation) = (queue.traffic, queue.expectation);
    let Some(within_ms) = expectation.drain_within_ms else {
        return Verdict::unknown("the time after the last fault in which everything must be done");
    };
    if queue.emptied() {
        return Verdict::unknown("a history in which the queue is neither purged nor deleted");
    }
    let last_send_ms = queue.sent().map(|(_, sent)| sent.span.end_ms).max().unwrap_or_default();
    let (healed, healed_ms) = traffic.faults.last().map_or((0, 0), |fault| (fault.at, fault.at_ms));
    let due_ms = healed_ms.max(last_send_ms).saturating_add(within_ms);
    let (_, end_ms) = traffic.end;
    let mut witness = Vec::new();
    let mut left = 0_usize;
    let excuse = traffic.excuse(&["S28", "S37", "S38"]);
    for (message, _) in queue.first_sends() {
        let gone = traffic.messages[message].expired || excuse.covers(traffic, message, traffic.end.0);
        let done_ms = if gone || traffic.messages[message].dead_lettered { Some(0) } else { done_ms(queue, message) };
        if done_ms.is_none_or(|at| at > due_ms) && !mutated("drained: never") {
            left += 1;
            let done = done_ms.map_or("was never done".to_owned(), |at| format!("was done at {at} ms"));
            witness.push(format!("{} {done}; everything was due at {due_ms} ms", queue.shown(message)));
        }
    }
    if left > 0 && end_ms < due_ms {
        return Verdict::unknown("a history that goes on for that time after the last fault");
    }
    if end_ms >= due_ms {
        idle_workers(queue, healed, &mut witness);
    }
    left_hidden(queue, &mut witness);
    Verdict::from_witness(witness)
}

/// When a message was deleted, or came out of the dead-letter queue.
fn done_ms(queue: Queue<'_, '_>, message: usize) -> Option<u64> {
    let handled = queue.deliveries_of(message).flat_map(|delivery| queue.traffic.handled_of(delivery));
    let deletions = handled.filter(|one| one.how == How::Deleted && one.outcome != Outcome::Refused);
    let deleted =
        deletions.map(|one| if one.outcome == Outcome::Done { one.span.end_ms } else { one.span.begin_ms }).min();
    let dead = queue.dead_delivery(message).map(|delivery| delivery.span.end_ms);
    deleted.into_iter().chain(dead).min()
}

/// Workers that asked for messages before the last fault and never after it, though nothing stopped them.
fn idle_workers(queue: Queue<'_, '_>, healed: usize, witness: &mut Vec<String>) {
    let mut polls: BTreeMap<u32, usize> = BTreeMap::new();
    let calls = queue.traffic.calls.iter().filter(|call| call.name == "sqs:ReceiveMessage" && call.process != 0);
    for call in calls {
        let last = polls.entry(call.process).or_default();
        *last = (*last).max(call.span.begin);
    }
    for turn in queue.traffic.turns.iter().filter(|turn| turn.what != TurnWhat::Restarted) {
        polls.remove(&turn.process);
    }
    let idle = polls.into_iter().filter(|(_, last)| *last < healed && !mutated("drained: workers may stop"));
    witness.extend(idle.map(|(process, _)| format!("consumer {process} asked for nothing after the last fault")));
}

/// Messages that a process had in flight when it was shut down, and neither deleted nor released.
fn left_hidden(queue: Queue<'_, '_>, witness: &mut Vec<String>) {
    let Some(grace_ms) = queue.expectation.shutdown_grace_ms else { return };
    let traffic = queue.traffic;
    let turns = traffic.turns.iter().filter(|turn| turn.what == TurnWhat::ShutDown);
    let shutdowns: BTreeMap<u32, (usize, u64)> = turns.map(|turn| (turn.process, (turn.at, turn.at_ms))).collect();
    for (_, delivery) in queue.deliveries() {
        let Some((at, at_ms)) = shutdowns.get(&delivery.process).copied() else { continue };
        let lease = traffic.certain_lease(delivery, queue.scene);
        let deadline_ms = at_ms.saturating_add(grace_ms);
        let untouched = traffic.handled_of(delivery).all(|one| {
            one.outcome == Outcome::Refused || (one.outcome == Outcome::Done && matches!(one.how, How::Changed(_)))
        });
        if delivery.span.begin < at
            && untouched
            && lease.until_ms > deadline_ms
            && !mutated("drained: shutdowns may strand")
        {
            let (shown, process, until) = (queue.shown(delivery.message), delivery.process, lease.until_ms);
            witness.push(format!(
                "consumer {process} was shut down at {at_ms} ms and left {shown} hidden until {until} ms"
            ));
        }
    }
}
