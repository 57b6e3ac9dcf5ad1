//! A made-up run, for the tests of reports.

use std::time::Duration;

use redeliver_spec::Suite;

use super::{About, Context, Recorded};
use crate::event::{CaseResult, Durations, RunEnd, RunHeader};
use crate::finding::{CaseRun, Difference, Failure, Finding};
use crate::run::judge::Judge;
use crate::verdict::Verdict;

/// Cases `c0`, `c1`, ... of one file.
pub(super) fn suite(cases: usize) -> Suite {
    let case = |at| {
        format!("  - name: c{at}\n    evidence: {{ model: botocore 1.0 }}\n    steps: [ {{ call: sqs:ListQueues }} ]\n")
    };
    let cases: String = (0..cases).map(case).collect();
    let text = format!("spec: \"1.0\"\nabout: Lists.\nguarantee: queue-lifecycle\ncases:\n{cases}");
    redeliver_spec::load([("sqs/queue/list.yaml", text)]).unwrap_or_else(|problems| panic!("{problems}"))
}

/// What reports are given beside a run of it.
pub(super) fn context(suite: &Suite) -> Context<'_> {
    let cases: Vec<_> = suite.cases().collect();
    Context::new(&cases, Judge::default(), |id| format!("redeliver run '{id}'"))
}

/// A run of it, with the verdict for each case by its place; passed where there is none.
pub(super) fn recorded(suite: &Suite, verdict: impl Fn(usize) -> Option<Verdict>) -> Recorded {
    let results: Vec<_> = suite
        .cases()
        .enumerate()
        .map(|(at, case)| {
            let verdict = verdict(at).unwrap_or(Verdict::Passed);
            let finding = finding(verdict, &case.pointer);
            let known = (verdict == Verdict::KnownDeviation).then(|| "it counts <otherwise>".to_owned());
            let run = CaseRun { id: case.id.clone(), finding, elapsed: Duration::ZERO, history: Vec::new() };
            CaseResult {
                guarantee: case.guarantee.as_str().to_owned(),
                verdict,
                known,
                evidence: Vec::new(),
                tries: 1,
                run,
            }
        })
        .collect();
    let header = RunHeader {
        target: "none".to_owned(),
        seed: 0,
        profile: None,
        cases: results.len(),
        durations: Durations::Virtual,
        certify: false,
    };
    let end = RunEnd { stopped: None, elapsed: Duration::ZERO };
    Recorded { header, about: About::default(), results, end, problem: None }
}

fn finding(verdict: Verdict, case: &str) -> Finding {
    match verdict {
        Verdict::Passed | Verdict::UnexpectedPass => Finding::Held,
        Verdict::Skipped => Finding::Skipped { reason: "the target lacks `sqs.fifo`".to_owned() },
        Verdict::CouldNotRun => Finding::CouldNotRun { reason: "connection refused".to_owned(), unreachable: false },
        Verdict::Vacuous => Finding::Vacuous { missing: vec!["redelivery"] },
        Verdict::Failed | Verdict::KnownDeviation | Verdict::Flaky | Verdict::KnownFlaky => {
            let seen = Difference { at: "/Count".to_owned(), expected: "1".to_owned(), seen: "2".to_owned() };
            Finding::Broken(Box::new(Failure {
                title: "it failed".to_owned(),
                pointer: format!("{case}/steps/0/call"),
                differences: vec![seen],
                exchange: None,
                witness: Vec::new(),
            }))
        }
    }
}
