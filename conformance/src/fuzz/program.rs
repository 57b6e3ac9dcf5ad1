//! Calls with references to what earlier answers gave.

use redeliver_model::{Kind, Shape};
use redeliver_spec::template::variables;
use serde_json::{Map, Value};

use super::domain;
use crate::exec::Asked;

/// A program of calls: what `call` steps of a spec say, without expectations.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Program {
    /// The calls, in order.
    pub(super) calls: Vec<Asked>,
    /// For each call what is odd about it, where something is.
    pub(super) odd: Vec<Option<String>>,
}

impl Program {
    /// No calls.
    pub(super) fn new() -> Self {
        Self { calls: Vec::new(), odd: Vec::new() }
    }

    /// One more call.
    pub(super) fn push(&mut self, call: Asked, odd: Option<String>) {
        self.calls.push(call);
        self.odd.push(odd);
    }

    /// The same program up to a call and with it.
    pub(super) fn until(&self, last: usize) -> Self {
        Self { calls: self.calls[..=last].to_vec(), odd: self.odd[..=last].to_vec() }
    }

    /// The same program without a call.
    pub(super) fn without(&self, at: usize) -> Self {
        let mut less = self.clone();
        less.calls.remove(at);
        less.odd.remove(at);
        less
    }

    /// The same program with other parameters of a call.
    pub(super) fn with(&self, at: usize, with: Value) -> Self {
        let mut other = self.clone();
        other.calls[at].with = with;
        other
    }

    /// Whether every variable of it is given by an earlier call.
    pub(super) fn is_whole(&self) -> bool {
        let mut given: Vec<&str> = vec!["unique", "account", "region"];
        self.calls.iter().all(|call| {
            let is_given = variables(&call.with).iter().all(|(_, name)| given.contains(&name.as_str()));
            given.extend(call.save.keys().map(String::as_str));
            is_given
        })
    }

    /// The same program without what it saves and never uses.
    pub(super) fn pruned(&self) -> Self {
        let mut pruned = self.clone();
        for at in 0..pruned.calls.len() {
            let later = &self.calls[at + 1..];
            let used = |name: &str| later.iter().any(|call| variables(&call.with).iter().any(|(_, used)| used == name));
            pruned.calls[at].save.retain(|name, _| used(name));
        }
        pruned
    }

    /// Whether every call has all parameters that the API model requires; the last one may lack some where it is to be refused.
    pub(super) fn is_sendable(&self, last_may_lack: bool) -> bool {
        let checked = self.len() - usize::from(last_may_lack);
        self.calls[..checked].iter().all(|call| has_all(call.operation.input, &call.with))
            && self.calls.iter().all(has_needed)
    }

    /// The same program with standard queues and topics in place of those that keep an order.
    pub(super) fn plain(&self) -> Self {
        let mut plain = self.clone();
        plain.calls.iter_mut().for_each(|call| call.with = unordered(&call.with));
        plain
    }

    /// The same program with another text in place of one, wherever it stands in parameters.
    pub(super) fn replaced(&self, text: &str, by: &str) -> Self {
        let mut other = self.clone();
        other.calls.iter_mut().for_each(|call| call.with = replaced(&call.with, text, by));
        other
    }

    /// How many calls.
    pub(super) fn len(&self) -> usize {
        self.calls.len()
    }
}

/// Whether a call does not show what others made.
fn has_needed(call: &Asked) -> bool {
    let needed = domain::of(call.operation.service).needed();
    needed.iter().all(|(operation, member)| {
        *operation != call.operation.name || {
            call.with.get(member).and_then(Value::as_str).is_some_and(|text| text.starts_with("${unique}"))
        }
    })
}

fn has_all(shape: &Shape, value: &Value) -> bool {
    match (&shape.kind, value) {
        (Kind::Structure { members }, Value::Object(map)) => members.iter().all(|member| match map.get(member.name) {
            Some(value) => has_all(member.shape, value),
            None => !member.required,
        }),
        (Kind::List { member, .. }, Value::Array(list)) => list.iter().all(|value| has_all(member, value)),
        (Kind::Map { value: shape, .. }, Value::Object(map)) if !map.keys().any(|key| key.starts_with('$')) => {
            map.values().all(|value| has_all(shape, value))
        }
        _ => true,
    }
}

fn unordered(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::from(text.strip_suffix(".fifo").unwrap_or(text)),
        Value::Array(list) => Value::Array(list.iter().map(unordered).collect()),
        Value::Object(map) => {
            let kept = map.iter().filter(|(key, _)| !["FifoQueue", "FifoTopic"].contains(&key.as_str()));
            let kept: Map<_, _> = kept.map(|(key, value)| (key.clone(), unordered(value))).collect();
            Value::Object(kept)
        }
        other => other.clone(),
    }
}

fn replaced(value: &Value, text: &str, by: &str) -> Value {
    match value {
        Value::String(value) => Value::from(value.replace(text, by)),
        Value::Array(list) => Value::Array(list.iter().map(|value| replaced(value, text, by)).collect()),
        Value::Object(map) => {
            Value::Object(map.iter().map(|(key, value)| (key.clone(), replaced(value, text, by))).collect())
        }
        other => other.clone(),
    }
}
