//! A failure for people: expected, seen, where in the spec, why AWS says so, how to run just this again.

use std::fmt::Write as _;
use std::sync::Arc;

use owo_colors::OwoColorize;
use redeliver_spec::Case;
use redeliver_spec::problem::{Problem, Style};

use super::detail::vacuous;
use super::evidence;
use crate::event::CaseResult;
use crate::finding::{Difference, Exchange, Finding};
use crate::verdict::Verdict;

/// Longest parameter or response text, in lines; the history has all of it.
const JSON_LINES_MAX: usize = 24;
/// Longest such text that stays on one line, in characters.
const JSON_LINE_MAX: usize = 100;
/// Width to which the spec's text is wrapped: the same everywhere, so that output is too.
const WIDTH: usize = 120;

/// Writes a result that needs attention, with colours; `again` is the command that runs just this case.
pub fn failure(case: &Case, result: &CaseResult, again: &str) -> String {
    let (pointer, label) = headline(case, &result.run.finding);
    let place = case.file.place(pointer).unwrap_or(case.place);
    let title = format!("{}: {}", result.verdict, case.id);
    let style = Style { color: true, width: WIDTH };
    let mut text = Problem::new(Arc::clone(&case.file), place, title).label(label).render(style);
    for (name, value) in rows(case, result, again) {
        for (number, line) in value.lines().enumerate() {
            // Padded before it is coloured: escape codes have no width.
            let name = format!("{:<10}", if number == 0 { name } else { "" });
            let _ = writeln!(text, "  {}{line}", name.bold());
        }
    }
    text
}

/// The place to show, and what to say there.
pub(super) fn headline<'a>(case: &'a Case, finding: &'a Finding) -> (&'a str, String) {
    match finding {
        Finding::Broken(failure) => (&failure.pointer, failure.title.clone()),
        Finding::Held => (&case.pointer, "this passes".to_owned()),
        Finding::Vacuous { missing } => (&case.pointer, vacuous(missing)),
        Finding::Skipped { reason } | Finding::CouldNotRun { reason, .. } => (&case.pointer, reason.clone()),
    }
}

/// What stands below the spec's text: names and texts of one line or several.
pub(super) fn rows(case: &Case, result: &CaseResult, again: &str) -> Vec<(&'static str, String)> {
    let mut rows = Vec::new();
    if let Finding::Broken(failure) = &result.run.finding {
        rows.extend(failure.differences.iter().flat_map(difference_rows));
        rows.extend(failure.exchange.iter().flat_map(exchange_rows));
        rows.extend((!failure.witness.is_empty()).then(|| ("witness", failure.witness.join("\n"))));
    }
    let known = if result.verdict == Verdict::UnexpectedPass { "was known" } else { "known" };
    rows.extend(result.known.iter().map(|reason| (known, reason.clone())));
    rows.extend((result.tries > 1).then(|| ("tries", format!("so in each of {}", result.tries))));
    rows.push(("why", evidence::lines(&case.evidence).join("\n")));
    rows.push(("again", again.to_owned()));
    rows
}

fn difference_rows(difference: &Difference) -> [(&'static str, String); 2] {
    let at = if difference.at.is_empty() { String::new() } else { format!(" at {}", difference.at) };
    [("expected", format!("{}{at}", difference.expected)), ("seen", difference.seen.clone())]
}

fn exchange_rows(exchange: &Exchange) -> [(&'static str, String); 2] {
    let sent = format!("{} {}", exchange.call, compact(&exchange.input));
    [("sent", sent), ("answered", format!("{} {}", exchange.status, compact(&exchange.output)))]
}

/// JSON on one line where it is short, else indented and cut.
fn compact(value: &serde_json::Value) -> String {
    let line = value.to_string();
    if line.chars().count() <= JSON_LINE_MAX {
        return line;
    }
    let text = serde_json::to_string_pretty(value).unwrap_or(line);
    let count = text.lines().count();
    let clip = |line: &str| match line.char_indices().nth(WIDTH) {
        Some((end, _)) => format!("{}… ({} bytes)", &line[..end], line.len()),
        None => line.to_owned(),
    };
    let mut lines: Vec<_> = text.lines().take(JSON_LINES_MAX).map(clip).collect();
    if count > JSON_LINES_MAX {
        lines.push(format!("… and {} lines more", count - JSON_LINES_MAX));
    }
    lines.join("\n")
}
