//! Cases and targets that tests start from.

use redeliver_check::{Record, What};
use redeliver_conformance::exec::{Cancel, run_case};
use redeliver_conformance::finding::{CaseRun, Failure, Finding};
use redeliver_conformance::target::{Options, Target, find};
use redeliver_spec::Case;

/// A case with these steps, written as in a spec, each line indented by four.
pub(crate) fn case(steps: &str) -> Case {
    let text = format!(
        "spec: \"1.0\"\nabout: A test of the runner.\nguarantee: polling\nrequires: [sqs.standard]\ncases:\n\
         \x20 - name: one\n    evidence: {{ model: botocore 1.44.5 }}\n    steps:\n{steps}"
    );
    let suite = redeliver_spec::load([("sqs/test/runner.yaml", text)]);
    let suite = suite.unwrap_or_else(|problems| panic!("{problems}"));
    suite.files[0].cases[0].clone()
}

/// The reference with this seed.
pub(crate) fn reference(seed: u64) -> Target {
    Target::open(find("reference").unwrap(), &Options { seed, ..Options::default() }).unwrap()
}

/// Runs the steps on the reference.
pub(crate) fn run(steps: &str) -> CaseRun {
    run_case(&reference(7), &case(steps), &Cancel::new())
}

/// The failure of a run that must have failed.
pub(crate) fn failure(run: &CaseRun) -> &Failure {
    match &run.finding {
        Finding::Broken(failure) => failure,
        other => panic!("not broken: {other:?}"),
    }
}

/// The calls of a history, each as `process operation answer`.
pub(crate) fn calls(history: &[Record]) -> Vec<String> {
    let shown = |record: &Record| {
        let answer = match &record.what {
            What::Ok { .. } => "ok".to_owned(),
            What::Fail { code, .. } => code.clone(),
            What::Info { reason, .. } => format!("({reason})"),
            _ => return None,
        };
        let operation = record.what.call()?.trim_start_matches("sqs:");
        Some(format!("{} {operation} {answer}", record.process))
    };
    history.iter().filter_map(shown).collect()
}
