//! The Markdown report: what a pull request or the summary page of a CI run shows.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Recorded;
use super::context::{Context, Spot};
use super::detail::detail;
use super::failure::{headline, rows};
use crate::event::{CaseResult, Stopped};
use crate::verdict::Verdict;

/// The longest summary that GitHub takes of a step, in bytes; of a longer one it shows nothing.
pub const BYTES_MAX: usize = 1024 * 1024;

/// Kept free for the notes that tell what was left out.
const NOTES_BYTES: usize = 2048;
/// The longest text of one case, in characters.
const CASE_CHARS_MAX: usize = 6000;

/// Writes the Markdown report of a run, not longer than `bytes_max`: where it would be, cases are counted instead of shown.
pub fn markdown(run: &Recorded, context: &Context<'_>, bytes_max: usize) -> String {
    let mut page = Page { text: String::new(), bytes_max: bytes_max.saturating_sub(NOTES_BYTES) };
    page.add(&head(run, context));
    let failing = run.results.iter().filter(|result| context.fails(result));
    let (shared, single): (Vec<_>, Vec<_>) =
        failing.partition(|result| matches!(result.verdict, Verdict::CouldNotRun | Verdict::Skipped));
    page.section(
        "Cases that fail the run",
        &single.iter().map(|result| failing_case(result, context)).collect::<Vec<_>>(),
    );
    page.section("Cases that could not run", &by_reason(&shared));
    page.section("By guarantee", &guarantees(run, context));
    for (title, verdict) in [
        ("Known deviations", Verdict::KnownDeviation),
        ("Known flaky", Verdict::KnownFlaky),
        ("Flaky", Verdict::Flaky),
        ("Skipped", Verdict::Skipped),
    ] {
        let results = run.results.iter().filter(|result| result.verdict == verdict && !context.fails(result));
        page.section(title, &by_reason(&results.collect::<Vec<_>>()));
    }
    page.text
}

/// A text that knows how long it may become.
struct Page {
    text: String,
    bytes_max: usize,
}

impl Page {
    /// Adds it where it still fits.
    fn add(&mut self, part: &str) -> bool {
        let fits = self.text.len() + part.len() <= self.bytes_max;
        if fits {
            self.text.push_str(part);
        }
        fits
    }

    /// Adds as many parts as fit, and says how many did not.
    fn section(&mut self, title: &str, parts: &[String]) {
        if parts.is_empty() || !self.add(&format!("\n### {title}\n\n")) {
            return;
        }
        let shown = parts.iter().take_while(|part| self.add(part)).count();
        if shown < parts.len() {
            // For this there is room that nothing else takes.
            let _ = writeln!(
                self.text,
                "\nNot shown, for want of room: {} more. The other reports have them.",
                parts.len() - shown
            );
        }
    }
}

/// Where, how it ended, how many cases have which verdict.
fn head(run: &Recorded, context: &Context<'_>) -> String {
    let failing = run.results.iter().filter(|result| context.fails(result)).count();
    let ended = match run.end.stopped {
        _ if run.problem.is_some() => "nothing was run".to_owned(),
        Some(Stopped::Interrupted | Stopped::Terminated) => "interrupted".to_owned(),
        Some(Stopped::FailFast | Stopped::Unreachable) | None if failing > 0 => format!("{failing} fail the run"),
        Some(Stopped::FailFast | Stopped::Unreachable) | None => "all that had to hold did".to_owned(),
    };
    let mut text = format!("## redeliver on {}: {ended}\n\n", code(&run.header.target));
    if let Some(problem) = &run.problem {
        let _ = writeln!(text, "{}", fenced(&clip(problem)));
        return text;
    }
    let totals = run.totals();
    let there: Vec<_> = Verdict::ALL.into_iter().filter(|verdict| totals.count(*verdict) > 0).collect();
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    text.push_str(&row(std::iter::once("cases".to_owned()).chain(there.iter().map(|v| v.name().to_owned())).collect()));
    text.push_str(&row(vec!["---:".to_owned(); there.len() + 1]));
    let counts = there.iter().map(|verdict| totals.count(*verdict).to_string());
    text.push_str(&row(std::iter::once(totals.all().to_string()).chain(counts).collect()));
    text
}

/// A case that fails the run, folded: expected and seen, why AWS says so, how to run it again.
fn failing_case(result: &CaseResult, context: &Context<'_>) -> String {
    let id = html(&result.run.id);
    let title = format!("<details><summary>{}: <code>{id}</code></summary>\n\n", result.verdict.name());
    let Some(case) = context.case(result) else {
        return format!("{title}{}\n</details>\n", fenced(&clip(&detail(result).unwrap_or_default())));
    };
    let (_, label) = headline(case, &result.run.finding);
    let place = context.spot(result).map(|Spot { file, line, .. }| format!("at {file}:{line}\n")).unwrap_or_default();
    let mut text = format!("{label}\n{place}\n");
    let mut again = String::new();
    for (name, value) in rows(case, result, &context.again(result)) {
        if name == "again" {
            again = fenced(&value);
            continue;
        }
        for (number, line) in value.lines().enumerate() {
            let _ = writeln!(text, "{:<10}{line}", if number == 0 { name } else { "" });
        }
    }
    format!("{title}{}\nRun it again:\n\n{again}\n</details>\n", fenced(&clip(&text)))
}

/// Results by their reason: each with its cases, folded.
fn by_reason(results: &[&CaseResult]) -> Vec<String> {
    let mut reasons: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for result in results {
        let reason = result.known.clone().or_else(|| detail(result)).unwrap_or_default();
        let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
        reasons.entry(clip(&reason)).or_default().push(&result.run.id);
    }
    let told = |(reason, ids): (String, Vec<&str>)| {
        let mut text = format!("<details><summary>{}: {}</summary>\n\n", ids.len(), html(&reason));
        for id in ids {
            let _ = writeln!(text, "- {}", code(id));
        }
        text + "\n</details>\n"
    };
    reasons.into_iter().map(told).collect()
}

/// A row for each guarantee, the first with the head of the table.
fn guarantees(run: &Recorded, context: &Context<'_>) -> Vec<String> {
    let mut groups: BTreeMap<&str, Vec<&CaseResult>> = BTreeMap::new();
    for result in &run.results {
        groups.entry(&result.guarantee).or_default().push(result);
    }
    let rows = groups.into_iter().map(|(guarantee, results)| {
        let mark = if results.iter().any(|result| context.fails(result)) { "**" } else { "" };
        let counts = crate::run::judge::Totals::of(results.iter().copied()).phrase();
        format!("| {mark}{guarantee}{mark} | {counts} |\n")
    });
    let mut rows: Vec<_> = rows.collect();
    if let Some(first) = rows.first_mut() {
        first.insert_str(0, "| guarantee | cases |\n|---|---|\n");
    }
    rows
}

/// The start of a text, where it is too long.
fn clip(text: &str) -> String {
    match text.char_indices().nth(CASE_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// A block that shows a text as it is, whatever backticks it has.
fn fenced(text: &str) -> String {
    let fence = "`".repeat(longest_run(text).max(2) + 1);
    format!("{fence}text\n{}\n{fence}\n", text.trim_end())
}

/// A few words as they are.
fn code(text: &str) -> String {
    let fence = "`".repeat(longest_run(text) + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// The most backticks that stand side by side.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

/// Text inside of HTML, on which Markdown has no say either.
fn html(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '&' | '<' | '>' | '"' | '`' | '*' | '_' | '[' | ']' | '|' | '\\' | '~' | '@' | '#' => {
                let _ = write!(escaped, "&#{};", u32::from(c));
            }
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::super::sample::{context, recorded, suite};
    use super::*;

    #[test]
    fn a_report_has_counts_failures_and_what_is_known() {
        let suite = suite(4);
        let verdicts = [None, Some(Verdict::Failed), Some(Verdict::KnownDeviation), Some(Verdict::CouldNotRun)];
        insta::assert_snapshot!(markdown(&recorded(&suite, |at| verdicts[at]), &context(&suite), BYTES_MAX));
    }

    #[test]
    fn a_report_never_grows_beyond_its_limit() {
        let suite = suite(3000);
        let run = recorded(&suite, |_| Some(Verdict::Failed));
        for bytes_max in [NOTES_BYTES + 300, 20_000, 200_000, BYTES_MAX] {
            let text = markdown(&run, &context(&suite), bytes_max);
            assert!(text.len() <= bytes_max, "{} > {bytes_max}", text.len());
            assert_eq!(text.matches("<details>").count(), text.matches("</details>").count());
        }
        let text = markdown(&run, &context(&suite), 200_000);
        let shown = text.matches("<details>").count();
        assert!(shown > 100, "{shown}");
        assert!(text.contains(&format!("Not shown, for want of room: {} more.", 3000 - shown)), "{shown}");
    }

    #[test]
    fn no_text_ends_its_block() {
        assert_eq!(fenced("a\n```\nb"), "````text\na\n```\nb\n````\n");
        assert_eq!([code("a`b"), code("`")], ["``a`b``", "`` ` ``"]);
        assert_eq!(html("<b>&`x`"), "&#60;b&#62;&#38;&#96;x&#96;");
    }

    #[test]
    fn a_run_that_could_not_start_says_why() {
        let header = recorded(&suite(1), |_| None).header;
        let run = Recorded::not_started(header, "spec files are invalid".to_owned());
        let expected = "## redeliver on `none`: nothing was run\n\n```text\nspec files are invalid\n```\n\n";
        assert_eq!(markdown(&run, &Context::nothing(), BYTES_MAX), expected);
    }
}
