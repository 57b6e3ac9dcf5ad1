//! The runner itself: what must pass does, and what must fail does, for the reason that it states.

#![expect(clippy::unwrap_used, reason = "all of this is a test")]

use std::path::Path;

use redeliver_conformance::event::CaseResult;
use redeliver_conformance::exec::{Cancel, run_case};
use redeliver_conformance::report::detail::detail;
use redeliver_conformance::run::judge::Judge;
use redeliver_conformance::specs;
use redeliver_conformance::target::{Options, Target, find};
use redeliver_conformance::verdict::Verdict;

/// Runs every case of a folder of `specs/format` on the reference; each result with the text of its file.
fn run(folder: &str) -> Vec<(CaseResult, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/format").join(folder);
    let suite = specs::folder(path).load().unwrap_or_else(|problem| panic!("{problem}"));
    let target = Target::open(find("reference").unwrap(), &Options::default()).unwrap();
    let judge = Judge::default();
    let run = |case| judge.judge(case, run_case(&target, case, &Cancel::new()));
    suite.files.iter().flat_map(|file| file.cases.iter().map(|case| (run(case), file.source.to_string()))).collect()
}

#[test]
fn specs_that_hold_pass() {
    let results = run("valid-pass");
    assert!(results.len() > 10, "only {} cases", results.len());
    let others: Vec<_> = results.iter().filter(|(result, _)| result.verdict != Verdict::Passed).collect();
    assert!(others.is_empty(), "{others:#?}");
}

#[test]
fn specs_that_do_not_hold_fail_for_the_reason_that_they_state() {
    let results = run("valid-fail");
    assert!(results.len() > 10, "only {} cases", results.len());
    for (result, source) in results {
        let id = &result.run.id;
        let stated = source.lines().next().and_then(|line| line.strip_prefix("# fails: "));
        let stated = stated.unwrap_or_else(|| panic!("{id}: the file must begin with `# fails: <part of the reason>`"));
        let reason = detail(&result).unwrap_or_else(|| panic!("{id} passes"));
        assert!(matches!(result.verdict, Verdict::Failed | Verdict::Vacuous), "{id}: {}: {reason}", result.verdict);
        assert!(reason.contains(stated), "{id}: it is to fail for `{stated}`, and fails for:\n{reason}");
    }
}
