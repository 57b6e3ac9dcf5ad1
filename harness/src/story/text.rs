//! The story of a failure as text for `cargo test`: at most forty lines.

use redeliver_check::KeyRule;

use super::cause::cause;
use super::ink::{Ink, Tone};
use super::lines::{Line, lines, shorten};
use super::read::Reading;
use super::slice::Slice;
use super::words::{count, cut, foreign, stretch, wrap};
use super::{Also, Injected, Told};

/// Most lines of the whole text.
pub const LINES_MAX: usize = 40;
/// Fewest lines that the story itself may take.
const STORY_MIN: usize = 10;
/// Most lines that it may take: who goes round in circles is not told more by more rounds.
const STORY_MAX: usize = 18;
/// Most lines after the first wrong event.
const AFTER: usize = 3;
/// Most faults, witnesses and files that are shown.
const FAULTS_MAX: usize = 3;
const WITNESSES_MAX: usize = 2;
const FILES_MAX: usize = 4;
/// Characters to a line of running text.
const WIDTH: usize = 112;

/// Tells a failure. The same failure gives the same text.
pub fn story(told: &Told, ink: Ink) -> String {
    let reading = Reading::of(&told.history, &told.names, &KeyRule::Usual);
    let slice = Slice::of(told, &reading);
    let (head, tail) = (head(told, ink), tail(told, ink));
    let room = LINES_MAX.saturating_sub(head.len() + tail.len() + 1).clamp(STORY_MIN, STORY_MAX);
    let story = shorten(lines(&slice, &reading), room, AFTER);
    let mut text = head;
    let title = format!("  story ({} time, only the events that matter):", told.time.as_str());
    text.push(ink.paint(Tone::Heading, &title));
    text.extend(table(&story, told, ink));
    text.extend(tail);
    text.truncate(LINES_MAX);
    text.join("\n") + "\n"
}

fn head(told: &Told, ink: Ink) -> Vec<String> {
    let title = format!("FAILED {}: {}", foreign(&told.property), cut(&told.headline, WIDTH));
    let mut lines = vec![ink.paint(Tone::Wrong, &title)];
    let plain = told.witness.iter().filter(|witness| **witness != told.headline);
    lines.extend(plain.take(WITNESSES_MAX).map(|witness| format!("    {}", cut(witness, WIDTH))));
    if told.faults.is_empty() {
        lines.push(ink.paint(Tone::Heading, "  minimal schedule: none, the calm run fails"));
    } else {
        lines.push(ink.paint(Tone::Heading, &format!("  minimal schedule ({}):", counts(told))));
    }
    for fault in told.faults.iter().take(FAULTS_MAX) {
        lines.push(format!("    {}", ink.paint(Tone::Fault, &schedule_line(fault))));
        lines.push(ink.paint(Tone::Quiet, &format!("      {}", legality(fault))));
    }
    if told.faults.len() > FAULTS_MAX {
        lines.push(format!("    and {} more", told.faults.len() - FAULTS_MAX));
    }
    lines
}

/// `1 of 21 injected faults, 12 shrink runs, 340 ms`.
pub(crate) fn counts(told: &Told) -> String {
    let shown = told.faults.len();
    let injected = told.counts.injected.max(shown);
    let of = format!("{shown} of {}", count(injected, "injected fault"));
    let time = told.counts.shrink_ms.map(|ms| format!(", {}", stretch(ms))).unwrap_or_default();
    format!("{of}, {}{time}", count(told.counts.shrink_runs, "shrink run"))
}

/// A fault and where it struck.
pub(crate) fn schedule_line(fault: &Injected) -> String {
    let phase = if fault.phase.is_empty() { String::new() } else { format!(", {}", foreign(&fault.phase)) };
    format!("{} at {}{phase}", foreign(&fault.name()), cut(&fault.place, 72))
}

/// Why a consumer has to expect a fault.
pub(crate) fn legality(fault: &Injected) -> String {
    if fault.legality.guarantee.is_empty() {
        return "not legal: AWS does not do this, so no consumer is to blame".to_owned();
    }
    let grants = format!("legal ({})", cut(&fault.legality.guarantee, WIDTH));
    if fault.legality.documentation.is_empty() { grants } else { format!("{grants}: {}", fault.legality.documentation) }
}

fn table(story: &[Line], told: &Told, ink: Ink) -> Vec<String> {
    let width = |of: fn(&Line) -> &str| story.iter().map(|line| of(line).chars().count()).max().unwrap_or_default();
    let (when, who) = (width(|line| &line.when), width(|line| &line.who).min(16));
    let row = |line: &Line| {
        let faults = if line.faults.is_empty() || line.text.starts_with("FAULT") {
            String::new()
        } else {
            format!("  [{}]", line.faults.join(", "))
        };
        let text = match (line.wrong, line.trouble) {
            (true, _) => ink.paint(Tone::Wrong, &line.text),
            (_, true) => ink.paint(Tone::Fault, &line.text),
            _ => line.text.clone(),
        };
        let mark = if line.wrong { format!("   <- violates {}", foreign(&told.property)) } else { String::new() };
        let time = ink.paint(Tone::Quiet, &format!("{:>when$}", line.when));
        format!("    {time}  {:<who$}  {text}{faults}{}", cut(&line.who, who), ink.paint(Tone::Wrong, &mark))
    };
    story.iter().map(|line| row(line).trim_end().to_owned()).collect()
}

/// `stall (16 of 41 points)`, `4 of 8 seeds`.
pub(crate) fn also_line(also: &Also) -> String {
    let Also { what, failed, of, unit } = also;
    if what == unit {
        format!("{failed} of {of} {unit}")
    } else {
        format!("{} ({failed} of {of} {unit})", foreign(what))
    }
}

fn tail(told: &Told, ink: Ink) -> Vec<String> {
    let mut lines = Vec::new();
    let mut add = |name: &str, text: &str, most: usize| {
        let wrapped = wrap(text, WIDTH - 12);
        for (at, part) in wrapped.iter().take(most).enumerate() {
            let more = if at + 1 == most && wrapped.len() > most { " .." } else { "" };
            let head = if at == 0 { ink.paint(Tone::Heading, &format!("  {name:<9}")) } else { " ".repeat(11) };
            lines.push(format!("{head} {part}{more}"));
        }
    };
    let why = cause(&told.property, &told.faults);
    add("why:", &(why.text + "."), 4);
    if !told.also.is_empty() {
        let also: Vec<_> = told.also.iter().map(also_line).collect();
        add("also:", &format!("the same consumer fails in {}", also.join(", ")), 3);
    }
    if !told.coverage.is_empty() {
        add("coverage:", &told.coverage.join("; "), 3);
    }
    // Not wrapped: it is there to be copied.
    if !told.replay.is_empty() {
        lines.push(format!("{} {}", ink.paint(Tone::Heading, "  replay:  "), told.replay));
    }
    for (at, file) in told.files.iter().take(FILES_MAX).enumerate() {
        let head = if at == 0 { ink.paint(Tone::Heading, "  files:   ") } else { " ".repeat(11) };
        lines.push(format!("{head} {file}"));
    }
    lines
}
