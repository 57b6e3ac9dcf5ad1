//! A step, and which keys belong to which kind.

use std::time::Duration;

use serde_json::{Map, Value};

use super::Reading;
use crate::raw::{RawDuration, RawStep};
use crate::step::parse_duration;
use crate::{Step, StepKind};

/// The kinds of steps, each with the keys that belong to it.
const KINDS: [(&str, &[&str]); 10] = [
    ("call", &["as", "with", "ok", "error", "save", "eventually"]),
    ("wait", &[]),
    ("parallel", &[]),
    ("repeat", &[]),
    ("drain", &["with", "delete", "ok", "save", "eventually"]),
    ("workload", &["invariants", "expects"]),
    ("raw", &["answer", "save", "eventually"]),
    ("endpoint", &["answers"]),
    ("requests", &["ok", "save", "eventually"]),
    ("given", &["as"]),
];

impl Reading<'_> {
    /// Reads steps, and tells whether all of them could be read.
    pub(super) fn steps(&mut self, steps: &[Value], pointer: &str) -> (Vec<Step>, bool) {
        let mut read = Vec::with_capacity(steps.len());
        let mut complete = true;
        for (index, step) in steps.iter().enumerate() {
            match self.step(step, &format!("{pointer}/{index}")) {
                Some((step, whole)) => {
                    read.push(step);
                    complete &= whole;
                }
                None => complete = false,
            }
        }
        (read, complete)
    }

    /// Reads a step, and tells whether all steps in it could be read.
    fn step(&mut self, step: &Value, pointer: &str) -> Option<(Step, bool)> {
        let map = step.as_object()?;
        let name = self.kind(map, pointer)?;
        let below = format!("{pointer}/{name}");
        let (kind, complete) = match name {
            "parallel" => self.parallel(map.get(name)?, &below)?,
            "repeat" => self.repeat(map.get(name)?, &below)?,
            _ if self.is_broken(pointer) => return None,
            _ => {
                let raw = self.typed::<RawStep>(step.clone(), pointer)?;
                (self.plain(name, raw, pointer)?, true)
            }
        };
        let place = self.source.place(&below)?;
        Some((Step { place, pointer: pointer.to_owned(), kind }, complete))
    }

    fn plain(&mut self, name: &str, raw: RawStep, pointer: &str) -> Option<StepKind> {
        match name {
            "call" => self.call(raw, pointer).map(|call| StepKind::Call(Box::new(call))),
            "drain" => self.drain(raw, pointer).map(|drain| StepKind::Drain(Box::new(drain))),
            "raw" => self.exchange(raw, pointer).map(|raw| StepKind::Raw(Box::new(raw))),
            "endpoint" => self.endpoint(raw, pointer).map(StepKind::Endpoint),
            "given" => self.given(raw, pointer).map(StepKind::Given),
            "requests" => self.requests(raw, pointer).map(|requests| StepKind::Requests(Box::new(requests))),
            "workload" => self.workload(raw, pointer),
            _ => self.duration(raw.wait.as_ref(), &format!("{pointer}/wait")).map(StepKind::Wait),
        }
    }

    /// The kind of a step: the one key that names it.
    fn kind(&mut self, map: &Map<String, Value>, pointer: &str) -> Option<&'static str> {
        let mut named = KINDS.iter().filter(|(name, _)| map.contains_key(*name));
        let kinds = KINDS.map(|(name, _)| format!("`{name}`")).join(", ");
        let Some((name, keys)) = named.next() else {
            if !self.is_broken(pointer) {
                let remedy = format!("start it with one of {kinds}");
                self.findings.whole(pointer, "a step does not say what it does", remedy).label("no kind of step");
            }
            return None;
        };
        if let Some((second, _)) = named.next() {
            self.findings
                .key(
                    &format!("{pointer}/{second}"),
                    format!("a step is both `{name}` and `{second}`"),
                    format!("make two steps of it: a step has exactly one of {kinds}"),
                )
                .label("second")
                .also(&format!("{pointer}/{name}"), "first");
            return None;
        }
        for key in map.keys().filter(|key| key != name && !keys.contains(&key.as_str())) {
            self.foreign_key(name, key, pointer);
        }
        Some(name)
    }

    /// A key that belongs to other kinds of steps; one that belongs to none is a breach of the schema.
    fn foreign_key(&mut self, name: &str, key: &str, pointer: &str) {
        let owners = KINDS.iter().filter(|(_, keys)| keys.contains(&key)).map(|(name, _)| format!("`{name}`"));
        let owners = owners.collect::<Vec<_>>().join(" and ");
        if !owners.is_empty() {
            self.findings
                .key(
                    &format!("{pointer}/{key}"),
                    format!("`{key}` does not belong to a step of kind `{name}`"),
                    format!("it belongs to {owners}; leave it out here"),
                )
                .label("has no meaning here");
        }
    }

    fn parallel(&mut self, branches: &Value, pointer: &str) -> Option<(StepKind, bool)> {
        let mut complete = true;
        let mut read = Vec::new();
        for (index, branch) in branches.as_array()?.iter().enumerate() {
            let (steps, whole) = self.steps(branch.as_array()?, &format!("{pointer}/{index}"));
            read.push(steps);
            complete &= whole;
        }
        Some((StepKind::Parallel(read), complete))
    }

    fn repeat(&mut self, repeat: &Value, pointer: &str) -> Option<(StepKind, bool)> {
        let (steps, complete) = self.steps(repeat.get("steps")?.as_array()?, &format!("{pointer}/steps"));
        let times = repeat.get("times")?.as_u64()?.try_into().ok()?;
        Some((StepKind::Repeat { times, steps }, complete))
    }

    /// A duration that is longer than nothing.
    pub(super) fn duration(&mut self, raw: Option<&RawDuration>, pointer: &str) -> Option<Duration> {
        match parse_duration(&raw?.0) {
            Ok(Duration::ZERO) => {
                self.findings
                    .whole(pointer, "a duration of nothing has no effect", "give a longer one, or leave it out")
                    .label("no time at all");
                None
            }
            Ok(duration) => Some(duration),
            Err(problem) => {
                self.findings
                    .value(pointer, format!("`{}` is too long a duration", problem.text), "give a shorter one")
                    .label("too long");
                None
            }
        }
    }
}
