//! No receipt handle is used after the same process received a newer one.

use crate::mutation::mutated;
use crate::traffic::{How, Traffic};
use crate::{Expectation, Verdict};

/// How many later deliveries of a message are looked through for one to the same process.
const LATER_MAX: usize = 1_000;

/// Needs deletions or changes of visibility. Two copies of one answer (S3) have no newer one; a handler that began before the newer
/// delivery and is still at work may finish with what it has.
pub(super) fn check(traffic: &Traffic<'_>, _: &Expectation) -> Verdict {
    if traffic.handled.is_empty() {
        return Verdict::unknown("deletions or changes of visibility");
    }
    let mut at_work: Vec<Option<(usize, usize)>> = vec![None; traffic.deliveries.len()];
    for handling in &traffic.handlings {
        if let Some(delivery) = handling.delivery {
            at_work[delivery] = Some((handling.span.begin, handling.span.end));
        }
    }
    let mut witness = Vec::new();
    for one in &traffic.handled {
        let Some(number) = one.delivery else { continue };
        let delivery = &traffic.deliveries[number];
        let later = std::iter::successors(delivery.next, |&at| traffic.deliveries[at].next).take(LATER_MAX);
        let mut later = later.map(|at| &traffic.deliveries[at]);
        let newer = later.find(|newer| newer.process == one.process && newer.span != delivery.span);
        let Some(newer) = newer.filter(|newer| newer.queue == delivery.queue && delivery.process == one.process) else {
            continue;
        };
        let busy = at_work[number].is_some_and(|(begin, end)| begin < newer.span.end && one.span.begin <= end);
        if newer.span.before(&one.span) && !busy && !mutated("stale-handle: old ones are fine") {
            let word = if one.how == How::Deleted { "deletion" } else { "change of visibility" };
            let (body, process, at) = (delivery.body, one.process, one.span.begin_ms);
            let (old, new) = (delivery.span.end_ms, newer.span.end_ms);
            witness.push(format!("consumer {process}: {word} of `{body}` at {at} ms with the handle of {old} ms; it had a newer one since {new} ms"));
        }
    }
    Verdict::from_witness(witness)
}
