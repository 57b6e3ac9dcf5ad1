//! No business key has more effects than it may have.

use std::collections::BTreeMap;

use crate::mutation::mutated;
use crate::traffic::Traffic;
use crate::{Expectation, Verdict};

/// Lines that are told in full; the others would not be read.
const TOLD_MAX: usize = 50;

/// Needs effects. No fault excuses a second effect: consumers claim to have one under all of them.
pub(super) fn check(traffic: &Traffic<'_>, expectation: &Expectation) -> Verdict {
    if traffic.effects.is_empty() && !expectation.tells_effects {
        return Verdict::unknown("effects of the consumer");
    }
    let most = expectation.effects_max + u32::from(mutated("effect-once: one more is fine"));
    let mut counts = vec![0_u32; traffic.keys.len()];
    for effect in &traffic.effects {
        counts[effect.key] += 1;
    }
    let mut told: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (key, count) in counts.iter().enumerate().filter(|(_, count)| **count > most) {
        let first = traffic.first_effect(key);
        let all = std::iter::successors(first, |&at| traffic.effects[at].next).map(|at| &traffic.effects[at]);
        let all = all.take(8).map(|effect| format!("at {} ms by consumer {}", effect.at_ms, effect.process));
        let all: Vec<_> = all.collect();
        let name = traffic.keys.text(key);
        told.insert(key, vec![format!("`{name}` had {count} effects, allowed {most}: {}", all.join(", "))]);
    }
    add_causes(traffic, &mut told);
    Verdict::from_witness(told.into_values().flatten().collect())
}

/// The deliveries of each key, and the faults that struck it.
fn add_causes(traffic: &Traffic<'_>, told: &mut BTreeMap<usize, Vec<String>>) {
    let shown: Vec<_> = told.keys().copied().take(TOLD_MAX).collect();
    if shown.is_empty() {
        return;
    }
    for delivery in &traffic.deliveries {
        let Some(key) = traffic.messages[delivery.message].key.filter(|key| shown.contains(key)) else { continue };
        if let Some(lines) = told.get_mut(&key).filter(|lines| lines.len() < 8) {
            let (id, process, at) = (traffic.ids.text(delivery.message), delivery.process, delivery.span.end_ms);
            lines.push(format!("  message {id} was delivered to consumer {process} at {at} ms"));
        }
    }
    for fault in &traffic.faults {
        let Some(key) = fault.key.and_then(|key| traffic.keys.find(key)).filter(|key| shown.contains(key)) else {
            continue;
        };
        if let Some(lines) = told.get_mut(&key) {
            lines.push(format!("  fault {} ({}) struck it at {} ms", fault.rule, fault.id, fault.at_ms));
        }
    }
}
