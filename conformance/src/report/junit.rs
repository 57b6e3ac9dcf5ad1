//! The `JUnit` report: a suite for each spec file, a test for each case.
//!
//! It stays within what the strictest reader takes, the schema that Jenkins' xUnit plugin holds reports against; GitLab and the viewers of
//! GitHub take more. So a case has no properties of its own: its verdict is the type of its failure, error or skip.

use indexmap::IndexMap;
use quick_junit::{NonSuccessKind, Property, Report, TestCase, TestCaseStatus, TestRerun, TestSuite};

use super::{Recorded, detail::detail};
use crate::event::{CaseResult, Durations, Stopped};
use crate::select::file_of;
use crate::verdict::Verdict;

/// Writes the `JUnit` report of a run.
#[expect(clippy::missing_panics_doc, reason = "it never does")]
pub fn junit(run: &Recorded) -> String {
    let mut suites: IndexMap<&str, TestSuite> = IndexMap::new();
    for result in &run.results {
        let file = file_of(&result.run.id);
        let suite = suites.entry(file).or_insert_with(|| {
            let mut suite = TestSuite::new(file);
            suite.add_property(Property::new("guarantee", result.guarantee.as_str()));
            suite
        });
        suite.add_test_case(test_case(run, file, result));
    }
    let mut about = TestSuite::new("redeliver");
    let property = |name: &str, value: String| Property::new(name, value);
    about.add_property(property("target", run.header.target.clone()));
    about.add_property(property("seed", run.header.seed.to_string()));
    about.add_properties(run.header.profile.iter().map(|profile| property("profile", profile.clone())));
    about.add_property(property("interrupted", (run.end.stopped.is_some_and(Stopped::is_from_outside)).to_string()));
    if let Some(problem) = &run.problem {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_type("not-started").set_message(problem.lines().next().unwrap_or_default()).set_description(problem);
        about.add_test_case(TestCase::new("run", status));
    }
    let mut report = Report::new(format!("redeliver on {}", run.header.target));
    report.add_test_suite(about).add_test_suites(suites.into_values());
    let text = report.to_string().expect("it is written to memory");
    // XML has no such characters, and the writer leaves them in.
    without_skipped_of_all(&text.replace(['\u{FFFE}', '\u{FFFF}'], "\u{FFFD}"))
}

/// The element around all suites has no such attribute in the common schema; each suite has one.
fn without_skipped_of_all(text: &str) -> String {
    let start = text.find("<testsuites ").unwrap_or_default();
    let end = text[start..].find('>').map_or(start, |end| start + end);
    let element = &text[start..end];
    let Some(at) = element.find(" skipped=\"") else { return text.to_owned() };
    let rest = element[at + 1..].split_once("\" ").map_or("", |(_, rest)| rest);
    format!("{}{} {rest}{}", &text[..start], &element[..at], &text[end..])
}

fn test_case(run: &Recorded, file: &str, result: &CaseResult) -> TestCase {
    let name = result.run.id.strip_prefix(file).map_or("", |rest| rest.trim_start_matches("::"));
    let mut case = TestCase::new(name, status(run, result));
    case.set_classname(file);
    if run.header.durations != Durations::Hidden {
        case.set_time(result.run.elapsed);
    }
    case
}

/// Failures are broken promises; errors are cases that could not run, which says nothing about a promise.
fn status(run: &Recorded, result: &CaseResult) -> TestCaseStatus {
    let text = detail(result).unwrap_or_default();
    let title = text.lines().next().unwrap_or_default().to_owned();
    let mut status = match result.verdict {
        Verdict::Passed => return TestCaseStatus::success(),
        Verdict::Flaky if !run.header.certify => return flaky(title, text),
        Verdict::Skipped if !run.header.certify => TestCaseStatus::skipped(),
        Verdict::KnownDeviation | Verdict::KnownFlaky => TestCaseStatus::skipped(),
        Verdict::Failed | Verdict::Flaky | Verdict::UnexpectedPass | Verdict::Vacuous | Verdict::Skipped => {
            TestCaseStatus::non_success(NonSuccessKind::Failure)
        }
        Verdict::CouldNotRun => TestCaseStatus::non_success(NonSuccessKind::Error),
    };
    status.set_type(result.verdict.name()).set_message(title).set_description(text);
    status
}

/// A success that names the try before it.
fn flaky(title: String, text: String) -> TestCaseStatus {
    let mut first = TestRerun::new(NonSuccessKind::Failure);
    first.set_type(Verdict::Flaky.name()).set_message(title).set_description(text);
    let mut status = TestCaseStatus::success();
    status.add_rerun(first);
    status
}
