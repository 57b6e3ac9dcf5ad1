//! The comparison for a repository: short enough to be read there.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::figures::{UNKNOWN, day, duration, memory, percent, thousands, version};
use super::matrix::{Line, service_name};
use super::terminal::reason;
use super::{Column, Comparison, Counts};

/// Reasons that are told of one target before the rest is only counted.
const REASONS_MAX: usize = 12;

/// Writes the comparison as Markdown: what is passed, by service and by guarantee, what the targets took, why they deviate most.
pub fn markdown(comparison: &Comparison) -> String {
    let mut text = head(comparison);
    let all: Line<'_> = ("**all**", comparison.targets.iter().map(|column| column.counts).collect());
    let mut services = vec![all];
    services.extend(comparison.by_service().into_iter().map(|(name, cells)| (service_name(name), cells)));
    text.push_str(&table(comparison, "service", &services, true));
    text.push_str("\n## Guarantees\n\n");
    text.push_str(&table(comparison, "guarantee", &comparison.by_guarantee(), false));
    text.push_str("\n## Targets\n\n");
    text.push_str(&targets(comparison));
    text.push_str("\n## How they deviate\n\n");
    text.push_str(&deviations(comparison));
    text.push_str("\n## Try it\n\n");
    text.push_str(&again(comparison));
    text
}

fn head(comparison: &Comparison) -> String {
    let ours = comparison.ours();
    format!(
        "# Who keeps which guarantee\n\n<!-- Written by `redeliver compare`: change nothing here by hand. -->\n\n{} cases on {} targets, compared \
         by `redeliver` {} on {}. Every case has evidence that AWS behaves so.\n\n`30/41` says that 30 of 41 cases ended as on AWS. `30/41 (5)`: 5 \
         of these 41 were not run, most because the target does not have what they need; that is never a pass. A dash: none was run. \
         A deviation counts whether it is known or not.{ours}\n\n",
        thousands(comparison.cases),
        comparison.targets.len(),
        comparison.redeliver,
        day(Some(&comparison.compared_at)),
    )
}

fn table(comparison: &Comparison, first: &str, lines: &[Line<'_>], with_share: bool) -> String {
    let mut text = format!("| {first} |");
    for column in &comparison.targets {
        let _ = write!(text, " {} |", plain(&column.name));
    }
    text.push_str("\n|---|");
    text.push_str(&"--:|".repeat(comparison.targets.len()));
    text.push('\n');
    for (name, cells) in lines {
        let _ = write!(text, "| {name} |");
        for cell in cells {
            let _ = write!(text, " {} |", cell.cell());
        }
        text.push('\n');
    }
    if with_share {
        let ran = |counts: Counts| Counts { skipped: 0, could_not_run: 0, not_selected: 0, ..counts };
        let shares: [(&str, &dyn Fn(Counts) -> Counts); 2] =
            [("passed of all", &|counts| counts), ("passed of those run", &ran)];
        for (name, of) in shares {
            let _ = write!(text, "| {name} |");
            for column in &comparison.targets {
                let _ = write!(text, " {} |", percent(of(column.counts)));
            }
            text.push('\n');
        }
    }
    text
}

fn targets(comparison: &Comparison) -> String {
    let mut text = String::from(
        "| target | version | run on | passed | known deviations | failed | skipped | could not run | not in its report | took | peak memory | CPU time |\n\
         |---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for column in &comparison.targets {
        let (run, counts) = (&column.run, column.counts);
        let _ = write!(
            text,
            "| {} | {} | {} |",
            plain(&column.name),
            plain(version(column)),
            day(run.started_at.as_deref())
        );
        let numbers =
            [counts.passed, counts.known, counts.failed, counts.skipped, counts.could_not_run, counts.not_selected];
        for number in numbers {
            let _ = write!(text, " {} |", thousands(number));
        }
        let took = [duration(run.elapsed_ms), memory(run.peak_memory_bytes), duration(run.cpu_ms)];
        let _ = writeln!(text, " {} |", took.join(" | "));
    }
    text.push_str(
        "\nMemory (each process at its most, added up) and CPU time are those of the target's own processes, where `redeliver` started them. \
         Times of a run say how long its cases waited as much as how fast the target is.",
    );
    if comparison.targets.iter().any(|column| column.run.started_at.is_none()) {
        let _ = write!(
            text,
            " {UNKNOWN}: not in its report; in virtual time, reports are the same each time and have no date."
        );
    }
    text.push('\n');
    text
}

/// Reasons by how many cases they are about.
fn deviations(comparison: &Comparison) -> String {
    let mut text = String::new();
    for column in comparison.targets.iter().filter(|column| column.counts.deviating() > 0) {
        let reasons = reasons(comparison, column);
        let count = column.counts.deviating();
        let (cases, reason) = (words(count, "case", "cases"), words(reasons.len(), "reason", "reasons"));
        let _ = writeln!(
            text,
            "<details>\n<summary>{}: {} {cases}, {} {reason}</summary>\n",
            plain(&column.name),
            thousands(count),
            thousands(reasons.len())
        );
        for (reason, count) in reasons.iter().take(REASONS_MAX) {
            let _ = writeln!(text, "- {count}: {}", plain(reason));
        }
        if reasons.len() > REASONS_MAX {
            let left: usize = reasons[REASONS_MAX..].iter().map(|(_, count)| count).sum();
            let _ = writeln!(text, "- {left}: {} others", reasons.len() - REASONS_MAX);
        }
        text.push_str("\n</details>\n\n");
    }
    if text.is_empty() { "None does.\n".to_owned() } else { text }
}

/// The reasons of one target, the most frequent first.
fn reasons(comparison: &Comparison, column: &Column) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let told = comparison.entries.iter().filter_map(|entry| entry.results.get(&column.name));
    for told in told.filter(|told| told.outcome.deviates()) {
        *counts.entry(reason(told)).or_default() += 1;
    }
    let mut reasons: Vec<_> = counts.into_iter().collect();
    reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    reasons
}

fn again(comparison: &Comparison) -> String {
    let mut text = String::from("Each target by itself, then all beside each other:\n\n```text\n");
    for column in &comparison.targets {
        let _ = writeln!(text, "redeliver run --target {} --report json={}.json", column.name, column.name);
    }
    text.push_str("redeliver compare *.json --report markdown=COMPARISON.md --report html=comparison.html\n```\n\n");
    text.push_str(
        "`redeliver compare --target A --target B` runs them too. The page that `--report html=` writes has every deviating case: what was \
         expected, what was seen, why AWS is believed to do otherwise, and the command that runs it again.\n",
    );
    text
}

fn words<'a>(count: usize, one: &'a str, many: &'a str) -> &'a str {
    if count == 1 { one } else { many }
}

/// Text of others in a line of Markdown.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '|' | '*' | '_' | '[' | ']' | '#' => plain.extend(['\\', character]),
            '<' => plain.push_str("&lt;"),
            '\n' | '\r' => plain.push(' '),
            other => plain.push(other),
        }
    }
    plain
}
