//! What the search tries, in the order in which it is likely to find something.

use redeliver_chaos::plan::{Plan, PlannedRule};
use redeliver_chaos::{Fault, Stage, rules};

use super::run::Ran;
use crate::world::faults::strike;

/// What the plan's rules may do to a consumer, at each point at which a worker of the calm run awaits: crashes first, since nothing finds
/// more, also between two awaits that differ only in what they did outside of the run.
pub(crate) fn consumer_points(plan: &Plan, calm: &Ran) -> Vec<Fault> {
    let of_consumers =
        |planned: &&PlannedRule| rules::by_name(&planned.rule).is_some_and(|rule| rule.stage() == Stage::Consumer);
    let mut rules: Vec<_> = plan.rules.iter().filter(of_consumers).collect();
    rules.sort_by_key(|planned| planned.rule != "crash");
    let mut faults = Vec::new();
    for planned in rules {
        let quiet = if planned.rule == "crash" { &calm.quiet_points[..] } else { &[] };
        for (worker, polls) in calm.points.iter().chain(quiet) {
            let here = polls.iter().map(|poll| strike(&planned.rule, &planned.parameters, worker, *poll));
            faults.extend(here.filter(|fault| calm.moments.get(&fault.at).is_some_and(|meant| meant.contains(fault))));
        }
    }
    faults
}

/// Pairs of faults, those first whose halves stand early in the list; at most so many.
pub(crate) fn pairs(singles: &[Fault], most: usize) -> Vec<[Fault; 2]> {
    let sums = 1..singles.len().saturating_mul(2);
    let with_sum = |sum: usize| {
        (0..=sum / 2).filter_map(move |first| {
            let second = sum - first;
            (first < second && second < singles.len()).then(|| [singles[first].clone(), singles[second].clone()])
        })
    };
    sums.flat_map(with_sum).take(most).collect()
}

/// Rules that a person believes at once, the plainest first: of the faults that break a test one of these is told.
const PLAIN: [&str; 21] = [
    "replica-duplicate",
    "fan-out-duplicate",
    "send-reply-lost",
    "publish-reply-lost",
    "put-reply-lost",
    "put-records-partial",
    "webhook-reply-lost",
    "lease-expires",
    "delete-reply-lost",
    "delete-fails",
    "delete-batch-partial",
    "lost-receive",
    "resurrected",
    "empty-short-poll",
    "empty-read",
    "iterator-expired",
    "reshard-mid-read",
    "children-late",
    "lease-stolen",
    "checkpoint-fails",
    "checkpoint-reply-lost",
];

/// The same list with its rules taken in turns, so that a budget that runs out has seen something of each; the plainest rules first.
pub(crate) fn in_turns(faults: Vec<Fault>) -> Vec<Fault> {
    let mut by_rule: Vec<(String, std::collections::VecDeque<Fault>)> = Vec::new();
    for fault in faults {
        match by_rule.iter_mut().find(|(rule, _)| *rule == fault.rule) {
            Some((_, own)) => own.push_back(fault),
            None => by_rule.push((fault.rule.clone(), [fault].into())),
        }
    }
    by_rule.sort_by_key(|(rule, _)| PLAIN.iter().position(|plain| plain == rule).unwrap_or(PLAIN.len()));
    let mut turns = Vec::new();
    while by_rule.iter().any(|(_, own)| !own.is_empty()) {
        turns.extend(by_rule.iter_mut().filter_map(|(_, own)| own.pop_front()));
    }
    turns
}
