//! Which anomalies an injected fault makes legal.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Traffic;
use crate::mutation::mutated;

/// What was struck by faults of some kinds, and since when.
#[derive(Debug, Default)]
pub(crate) struct Excuse<'t> {
    /// Since a fault that does not say what it struck.
    everything: Option<usize>,
    /// Since a fault at a message id, a business key or a message group.
    named: BTreeMap<&'t str, usize>,
}

impl<'a> Traffic<'a> {
    /// What the faults with these ids of the catalogue may be blamed for.
    pub(crate) fn excuse(&self, ids: &[&str]) -> Excuse<'a> {
        let mut excuse = Excuse::default();
        for fault in self.faults.iter().filter(|fault| ids.contains(&fault.id)) {
            let messages = ["message", "messages"].iter().filter_map(|name| fault.detail.get(name));
            let mut names: Vec<&'a str> = messages.flat_map(texts).collect();
            names.extend(fault.key);
            if names.is_empty() {
                excuse.everything.get_or_insert(fault.at);
            }
            for name in names {
                excuse.named.entry(name).or_insert(fault.at);
            }
        }
        excuse
    }
}

fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

impl Excuse<'_> {
    /// Whether the message was struck before this record.
    pub(crate) fn covers(&self, traffic: &Traffic<'_>, message: usize, before: usize) -> bool {
        if mutated("excuse: no fault excuses anything") {
            return false;
        }
        if self.everything.is_some_and(|at| at < before) {
            return true;
        }
        if self.named.is_empty() {
            return false;
        }
        let one = &traffic.messages[message];
        let key = one.key.map(|key| traffic.keys.text(key));
        let group = one.group.map(|group| traffic.groups.text(group));
        let names = [Some(traffic.ids.text(message)), key, group];
        names.into_iter().flatten().any(|name| self.named.get(name).is_some_and(|at| *at < before))
    }
}
