//! Calls with references to what earlier answers gave.

use redeliver_spec::template::variables;
use serde_json::Value;

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

    /// How many calls.
    pub(super) fn len(&self) -> usize {
        self.calls.len()
    }
}
