//! `redeliver diff`.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use owo_colors::OwoColorize;
use serde_json::Value;

use super::output::Output;
use super::problem::Problem;
use super::record_args::DiffArgs;
use crate::exit;
use crate::recording::{About, Change, Difference, Folder, Transcript, differences};

/// The longest text that is shown of a value.
const SHOWN_MAX: usize = 160;

/// Shows in what two recordings differ.
pub(super) fn diff(args: &DiffArgs, output: Output) -> Result<u8, Problem> {
    let (one, other) = (Folder::read(&args.one)?, Folder::read(&args.other)?);
    let names = Names::of(&one.about, &other.about);
    let mut text =
        format!("{}\n{}\n", head("-", &names.one, &one.about).red(), head("+", &names.other, &other.about).green());
    let (mut same, mut differing) = (0, 0);
    let (mut only_one, mut only_other) = (Vec::new(), Vec::new());
    let ids: BTreeSet<_> = [&one, &other].into_iter().flat_map(|folder| &folder.transcripts).map(|t| &t.case).collect();
    for id in ids {
        match (one.find(id), other.find(id)) {
            (Some(first), Some(second)) => {
                let changes = differences(&first.exchanges, &second.exchanges, args.all);
                if changes.is_empty() {
                    same += 1;
                } else {
                    differing += 1;
                    write_case(&mut text, first, &changes, &names);
                }
            }
            (Some(_), None) => only_one.push(id),
            (None, _) => only_other.push(id),
        }
    }
    for (name, ids) in [(&names.one, &only_one), (&names.other, &only_other)] {
        for id in ids {
            let _ = write!(text, "\n{} only in {name}", id.bold());
        }
    }
    let apart = only_one.len() + only_other.len();
    if apart > 0 {
        text.push('\n');
    }
    let _ = writeln!(text, "\n{}", summary(differing, same, apart));
    output.print(&text)?;
    Ok(if differing + apart == 0 { exit::OK } else { exit::FAILURES })
}

/// What the two are called.
struct Names {
    one: String,
    other: String,
}

impl Names {
    /// By their targets; with versions where these are the same, and by their sides where those are, too.
    fn of(one: &About, other: &About) -> Self {
        let (first, second) = (&one.target, &other.target);
        if first.name != second.name {
            return Self { one: first.name.clone(), other: second.name.clone() };
        }
        if first.title() != second.title() {
            return Self { one: first.title(), other: second.title() };
        }
        Self { one: "A".to_owned(), other: "B".to_owned() }
    }
}

fn head(sign: &str, name: &str, about: &About) -> String {
    let target = &about.target;
    let mut text = format!("{sign}{sign}{sign} {name}: {}, {}, {}", target.title(), target.endpoint, target.region);
    if let Some(at) = &about.recorded_at {
        let _ = write!(text, ", recorded at {at}");
    }
    let _ = write!(text, " with redeliver {}", about.redeliver);
    if !about.complete {
        text.push_str(", incomplete");
    }
    text
}

fn write_case(text: &mut String, transcript: &Transcript, changes: &[Change], names: &Names) {
    let _ = writeln!(text, "\n{}", transcript.case.bold());
    for change in changes {
        match change {
            Change::Only { first, call, times } => {
                let name = if *first { &names.one } else { &names.other };
                let often = if *times == 1 { String::new() } else { format!(", {times} times") };
                let line = format!("{call}: only {name} was called here{often}");
                let _ = if *first {
                    writeln!(text, "  {}", format!("- {line}").red())
                } else {
                    writeln!(text, "  {}", format!("+ {line}").green())
                };
            }
            Change::Answer { number, call, differences } => {
                let _ = writeln!(text, "  call {number}, {call}");
                for difference in differences {
                    write_difference(text, difference, names);
                }
            }
        }
    }
}

fn write_difference(text: &mut String, difference: &Difference, names: &Names) {
    let _ = writeln!(text, "    {}", difference.at.dimmed());
    let Difference { one, other, .. } = difference;
    let width = names.one.len().max(names.other.len());
    let (first, second) = (shown(one.as_ref()), shown(other.as_ref()));
    let _ = writeln!(text, "      {}", format!("- {:width$}  {first}", names.one).red());
    let _ = writeln!(text, "      {}", format!("+ {:width$}  {second}", names.other).green());
}

fn shown(value: Option<&Value>) -> String {
    let Some(value) = value else { return "(nothing)".to_owned() };
    let text = value.to_string();
    match text.char_indices().nth(SHOWN_MAX) {
        None => text,
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

fn summary(differing: usize, same: usize, apart: usize) -> String {
    let cases = |count: usize| if count == 1 { "1 case".to_owned() } else { format!("{count} cases") };
    let differ = if differing == 1 { "differs" } else { "differ" };
    let are = if same == 1 { "is" } else { "are" };
    let mut text = format!("{} {differ}, {same} {are} the same", cases(differing));
    if apart > 0 {
        let are = if apart == 1 { "is" } else { "are" };
        let _ = write!(text, ", {apart} {are} in one alone");
    }
    text
}
