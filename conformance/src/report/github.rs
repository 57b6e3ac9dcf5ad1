//! Annotations for GitHub Actions: workflow commands that its runner reads from what a step prints,
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Recorded;
use super::context::{Context, Spot};
use super::detail::detail;
use crate::event::{CaseResult, Stopped};
use crate::finding::Finding;
use crate::run::scheduler::NOT_STARTED;
use crate::verdict::Verdict;

/// How many annotations of one level GitHub shows of a step; it drops the others in silence.
const SHOWN_MAX: usize = 10;
/// The longest message, in characters: the summary has the rest.
const MESSAGE_CHARS_MAX: usize = 4000;

/// One annotation.
struct Annotation {
    spot: Option<Spot>,
    title: String,
    message: String,
}

/// Writes a run as annotations: an error for each case that fails the run, one for all cases that could not run for the same reason, a
/// warning for each flaky one, and a notice of what is beyond what GitHub shows.
pub fn github(run: &Recorded, context: &Context<'_>) -> String {
    let mut text = String::new();
    if let Some(problem) = &run.problem {
        let title = "redeliver: nothing was run".to_owned();
        tell(&mut text, "error", &[Annotation { spot: None, title, message: problem.clone() }]);
    }
    if let Some(stopped) = run.end.stopped.filter(|stopped| stopped.is_from_outside()) {
        let by = if stopped == Stopped::Terminated { "SIGTERM" } else { "Ctrl-C" };
        let message = format!("{by} ended the run before its last case");
        tell(&mut text, "warning", &[Annotation { spot: None, title: "redeliver: interrupted".to_owned(), message }]);
    }
    let errors = errors(run, context);
    let flaky = run.results.iter().filter(|result| result.verdict == Verdict::Flaky && !context.fails(result));
    let warnings: Vec<_> = flaky.map(|result| of_case(result, context)).collect();
    for (level, annotations) in [("error", &errors), ("warning", &warnings)] {
        let shown = annotations.len().min(SHOWN_MAX);
        tell(&mut text, level, &annotations[..shown]);
        if let rest @ 1.. = annotations.len() - shown {
            let message = format!("{rest} more of this level than GitHub shows: the summary and the log have them all");
            let title = format!("redeliver: and {rest} more {level}s");
            tell(&mut text, "notice", &[Annotation { spot: None, title, message }]);
        }
    }
    text
}

/// What fails the run: first what holds for many cases, then case by case.
fn errors(run: &Recorded, context: &Context<'_>) -> Vec<Annotation> {
    let mut by_reason: BTreeMap<(Verdict, String), Vec<&CaseResult>> = BTreeMap::new();
    let mut single = Vec::new();
    let mut gone = Vec::new();
    for result in run.results.iter().filter(|result| context.fails(result)) {
        if matches!(result.run.finding, Finding::CouldNotRun { unreachable: true, .. }) {
            gone.push(result);
        } else if matches!(result.verdict, Verdict::CouldNotRun | Verdict::Skipped) {
            let reason = detail(result).unwrap_or_default();
            by_reason.entry((result.verdict, reason)).or_default().push(result);
        } else {
            single.push(of_case(result, context));
        }
    }
    let gone = (!gone.is_empty()).then(|| {
        // Those that were not started for it say only that.
        let cause = gone.iter().filter_map(|result| detail(result)).find(|reason| !reason.starts_with(NOT_STARTED));
        together(Verdict::CouldNotRun, &cause.unwrap_or_default(), &gone)
    });
    let shared = by_reason.into_iter().map(|((verdict, reason), results)| match results[..] {
        [result] => of_case(result, context),
        _ => together(verdict, &reason, &results),
    });
    gone.into_iter().chain(shared).chain(single).collect()
}

/// One annotation for many cases.
fn together(verdict: Verdict, reason: &str, results: &[&CaseResult]) -> Annotation {
    let title = format!("redeliver: {}", verdict.phrase(results.len()));
    let ids: Vec<_> = results.iter().take(3).map(|result| result.run.id.as_str()).collect();
    let rest = if results.len() > 3 { ", .." } else { "" };
    Annotation { spot: None, title, message: format!("{reason}\n({}{rest})", ids.join(", ")) }
}

fn of_case(result: &CaseResult, context: &Context<'_>) -> Annotation {
    let message = format!("{}\nagain: {}", detail(result).unwrap_or_default(), context.again(result));
    Annotation {
        spot: context.spot(result),
        title: format!("{}: {}", result.verdict.name(), result.run.id),
        message: message.trim_start().to_owned(),
    }
}

fn tell(text: &mut String, level: &str, annotations: &[Annotation]) {
    for Annotation { spot, title, message } in annotations {
        let place = spot
            .as_ref()
            .map(|Spot { file, line, column }| format!("file={},line={line},col={column},", escaped_property(file)));
        let message: String = message.chars().take(MESSAGE_CHARS_MAX).collect();
        let place = place.unwrap_or_default();
        let _ = writeln!(text, "::{level} {place}title={}::{}", escaped_property(title), escaped(&message));
    }
}

/// The text of a command: what would end its line.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property: also what would end it.
fn escaped_property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::sample::{context, recorded, suite};
    use super::*;

    #[test]
    fn what_would_end_a_command_or_its_properties_is_escaped() {
        let spot = Spot { file: "a,b:c%.yaml".to_owned(), line: 3, column: 5 };
        let annotation =
            Annotation { spot: Some(spot), title: "x: y,\nz".to_owned(), message: "100%\r\n::error::no".to_owned() };
        let mut text = String::new();
        tell(&mut text, "error", &[annotation]);
        let expected = "::error file=a%2Cb%3Ac%25.yaml,line=3,col=5,title=x%3A y%2C%0Az::100%25%0D%0A::error::no\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_failing_case_is_told_at_its_line() {
        let suite = suite(2);
        let run = recorded(&suite, |at| (at == 1).then_some(Verdict::Failed));
        let expected = "::error file=sqs/queue/list.yaml,line=10,col=16,title=failed%3A sqs/queue/list%3A%3Ac1::it failed%0A/Count: \
                        expected 1, seen 2%0Aagain: redeliver run 'sqs/queue/list::c1'\n";
        assert_eq!(github(&run, &context(&suite)), expected);
    }

    #[test]
    fn more_than_github_shows_is_told_in_a_notice() {
        let suite = suite(25);
        let run = recorded(&suite, |at| Some(if at < 12 { Verdict::Failed } else { Verdict::Flaky }));
        let text = github(&run, &context(&suite));
        let count = |level: &str| text.lines().filter(|line| line.starts_with(&format!("::{level} "))).count();
        assert_eq!([count("error"), count("warning"), count("notice")], [10, 10, 2]);
        assert!(
            text.contains("title=redeliver%3A and 2 more errors::") && text.contains("and 3 more warnings::"),
            "{text}"
        );
    }

    #[test]
    fn cases_that_could_not_run_for_one_reason_are_one_annotation() {
        let suite = suite(5);
        let run = recorded(&suite, |_| Some(Verdict::CouldNotRun));
        let ids = "sqs/queue/list::c0, sqs/queue/list::c1, sqs/queue/list::c2, ..";
        let expected = format!("::error title=redeliver%3A 5 could not run::connection refused%0A({ids})\n");
        assert_eq!(github(&run, &context(&suite)), expected);
    }

    #[test]
    fn a_run_in_which_all_holds_says_nothing() {
        let suite = suite(2);
        assert_eq!(github(&recorded(&suite, |_| None), &context(&suite)), "");
    }
}
