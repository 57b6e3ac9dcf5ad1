//! The moments of a slice as the lines of a story.

use super::read::{Kind, Moment, Reading};
use super::slice::Slice;
use super::words::moment;
use super::wrong::Wrong;

/// What one worker does to one message within so many milliseconds is one line.
const TOGETHER_MS: u64 = 1000;
/// Most characters of a line that is put together.
const TEXT_MAX: usize = 84;
/// Lines at the beginning that stay when a story is cut.
const BEGINNING: usize = 5;

/// One line of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// When, `0.030s`; empty for lines that stand for what was left out.
    pub(crate) when: String,
    /// Who.
    pub(crate) who: String,
    /// What.
    pub(crate) text: String,
    /// Faults that made it so.
    pub(crate) faults: Vec<String>,
    /// Whether something did not go as it should.
    pub(crate) trouble: bool,
    /// Whether it is the first wrong event.
    pub(crate) wrong: bool,
    /// How often it happened in a row.
    pub(crate) times: usize,
}

/// All lines of a story.
pub(crate) fn lines(slice: &Slice<'_>, reading: &Reading) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut open: Option<&Moment> = None;
    for (at, &found) in slice.moments.iter().enumerate() {
        let wrong = slice.wrong == Wrong::At(at);
        if let Some(line) = lines.last_mut().filter(|_| !wrong && open.is_some_and(|before| repeats(before, found))) {
            line.times += 1;
            continue;
        }
        let joined = open.is_some_and(|before| together(before, found));
        if let Some(line) = lines.last_mut().filter(|line| joined && fits(line, found, wrong)) {
            append(line, found, reading);
            line.wrong |= wrong;
        } else {
            lines.push(line(found, reading, wrong));
            open = Some(found);
        }
    }
    for line in lines.iter_mut().filter(|line| line.times > 1) {
        line.text = format!("{} ({} times)", line.text, line.times);
    }
    if let Wrong::Missing(text) = &slice.wrong {
        let (when, text) = (moment(reading.end_ms), text.clone());
        lines.push(Line { when, who: String::new(), text, faults: Vec::new(), trouble: true, wrong: true, times: 1 });
    }
    lines
}

/// At most `max` lines: the beginning, what leads to the first wrong event, and at most `after` lines that follow it.
pub(crate) fn shorten(mut lines: Vec<Line>, max: usize, after: usize) -> Vec<Line> {
    let all = lines.len();
    let wrong = lines.iter().position(|line| line.wrong).unwrap_or(all.saturating_sub(1));
    let mut end = all.min(wrong.saturating_add(after).saturating_add(1));
    if end > max {
        // What follows is less than what leads to it.
        end = (wrong + 1).max(max);
    }
    let hidden = all - end;
    lines.truncate(end);
    let room = max.saturating_sub(usize::from(hidden > 0));
    if lines.len() > room {
        let beginning = BEGINNING.min(room / 2);
        let cut = lines.len() - room + 1;
        lines.splice(beginning..beginning + cut, [left_out(cut)]);
    }
    if hidden > 0 {
        lines.push(left_out(hidden));
    }
    lines
}

fn left_out(lines: usize) -> Line {
    let (text, who) = (format!("({lines} more: see the page)"), String::new());
    Line { when: String::new(), who, text, faults: Vec::new(), trouble: false, wrong: false, times: 1 }
}

fn line(moment_: &Moment, reading: &Reading, wrong: bool) -> Line {
    let who = moment_.process.map_or(reading.backend, |process| reading.roles.name(process)).to_owned();
    let (text, faults) = (moment_.text.clone(), moment_.faults.clone());
    Line { when: moment(moment_.at_ms), who, text, faults, trouble: moment_.trouble, wrong, times: 1 }
}

fn append(line: &mut Line, found: &Moment, reading: &Reading) {
    line.text.push_str(", ");
    line.text.push_str(&short(found, reading));
    let more: Vec<_> = found.faults.iter().filter(|fault| !line.faults.contains(fault)).cloned().collect();
    line.faults.extend(more);
    line.trouble |= found.trouble;
}

/// What follows in a line needs the name of its message no more.
fn short(found: &Moment, reading: &Reading) -> String {
    match (found.kind, found.message) {
        (Kind::Handler | Kind::Delete, Some(message)) if !found.trouble => {
            let name = format!(" {}", reading.messages.get(message).name);
            found.text.strip_suffix(&name).unwrap_or(&found.text).to_owned()
        }
        _ => found.text.clone(),
    }
}

/// The same again: a process that is started anew over and over.
fn repeats(before: &Moment, found: &Moment) -> bool {
    before.kind == Kind::Life && (before.process, &before.text) == (found.process, &found.text)
}

fn together(before: &Moment, found: &Moment) -> bool {
    let whole = [Kind::Receive, Kind::Handler, Kind::Effect, Kind::Delete, Kind::Change];
    let same = before.process == found.process
        && (before.record == found.record
            || before.message == found.message
            || (found.kind == Kind::Effect && before.key == found.key));
    same && found.at_ms - before.at_ms <= TOGETHER_MS
        && whole.contains(&before.kind)
        && whole.contains(&found.kind)
        && found.kind != Kind::Receive
}

/// Nothing follows the first wrong event in its line but the end of the same work.
fn fits(line: &Line, found: &Moment, wrong: bool) -> bool {
    let room = line.text.chars().count() + found.text.chars().count() + 2 <= TEXT_MAX;
    room && (!line.wrong || (!found.trouble && !wrong))
}
