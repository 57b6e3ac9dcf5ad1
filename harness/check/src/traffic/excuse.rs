//! Which anomalies an injected fault makes legal.

use std::collections::BTreeSet;

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use serde_json::Value;

use super::Traffic;
use crate::mutation::mutated;

/// What was struck by faults of some kinds, and since which record.
#[derive(Debug, Default)]
pub(crate) struct Excuse {
    /// Since a fault that does not say what it struck.
    everything: Option<usize>,
    messages: HashMap<usize, usize, FxBuildHasher>,
    keys: HashMap<usize, usize, FxBuildHasher>,
    groups: HashMap<usize, usize, FxBuildHasher>,
}

impl Traffic<'_> {
    /// What the faults with these ids of the catalogue may be blamed for. A fault says what it struck by its `key`, which is a
    /// business key or a message group, and by `message` or `messages` in its details.
    pub(crate) fn excuse(&self, ids: &[&str]) -> Excuse {
        let mut excuse = Excuse::default();
        for fault in self.faults.iter().filter(|fault| ids.contains(&fault.id)) {
            let messages = ["message", "messages"].iter().filter_map(|name| fault.detail.get(name));
            let names: Vec<&str> = messages.flat_map(texts).chain(fault.key).collect();
            if names.is_empty() {
                excuse.everything.get_or_insert(fault.at);
            }
            for name in names {
                let note = |struck: &mut HashMap<_, _, FxBuildHasher>, number: Option<usize>| {
                    if let Some(number) = number {
                        struck.entry(number).or_insert(fault.at);
                    }
                };
                note(&mut excuse.messages, self.ids.find(name));
                note(&mut excuse.keys, self.keys.find(name));
                note(&mut excuse.groups, self.groups.find(name));
            }
        }
        excuse
    }
}

/// Details of a fault that name what it struck.
const NAMES: [&str; 7] = ["message", "messages", "subscription", "topic", "shard", "record", "records"];

/// What was struck by faults of some kinds, by name: for what is no message of a queue.
#[derive(Debug, Default)]
pub(crate) struct Named<'t> {
    everything: bool,
    names: BTreeSet<&'t str>,
}

impl Traffic<'_> {
    /// As [`Self::excuse`], by the names alone, whenever the fault struck.
    pub(crate) fn named(&self, ids: &[&str]) -> Named<'_> {
        let mut all = Named::default();
        for fault in self.faults.iter().filter(|fault| ids.contains(&fault.id)) {
            let struck = NAMES.iter().filter_map(|name| fault.detail.get(name));
            let names: Vec<&str> = struck.flat_map(texts).chain(fault.key).collect();
            all.everything |= names.is_empty();
            all.names.extend(names);
        }
        all
    }
}

impl Named<'_> {
    /// Whether one of these was struck.
    pub(crate) fn covers<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> bool {
        let excused = self.everything || names.into_iter().any(|name| self.names.contains(name));
        excused && !mutated("excuse: no name excuses anything")
    }
}

fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

impl Excuse {
    /// Whether the message was struck before this record.
    pub(crate) fn covers(&self, traffic: &Traffic<'_>, message: usize, before: usize) -> bool {
        if mutated("excuse: no fault excuses anything") {
            return false;
        }
        let one = &traffic.messages[message];
        let struck = |all: &HashMap<usize, usize, FxBuildHasher>, number: Option<usize>| {
            !all.is_empty() && number.and_then(|number| all.get(&number)).is_some_and(|at| *at < before)
        };
        self.everything.is_some_and(|at| at < before)
            || struck(&self.messages, Some(message))
            || struck(&self.keys, one.key)
            || struck(&self.groups, one.group)
    }
}
