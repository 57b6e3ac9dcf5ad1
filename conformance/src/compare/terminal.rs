//! The comparison for a terminal.

use std::fmt::Write as _;

use owo_colors::OwoColorize;

use super::figures::{day, duration, memory, percent, thousands, version};
use super::matrix::{Line, service_name};
use super::{Comparison, Counts, Told};

/// Width that tables keep to where they can: further targets follow below.
const WIDTH: usize = 120;
/// Longest version that is shown whole.
const VERSION_MAX: usize = 24;

/// Writes the comparison for people, with colours; `verbose` adds a line for each deviation.
pub fn terminal(comparison: &Comparison, verbose: bool) -> String {
    let guarantees = comparison.by_guarantee();
    let services: Vec<_> =
        comparison.by_service().into_iter().map(|(name, cells)| (service_name(name), cells)).collect();
    let all = vec![("all", comparison.targets.iter().map(|column| column.counts).collect())];
    let sections = [guarantees, services, all];
    let width =
        |names: &mut dyn Iterator<Item = &str>| names.map(|name| name.chars().count()).max().unwrap_or_default();
    let first = width(&mut sections.iter().flatten().map(|(name, _)| *name));
    let cell = |at: usize| {
        let cells = sections.iter().flatten().map(|(_, cells)| cells[at].cell().chars().count());
        cells.max().unwrap_or_default().max(comparison.targets[at].name.chars().count())
    };
    let widths: Vec<usize> = (0..comparison.targets.len()).map(cell).collect();
    let mut text = String::new();
    for range in parts(&widths, WIDTH.saturating_sub(first)) {
        text.push_str(&table(comparison, &sections, first, &widths, range));
        text.push('\n');
    }
    text.push_str(&targets(comparison));
    if verbose {
        text.push_str(&deviations(comparison));
    }
    text
}

/// Ranges of columns that fit beside each other; one that fits nowhere stands alone.
fn parts(widths: &[usize], room: usize) -> Vec<std::ops::Range<usize>> {
    let mut parts = Vec::new();
    let (mut start, mut taken) = (0, 0);
    for (at, width) in widths.iter().enumerate() {
        if at > start && taken + width + 2 > room {
            parts.push(start..at);
            (start, taken) = (at, 0);
        }
        taken += width + 2;
    }
    parts.push(start..widths.len());
    parts
}

fn table(
    comparison: &Comparison,
    sections: &[Vec<Line<'_>>],
    first: usize,
    widths: &[usize],
    range: std::ops::Range<usize>,
) -> String {
    let mut text = " ".repeat(first);
    for at in range.clone() {
        let name = format!("{:>width$}", comparison.targets[at].name, width = widths[at]);
        let _ = write!(text, "  {}", name.bold());
    }
    text.push('\n');
    for (number, section) in sections.iter().enumerate() {
        if number > 0 {
            text.push('\n');
        }
        for (name, cells) in section {
            let _ = write!(text, "{name:<first$}");
            for at in range.clone() {
                // Padded before it is coloured: escape codes have no width.
                let cell = format!("{:>width$}", cells[at].cell(), width = widths[at]);
                let _ = write!(text, "  {}", coloured(cells[at], &cell));
            }
            text.push('\n');
        }
    }
    text
}

fn coloured(counts: Counts, cell: &str) -> String {
    match (counts.deviating(), counts.not_run()) {
        (0, 0) => cell.green().to_string(),
        (0, _) => cell.dimmed().to_string(),
        _ => cell.red().to_string(),
    }
}

/// A line for each target: what it is, how it did, what it took.
fn targets(comparison: &Comparison) -> String {
    let width = comparison.targets.iter().map(|column| column.name.chars().count()).max().unwrap_or_default();
    let mut text = String::new();
    for column in &comparison.targets {
        let name = format!("{:<width$}", column.name);
        let shown: String = version(column).chars().take(VERSION_MAX).collect();
        let Counts { passed, known, failed, skipped, could_not_run, not_selected } = column.counts;
        let _ = write!(text, "{}  {} passed ({})", name.bold(), thousands(passed), percent(column.counts));
        let others = [
            (known, "deviate as known"),
            (failed, "failed"),
            (skipped, "skipped"),
            (could_not_run, "could not run"),
            (not_selected, "not in its report"),
        ];
        for (count, what) in others.into_iter().filter(|(count, _)| *count > 0) {
            let _ = write!(text, ", {} {what}", thousands(count));
        }
        let run = &column.run;
        let interrupted = if column.interrupted { ", interrupted" } else { "" };
        let _ = writeln!(
            text,
            "\n{:width$}  version {shown}, run on {}, took {}, memory {}, CPU {}{interrupted}",
            "",
            day(run.started_at.as_deref()),
            duration(run.elapsed_ms),
            memory(run.peak_memory_bytes),
            duration(run.cpu_ms),
        );
    }
    text
}

/// A line for each deviation.
fn deviations(comparison: &Comparison) -> String {
    let mut text = String::from("\n");
    for entry in &comparison.entries {
        for (target, told) in entry.results.iter().filter(|(_, told)| told.outcome.deviates()) {
            let _ = writeln!(text, "{} {target}: {}", entry.id.bold(), reason(told));
        }
    }
    text
}

/// Why, in one line.
pub(super) fn reason(told: &Told) -> String {
    let text = told.known.as_deref().or(told.title.as_deref()).unwrap_or(&told.verdict);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn columns_that_do_not_fit_follow_below() {
        assert_eq!(parts(&[5, 5, 5], 100), vec![0_usize..3; 1]);
        assert_eq!(parts(&[5, 5, 5], 14), [0..2, 2..3]);
        assert_eq!(parts(&[50, 5], 14), [0..1, 1..2]);
    }
}
