//! The history against invariants and expected stress.

use redeliver_check::{Invariant, Record, Scene, Stress, Verdict};
use redeliver_spec::WorkloadStep;

use super::super::stop::Stop;
use crate::finding::Failure;

/// Whether every invariant holds, and the stress happened that makes that mean anything.
pub(super) fn verdict(history: &[Record], scene: &Scene, workload: &WorkloadStep, step: &str) -> Result<(), Stop> {
    for (index, invariant) in workload.invariants.iter().enumerate() {
        let name = invariant.as_str();
        let checker = Invariant::from_name(name)
            .ok_or_else(|| Stop::could_not_run(format!("there is no checker of the invariant `{name}`")))?;
        match checker.check(history, scene) {
            Verdict::Holds => {}
            Verdict::Broken { witness } => {
                let failure = Failure {
                    title: format!("`{name}` is broken: {}", invariant.meaning()),
                    pointer: format!("{step}/invariants/{index}"),
                    differences: Vec::new(),
                    exchange: None,
                    witness,
                };
                return Err(Stop::Broken(Box::new(failure)));
            }
            Verdict::Unknown { needs } => {
                return Err(Stop::could_not_run(format!("whether `{name}` holds cannot be told: {needs}")));
            }
        }
    }
    let happened = |name| Stress::from_name(name).is_some_and(|stress| stress.happened(history, scene));
    let missing: Vec<_> =
        workload.expects.iter().map(|stress| stress.as_str()).filter(|name| !happened(name)).collect();
    if missing.is_empty() { Ok(()) } else { Err(Stop::Vacuous(missing)) }
}
