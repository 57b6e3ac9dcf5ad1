//! A whole history as a compact timeline, a line for each thing that happened.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use redeliver_check::{KeyRule, Record};

use super::ink::{Ink, Tone};
use super::lines::{Line, lines};
use super::read::{Kind, Moment, Reading};
use super::slice::Slice;
use super::words::cut;
use super::wrong::Wrong;

/// How a timeline is shown.
#[derive(Debug, Clone, Default)]
pub struct Timeline {
    /// Names of processes by number. The others are named by what they do.
    pub names: BTreeMap<u32, String>,
    /// Where business keys stand.
    pub key: KeyRule,
    /// Most lines before one that says how many are left out.
    pub lines_max: usize,
    /// Whether receives that bring nothing, and calls that are about no message, are told too.
    pub all: bool,
    /// Colour.
    pub ink: Ink,
}

/// Tells a whole history.
pub fn timeline(history: &[Record], how: &Timeline) -> String {
    let Timeline { names, key, lines_max, all, ink } = how;
    let reading = Reading::of(history, names, key);
    let told = |moment: &&Moment| *all || moment.trouble || matters(moment);
    let moments: Vec<_> = reading.moments.iter().filter(told).collect();
    let slice = Slice { moments, messages: std::collections::BTreeSet::new(), wrong: Wrong::Nothing };
    let lines = lines(&slice, &reading);
    let left_out = lines.len().saturating_sub(*lines_max);
    let lines = &lines[..lines.len() - left_out];
    let width = |of: fn(&Line) -> &str| lines.iter().map(|line| of(line).chars().count()).max().unwrap_or_default();
    let (when, who) = (width(|line| &line.when), width(|line| &line.who).min(16));
    let mut text = String::new();
    for line in lines {
        let faults = if line.faults.is_empty() || line.text.starts_with("FAULT") {
            String::new()
        } else {
            format!("  [{}]", line.faults.join(", "))
        };
        let what = if line.trouble { ink.paint(Tone::Fault, &line.text) } else { line.text.clone() };
        let _ = writeln!(text, "{:>when$}  {:<who$}  {what}{faults}", line.when, cut(&line.who, who));
    }
    if left_out > 0 {
        let _ = writeln!(text, "({left_out} more lines)");
    }
    text
}

fn matters(moment: &Moment) -> bool {
    moment.kind != Kind::Call && !(moment.kind == Kind::Receive && moment.message.is_none())
}
