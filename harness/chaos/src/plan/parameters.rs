//! The parameters of a rule.

use std::time::Duration;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{parse_duration, show_duration};

/// Parameters by name, as plans write them: durations are texts such as `31s`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Parameters(IndexMap<String, Value>);

impl Parameters {
    /// The same parameters and one more, or another value for it.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    /// The same parameters and a duration.
    #[must_use]
    pub fn with_duration(self, name: &str, value: Duration) -> Self {
        self.with(name, show_duration(value))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, in the order in which they were given.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// The value of a parameter.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// A duration, if one of this name was given.
    pub fn duration(&self, name: &str) -> Option<Duration> {
        parse_duration(self.get(name)?.as_str()?).ok()
    }

    /// A whole number, if one of this name was given.
    pub fn number(&self, name: &str) -> Option<u64> {
        self.get(name)?.as_u64()
    }

    /// A text or word, if one of this name was given.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }

    /// Whether a flag of this name was given and is `true`.
    pub fn flag(&self, name: &str) -> bool {
        self.get(name).and_then(Value::as_bool).unwrap_or_default()
    }
}
