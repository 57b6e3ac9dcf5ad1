//! The fewest calls and the simplest values that still differ.

use serde_json::{Value, json};

use super::compare::{Difference, Kind};
use super::program::Program;
use crate::exec::Asked;

/// How many programs may be tried for one difference.
const TRIES: usize = 120;

/// A program that shows a difference with its last call, and the difference.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    pub(super) program: Program,
    pub(super) difference: Difference,
}

/// Makes a program small: calls first, from the last to the first, then parameters, then values. `differs` plays a program and gives a
/// difference of its last call that is like the one that is looked for.
pub(super) fn shrink(
    program: &Program,
    difference: &Difference,
    differs: &mut dyn FnMut(&Program) -> Option<Difference>,
) -> Shown {
    let last = difference.call;
    let mut shrink =
        Shrink { shown: Shown { program: program.until(last), difference: difference.clone() }, differs, left: TRIES };
    shrink.calls();
    shrink.take(shrink.shown.program.plain());
    shrink.things();
    loop {
        let before = shrink.shown.program.clone();
        shrink.calls();
        shrink.parameters();
        if shrink.left == 0 || shrink.shown.program == before {
            break;
        }
    }
    shrink.values();
    shrink.shown.program = shrink.shown.program.pruned();
    shrink.shown
}

struct Shrink<'a> {
    shown: Shown,
    differs: &'a mut dyn FnMut(&Program) -> Option<Difference>,
    left: usize,
}

impl Shrink<'_> {
    /// Takes a smaller program if it still differs.
    fn take(&mut self, smaller: Program) -> bool {
        if smaller == self.shown.program {
            return false;
        }
        let may_lack =
            matches!(self.shown.difference.kind, Kind::Accepted(_) | Kind::OtherError(..) | Kind::OtherName(..));
        if self.left == 0 || !smaller.is_whole() || !smaller.is_sendable(may_lack) {
            return false;
        }
        self.left -= 1;
        let Some(difference) = (self.differs)(&smaller) else { return false };
        self.shown = Shown { program: smaller, difference };
        true
    }

    fn calls(&mut self) {
        // Half of them at once first: most programs need two or three calls.
        let mut width = (self.shown.program.len() - 1).div_ceil(2);
        while width > 0 {
            let mut end = self.shown.program.len() - 1;
            while end > 0 {
                let begin = end.saturating_sub(width);
                let fewer = (begin..end).rev().fold(self.shown.program.clone(), |program, at| program.without(at));
                self.take(fewer);
                end = begin;
            }
            width /= 2;
        }
    }

    /// One thing in place of several of a kind, and one name for all.
    fn things(&mut self) {
        let saved = self.shown.program.calls.iter().flat_map(|call| call.save.keys().cloned()).collect::<Vec<_>>();
        for (at, later) in saved.iter().enumerate() {
            let class = later.trim_end_matches(|last: char| last.is_ascii_digit());
            let is_like = |name: &&String| name.trim_end_matches(|last: char| last.is_ascii_digit()) == class;
            if let Some(earlier) = saved[..at].iter().find(is_like) {
                let merged = self.shown.program.replaced(&format!("${{{later}}}"), &format!("${{{earlier}}}"));
                self.take(merged);
            }
        }
        for suffix in ["-dead", "-other"] {
            let renamed = self.shown.program.replaced(&format!("${{unique}}{suffix}"), "${unique}");
            self.take(renamed);
        }
    }

    fn parameters(&mut self) {
        for at in (0..self.shown.program.len()).rev() {
            // Deeper places come last, so that a whole map goes before its parts.
            let mut places = places(&self.shown.program.calls[at]);
            places.sort_by_key(|place| place.matches('/').count());
            for place in places {
                let mut with = self.shown.program.calls[at].with.clone();
                if remove(&mut with, &place) {
                    let fewer = self.shown.program.with(at, with);
                    self.take(fewer);
                }
            }
        }
    }

    fn values(&mut self) {
        for at in 0..self.shown.program.len() {
            for place in places(&self.shown.program.calls[at]) {
                for simple in simpler(self.shown.program.calls[at].with.pointer(&place)) {
                    let mut with = self.shown.program.calls[at].with.clone();
                    if let Some(value) = with.pointer_mut(&place) {
                        *value = simple;
                    }
                    let simpler = self.shown.program.with(at, with);
                    if self.take(simpler) {
                        break;
                    }
                }
            }
        }
    }
}

/// Pointers to all that can be left out, but not into functions. What is asked until something is made would with less be asked in vain.
fn places(call: &Asked) -> Vec<String> {
    let mut found = Vec::new();
    if call.until.is_none() {
        walk(&call.with, "", &mut found);
    }
    found
}

fn walk(value: &Value, at: &str, found: &mut Vec<String>) {
    let mut below = |key: &str, value: &Value| {
        let at = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
        found.push(at.clone());
        walk(value, &at, found);
    };
    match value {
        Value::Object(map) if !map.keys().any(|key| key == "$text") => {
            map.iter().for_each(|(key, value)| below(key, value));
        }
        Value::Array(list) => list.iter().enumerate().for_each(|(index, value)| below(&index.to_string(), value)),
        _ => {}
    }
}

/// Takes out what a pointer leads to; false when it is gone already, or a function's name.
fn remove(value: &mut Value, place: &str) -> bool {
    let Some((parent, key)) = place.rsplit_once('/') else { return false };
    let key = key.replace("~1", "/").replace("~0", "~");
    match value.pointer_mut(parent) {
        Some(Value::Object(map)) if !key.starts_with('$') => map.shift_remove(&key).is_some(),
        Some(Value::Array(list)) => match key.parse::<usize>() {
            Ok(index) if index < list.len() => {
                list.remove(index);
                true
            }
            _ => false,
        },
        _ => false,
    }
}

/// Values that are simpler than this one, the simplest first.
fn simpler(value: Option<&Value>) -> Vec<Value> {
    match value {
        Some(Value::String(text)) if text.contains("${") => Vec::new(),
        Some(Value::String(text)) => {
            let simple = ["a", "1", "0"].iter().take_while(|simple| *simple != text);
            simple.filter(|simple| simple.len() <= text.len()).map(|simple| json!(simple)).collect()
        }
        Some(Value::Number(number)) if number.as_i64().is_some_and(|number| !(0..=1).contains(&number)) => {
            vec![json!(0), json!(1)]
        }
        Some(Value::Bool(true)) => vec![json!(false)],
        _ => Vec::new(),
    }
}
