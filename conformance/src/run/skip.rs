//! Which cases a target can't run, or not soon enough.

use std::time::Duration;

use redeliver_spec::step::show_duration;
use redeliver_spec::{Case, Step, StepKind};

use crate::target::{Manifest, Time};

/// Why this case is not run on this target, if it is not: a feature that is missing, harm that it would do, or a wait beyond the limit. Where
/// time is virtual, waiting has no limit.
pub fn reason_to_skip(manifest: &Manifest, limit: Option<Duration>, case: &Case) -> Option<String> {
    if let Some(feature) = case.requires.iter().find(|feature| !manifest.features.contains(feature)) {
        return Some(format!("the target lacks `{feature}`"));
    }
    if let Some(reason) = manifest.harm_of(&case.id) {
        return Some(format!("it is never run on this target: {reason}"));
    }
    let limit = limit.filter(|_| manifest.time() == Time::Real)?;
    // The same text for all such cases, so that a report can tell them together.
    let longer = || format!("it must wait longer than {} (`--max-wait`)", show_duration(limit));
    (shortest_wait(case) > limit).then(longer)
}

/// The shortest time for which a case waits on a real clock when all goes well: `wait` steps, as often as they run. What may end
/// sooner (`eventually`, workloads, long polls) is not counted.
pub(super) fn shortest_wait(case: &Case) -> Duration {
    of_steps(&case.steps)
}

fn of_steps(steps: &[Step]) -> Duration {
    steps.iter().map(of_step).fold(Duration::ZERO, Duration::saturating_add)
}

fn of_step(step: &Step) -> Duration {
    match &step.kind {
        StepKind::Wait(wait) => *wait,
        StepKind::Parallel(branches) => branches.iter().map(|steps| of_steps(steps)).max().unwrap_or_default(),
        StepKind::Repeat { times, steps } => of_steps(steps).saturating_mul(*times),
        StepKind::Call(_)
        | StepKind::Drain(_)
        | StepKind::Workload(_)
        | StepKind::StreamWorkload(_)
        | StepKind::Raw(_)
        | StepKind::Endpoint(_)
        | StepKind::Requests(_)
        | StepKind::Given(_) => Duration::ZERO,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::find;

    const TEXT: &str = r#"spec: "1.0"
about: Waiting.
guarantee: queue-lifecycle
requires: [sqs.fifo]
cases:
  - name: waits
    evidence: { model: botocore 1.0 }
    steps:
      - wait: 10s
      - repeat: { times: 3, steps: [ { wait: 5s } ] }
      - parallel: [ [ { wait: 1s } ], [ { wait: 6s } ] ]
      - call: sqs:ListQueues
        eventually: 1h
"#;

    fn reason(target: &str, limit: Option<u64>, lacking: bool) -> Option<String> {
        let file = ("sqs/queue/list.yaml", TEXT);
        let suite = redeliver_spec::load([file]).unwrap_or_else(|problems| panic!("{problems}"));
        let mut manifest = find(target).unwrap();
        if lacking {
            manifest.features.clear();
        }
        reason_to_skip(&manifest, limit.map(Duration::from_secs), suite.cases().next().unwrap())
    }

    #[test]
    fn case_that_waits_longer_than_the_limit_is_skipped_on_a_real_clock() {
        assert_eq!(reason("http://localhost:1", Some(31), false), None);
        let told = "it must wait longer than 30s (`--max-wait`)".to_owned();
        assert_eq!(reason("http://localhost:1", Some(30), false), Some(told));
        assert_eq!(reason("http://localhost:1", None, false), None);
        assert_eq!(reason("reference", Some(30), false), None);
    }

    #[test]
    fn case_that_does_harm_is_skipped_with_its_reason() {
        let mut manifest = find("http://localhost:1").unwrap();
        let reason = "it hangs".to_owned();
        manifest.avoid = vec![crate::target::Avoided { pattern: "sqs/queue/*::waits".to_owned(), reason }];
        let suite =
            redeliver_spec::load([("sqs/queue/list.yaml", TEXT)]).unwrap_or_else(|problems| panic!("{problems}"));
        let told = reason_to_skip(&manifest, None, suite.cases().next().unwrap());
        assert_eq!(told, Some("it is never run on this target: it hangs".to_owned()));
    }

    #[test]
    fn case_that_needs_what_the_target_lacks_is_skipped() {
        assert_eq!(reason("reference", None, true), Some("the target lacks `sqs.fifo`".to_owned()));
    }
}
