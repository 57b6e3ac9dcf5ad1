//! Invariants and expected stress.

use std::collections::BTreeSet;

use redeliver_check::{Expectation, Record, Verdict};
use redeliver_spec::step::StreamWorkloadStep;
use redeliver_spec::{Invariant, Stress};

use super::super::stop::Stop;
use super::judge;
use super::ledger::Entries;
use crate::finding::Failure;

/// Whether every invariant holds, and the stress happened that makes that mean anything.
pub(super) fn verdict(
    entries: &Entries,
    history: &[Record],
    workload: &StreamWorkloadStep,
    step: &str,
) -> Result<(), Stop> {
    for (index, invariant) in workload.invariants.iter().enumerate() {
        let witness = match invariant {
            Invariant::AtLeastOnce => judge::at_least_once(entries),
            Invariant::NoInvention => judge::no_invention(entries),
            Invariant::SameReplay => judge::same_replay(entries),
            Invariant::ShardLimits => judge::shard_limits(entries),
            other => of_history(*other, history)?,
        };
        if !witness.is_empty() {
            return Err(Stop::Broken(Box::new(Failure {
                title: format!("`{invariant}` is broken: {}", invariant.meaning()),
                pointer: format!("{step}/invariants/{index}"),
                differences: Vec::new(),
                exchange: None,
                witness,
            })));
        }
    }
    let missing: Vec<_> = workload.expects.iter().filter(|stress| !happened(**stress, entries)).collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(Stop::Vacuous(missing.into_iter().map(|stress| stress.as_str()).collect()))
    }
}

/// What the checker of histories says.
fn of_history(invariant: Invariant, history: &[Record]) -> Result<Vec<String>, Stop> {
    let name = invariant.as_str();
    let checker = redeliver_check::Invariant::from_name(name)
        .ok_or_else(|| Stop::could_not_run(format!("there is no checker of the invariant `{name}`")))?;
    // To read a record is all that these readers do with it.
    let expectation = Expectation { reads_are_effects: true, ..Expectation::default() };
    match checker.check_run(history, &expectation) {
        Verdict::Holds => Ok(Vec::new()),
        Verdict::Broken { witness } => Ok(witness),
        Verdict::Unknown { needs } => {
            Err(Stop::could_not_run(format!("whether `{name}` holds cannot be told: {needs}")))
        }
    }
}

fn happened(stress: Stress, entries: &Entries) -> bool {
    let with_records: BTreeSet<_> = entries.readers.values().flatten().map(|seen| seen.shard.as_str()).collect();
    match stress {
        Stress::Redelivery => entries.replays.iter().any(|replay| !replay.came.is_empty()),
        Stress::ConcurrentConsumers => entries.readers.values().filter(|seen| !seen.is_empty()).count() > 1,
        Stress::Resharding => entries.closed.iter().any(|(parent, children)| {
            with_records.contains(parent.as_str()) && children.iter().any(|child| with_records.contains(child.as_str()))
        }),
        Stress::Throttling => entries.throttled > 0,
        Stress::DeadLetter | Stress::DuplicateSend => false,
    }
}
