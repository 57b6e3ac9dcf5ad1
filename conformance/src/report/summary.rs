//! The end of the console report: what is known, what was skipped, the count by guarantee, the last line.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::time::Duration;

use owo_colors::OwoColorize;

use super::Recorded;
use super::detail::detail;
use crate::event::{CaseResult, Stopped};
use crate::run::judge::{Judge, Totals};
use crate::verdict::Verdict;

/// Cases that are named for one reason before the rest is only counted.
const NAMED_MAX: usize = 3;

/// Known deviations, each with its reason, and skipped cases by reason.
pub(super) fn remarks(run: &Recorded) -> String {
    let mut text = String::new();
    for verdict in [Verdict::KnownDeviation, Verdict::KnownFlaky, Verdict::Skipped] {
        let results: Vec<_> = run.results.iter().filter(|result| result.verdict == verdict).collect();
        if !results.is_empty() {
            let _ = writeln!(text, "{}:", verdict.phrase(results.len()).bold());
            text.push_str(&by_reason(&results));
        }
    }
    text + &flaky(run)
}

/// Cases that needed a second try: each with what happened at the first.
fn flaky(run: &Recorded) -> String {
    let results: Vec<_> = run.results.iter().filter(|result| result.verdict == Verdict::Flaky).collect();
    if results.is_empty() {
        return String::new();
    }
    let mut text = format!("{}:\n", Verdict::Flaky.phrase(results.len()).yellow().bold());
    for result in results {
        let _ = writeln!(text, "  {}", result.run.id);
        for line in detail(result).unwrap_or_default().lines() {
            let _ = writeln!(text, "    {line}");
        }
    }
    text
}

/// Cases that could not run, by reason: one dead target is told once, not once a case.
pub(super) fn could_not_run(run: &Recorded) -> String {
    let results: Vec<_> = run.results.iter().filter(|result| result.verdict == Verdict::CouldNotRun).collect();
    if results.is_empty() {
        return String::new();
    }
    format!("{}:\n{}", Verdict::CouldNotRun.phrase(results.len()).red().bold(), by_reason(&results))
}

/// Cases by the first line of their reason; what else the reason says is told once.
fn by_reason(results: &[&CaseResult]) -> String {
    let mut reasons: BTreeMap<String, (String, Vec<&str>)> = BTreeMap::new();
    for result in results {
        // A known deviation is written as text that may be wrapped anywhere; other reasons have a first line.
        let reason = match &result.known {
            Some(known) => known.split_whitespace().collect::<Vec<_>>().join(" "),
            None => detail(result).unwrap_or_default(),
        };
        let (first, rest) = reason.split_once('\n').unwrap_or((&reason, ""));
        reasons.entry(first.to_owned()).or_insert_with(|| (rest.to_owned(), Vec::new())).1.push(&result.run.id);
    }
    let (mut text, mut told) = (String::new(), BTreeSet::new());
    for (first, (rest, ids)) in reasons {
        // Known deviations are all named: their list is what a reader came for.
        let named = if results[0].known.is_some() { ids.len() } else { NAMED_MAX };
        let _ = writeln!(text, "  {first}");
        // What a dead program printed last is the same for every call that it left without reply.
        if told.insert(rest.clone()) {
            for line in rest.lines() {
                let _ = writeln!(text, "  | {}", line.trim().dimmed());
            }
        }
        for id in ids.iter().take(named) {
            let _ = writeln!(text, "    {id}");
        }
        if ids.len() > named {
            let _ = writeln!(text, "    {}", format!("and {} more", ids.len() - named).dimmed());
        }
    }
    text
}

/// A line for each guarantee.
pub(super) fn guarantees(run: &Recorded, judge: &Judge) -> String {
    let mut groups: BTreeMap<&str, Vec<&CaseResult>> = BTreeMap::new();
    for result in &run.results {
        groups.entry(&result.guarantee).or_default().push(result);
    }
    let width = groups.keys().map(|name| name.len()).max().unwrap_or_default();
    let mut text = String::new();
    for (guarantee, results) in groups {
        let fails = results.iter().any(|result| judge.fails(result.verdict));
        let counts = Totals::of(results.iter().copied()).phrase();
        let counts = if fails { counts.red().to_string() } else { counts };
        let _ = writeln!(text, "  {guarantee:<width$}  {counts}");
    }
    text
}

/// The last line: how many cases, where, with which verdicts, how long.
pub(super) fn last_line(run: &Recorded, judge: &Judge) -> String {
    let header = &run.header;
    let fails = run.results.iter().any(|result| judge.fails(result.verdict));
    let count = run.results.len();
    let cases = if count == 1 { "case" } else { "cases" };
    let profile = header.profile.as_ref().map(|profile| format!(", {profile}")).unwrap_or_default();
    let totals = run.totals().phrase();
    let totals = if fails { totals.red().bold().to_string() } else { totals.green().bold().to_string() };
    let stopped = match run.end.stopped {
        None => "",
        Some(Stopped::Interrupted) => " (interrupted)",
        Some(Stopped::Terminated) => " (ended by SIGTERM)",
        Some(Stopped::FailFast) => " (ended after the first failure)",
        Some(Stopped::Unreachable) => " (ended: the target could not be reached any more)",
    };
    let took = seconds(run.end.elapsed);
    format!("{count} {cases} on {} (seed {}{profile}): {totals} in {took}{stopped}\n", header.target, header.seed)
}

/// `1.42s`, `2m 05s`.
fn seconds(elapsed: Duration) -> String {
    match elapsed.as_secs() {
        0..60 => format!("{:.2}s", elapsed.as_secs_f64()),
        whole => format!("{}m {:02}s", whole / 60, whole % 60),
    }
}
