//! No two handlers work on one business key at the same time.

use crate::mutation::mutated;
use crate::traffic::{Handling, Traffic};
use crate::{Expectation, Verdict};

/// Needs handlers with keys. Allows for no fault: the consumer claims it under all of them, for example by a lock.
pub(super) fn check(traffic: &Traffic<'_>, _: &Expectation) -> Verdict {
    if traffic.handlings.is_empty() {
        return Verdict::unknown("beginnings and ends of handlers");
    }
    // The handling of each key that ends last so far; handlings come in the order of their beginnings.
    let mut latest: Vec<Option<&Handling<'_>>> = vec![None; traffic.keys.len()];
    let mut witness = Vec::new();
    for handling in &traffic.handlings {
        let Some(key) = handling.key else { continue };
        if let Some(earlier) = latest[key]
            && handling.span.begin < earlier.span.end
            && !mutated("no-overlap: side by side is fine")
        {
            let (key, first, second) = (traffic.keys.text(key), earlier.process, handling.process);
            let (from, to, at) = (earlier.span.begin_ms, earlier.span.end_ms, handling.span.begin_ms);
            witness.push(format!(
                "consumer {first} worked on `{key}` from {from} to {to} ms, and consumer {second} began at {at} ms"
            ));
        }
        if latest[key].is_none_or(|earlier| earlier.span.end < handling.span.end) {
            latest[key] = Some(handling);
        }
    }
    Verdict::from_witness(witness)
}
