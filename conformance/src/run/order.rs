//! The order in which cases are started.

use std::time::Duration;

use redeliver_spec::{Case, Step, StepKind};

use super::judge::Judge;
use super::skip::shortest_wait;
use crate::target::{Manifest, Time};

/// About how long a workload takes on a real clock: mostly the time for which its queue has to stay empty.
const WORKLOAD: Duration = Duration::from_secs(30);

/// On a real clock, cases that are likely to take longest come last. One half of the jobs begins there: cases that mostly wait get under
/// way early, and meanwhile the other half keeps the target busy. Where time is virtual the order stays.
pub fn in_order<'a>(manifest: &Manifest, judge: &Judge, cases: &[&'a Case]) -> Vec<&'a Case> {
    let mut cases = cases.to_vec();
    if manifest.time() == Time::Real {
        cases.sort_by_key(|case| shortest_wait(case) + longest_try(&case.steps, judge.knows(case)));
    }
    cases
}

/// How long one step may take beyond what it must wait: workloads, and what is tried until it is given up.
fn longest_try(steps: &[Step], fails: bool) -> Duration {
    let of_step = |step: &Step| match &step.kind {
        StepKind::Call(call) if fails => call.eventually.unwrap_or_default(),
        StepKind::Drain(drain) if fails => drain.eventually.unwrap_or_default(),
        StepKind::Workload(_) | StepKind::StreamWorkload(_) => WORKLOAD,
        StepKind::Repeat { steps, .. } => longest_try(steps, fails),
        StepKind::Parallel(branches) => {
            branches.iter().map(|steps| longest_try(steps, fails)).max().unwrap_or_default()
        }
        StepKind::Call(_)
        | StepKind::Drain(_)
        | StepKind::Wait(_)
        | StepKind::Raw(_)
        | StepKind::Endpoint(_)
        | StepKind::Requests(_)
        | StepKind::Given(_) => Duration::ZERO,
    };
    steps.iter().map(of_step).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::known::{Known, KnownList};
    use crate::target::find;

    fn names(target: &str, known: &[Known]) -> Vec<String> {
        let case = |name: &str, steps: &str| {
            format!("  - name: {name}\n    evidence: {{ model: botocore 1.0 }}\n    steps: [ {steps} ]\n")
        };
        let cases = [
            case("a", "{ wait: 1s }, { call: sqs:ListQueues }"),
            case("b", "{ call: sqs:ListQueues, eventually: 2m }"),
            case("c", "{ wait: 1m }, { call: sqs:ListQueues }"),
        ];
        let text = format!("spec: \"1.0\"\nabout: Waits.\nguarantee: queue-lifecycle\ncases:\n{}", cases.concat());
        let suite =
            redeliver_spec::load([("sqs/queue/list.yaml", text)]).unwrap_or_else(|problems| panic!("{problems}"));
        let cases: Vec<_> = suite.cases().collect();
        let ordered = in_order(&find(target).unwrap(), &Judge::new(KnownList::new(known).unwrap(), false), &cases);
        ordered.into_iter().map(|case| case.name.clone()).collect()
    }

    #[test]
    fn longest_waits_come_last_on_a_real_clock() {
        assert_eq!(names("http://localhost:1", &[]), ["b", "a", "c"]);
        assert_eq!(names("reference", &[]), ["a", "b", "c"]);
    }

    #[test]
    fn a_known_deviation_is_tried_until_it_is_given_up() {
        let known =
            Known { pattern: "sqs/queue/list::b".to_owned(), reason: "never".to_owned(), flaky: false, source: None };
        assert_eq!(names("http://localhost:1", &[known]), ["a", "c", "b"]);
    }
}
