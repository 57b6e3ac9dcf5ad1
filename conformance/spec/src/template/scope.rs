//! The variables that are known at a step.

use indexmap::IndexMap;
use serde_json::Value;

/// Variables that every case has, besides its captures: `${index}` only inside a `repeat`.
pub const VARIABLES: [&str; 7] = ["unique", "account", "region", "partition", "other_account", "other_region", "index"];

/// The variables that are known at a step. Branches of a `parallel` take a clone each.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scope(IndexMap<String, Value>);

impl Scope {
    /// No variables.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a variable, replacing one of the same name.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<Value>) {
        self.0.insert(name.into(), value.into());
    }

    /// The value of a variable.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// Takes a variable out, for example `index` behind a `repeat`.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        self.0.shift_remove(name)
    }

    /// All names, in the order in which they were first set.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Takes over what a branch that began as `before` has changed: what it only knew may be newer here by now.
    pub fn take_changes(&mut self, branch: Self, before: &Self) {
        self.0.extend(branch.0.into_iter().filter(|(name, value)| before.get(name) != Some(value)));
    }
}
