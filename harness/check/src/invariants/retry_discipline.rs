//! Calls are tried again in measure, with waits in between.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use crate::mutation::mutated;
use crate::traffic::{Outcome, Traffic};
use crate::{Expectation, Verdict};

/// Calls of one operation by one process.
#[derive(Default)]
struct Stream {
    begin_ms: u64,
    at_once: u32,
    failures: u32,
    /// When the row of failures began, and how long was waited between them.
    since_ms: u64,
    waited_ms: u64,
    ended_ms: u64,
}

/// Needs calls. Faults are no excuse: they are what a consumer has to be patient with.
pub(super) fn check(traffic: &Traffic<'_>, expectation: &Expectation) -> Verdict {
    if traffic.calls.is_empty() {
        return Verdict::unknown("calls");
    }
    let limits = &expectation.retries;
    let mut witness = Vec::new();
    let (calls, messages) = (traffic.calls.len() as u64, (traffic.sent.len() + traffic.streams().puts.len()) as u64);
    if let Some(most) = limits.calls_per_message_max.filter(|most| calls > messages.max(1) * most)
        && !mutated("retry-discipline: any amount")
    {
        witness.push(format!("{calls} calls for {messages} messages, more than {most} for each"));
    }
    let mut in_order: Vec<_> = traffic.calls.iter().collect();
    in_order.sort_by_key(|call| call.span.begin);
    let mut streams: HashMap<(u32, &str), Stream, FxBuildHasher> = HashMap::default();
    for call in in_order {
        let stream = streams.entry((call.process, call.name)).or_default();
        let begin_ms = call.span.begin_ms;
        stream.at_once = if stream.at_once > 0 && stream.begin_ms == begin_ms { stream.at_once + 1 } else { 1 };
        stream.begin_ms = begin_ms;
        if stream.at_once == limits.calls_at_once_max + 1 && !mutated("retry-discipline: storms") {
            let (process, name, most) = (call.process, call.name, limits.calls_at_once_max);
            witness.push(format!("process {process} began more than {most} calls of {name} at {begin_ms} ms"));
        }
        if call.outcome == Outcome::Done {
            stream.failures = 0;
            continue;
        }
        if stream.failures == 0 {
            (stream.since_ms, stream.waited_ms) = (begin_ms, 0);
        } else {
            stream.waited_ms += begin_ms.saturating_sub(stream.ended_ms);
        }
        stream.failures += 1;
        stream.ended_ms = call.answered_ms;
        let (failures, waited) = (stream.failures, stream.waited_ms);
        let waits = u64::from(failures.saturating_sub(1)).max(1);
        if failures == limits.failures_in_row
            && waited < limits.wait_ms_min * waits
            && !mutated("retry-discipline: hot loops")
        {
            let (process, name, since) = (call.process, call.name, stream.since_ms);
            witness.push(format!("process {process}: {failures} calls of {name} in a row failed since {since} ms, with {waited} ms of waiting in all"));
        }
    }
    Verdict::from_witness(witness)
}
