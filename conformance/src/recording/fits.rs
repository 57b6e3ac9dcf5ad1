//! Which cases can be recorded.

use redeliver_spec::{Case, Step, StepKind};

/// Why a recording of this case could not be played back, if so.
pub fn reason_not_to_record(case: &Case) -> Option<String> {
    of_steps(&case.steps).map(|what| format!("a recording can't play back {what}"))
}

fn of_steps(steps: &[Step]) -> Option<&'static str> {
    steps.iter().find_map(|step| match &step.kind {
        StepKind::Workload(_) | StepKind::StreamWorkload(_) => Some("a workload, whose calls depend on their timing"),
        StepKind::Endpoint(_) | StepKind::Requests(_) => Some("what a target sends to endpoints"),
        StepKind::Parallel(branches) => branches.iter().find_map(|steps| of_steps(steps)),
        StepKind::Repeat { steps, .. } => of_steps(steps),
        StepKind::Call(_) | StepKind::Drain(_) | StepKind::Raw(_) | StepKind::Wait(_) | StepKind::Given(_) => None,
    })
}
