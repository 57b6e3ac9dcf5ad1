//! A YAML value with its place.

use serde_json::Value;

use super::Span;

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) shape: Shape,
}

/// What a value is.
#[derive(Debug, Clone)]
pub(crate) enum Shape {
    /// A text, number, boolean or null.
    Scalar(Value),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// A key with its value.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) at: Span,
    pub(crate) value: Node,
}

impl Node {
    /// The value of a key, if this is a map that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        match &self.shape {
            Shape::Map(entries) => entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value),
            Shape::Scalar(_) | Shape::List(_) => None,
        }
    }

    /// What is here, in a word for people.
    pub(crate) fn kind(&self) -> &'static str {
        match &self.shape {
            Shape::List(_) => "a list",
            Shape::Map(_) => "a map",
            Shape::Scalar(Value::Null) => "nothing",
            Shape::Scalar(Value::Bool(_)) => "a boolean",
            Shape::Scalar(Value::Number(_)) => "a number",
            Shape::Scalar(_) => "a text",
        }
    }

    /// What is here, as a message shows it.
    pub(crate) fn shown(&self) -> String {
        match &self.shape {
            Shape::Scalar(Value::String(text)) => format!("`{text}`"),
            Shape::Scalar(value @ (Value::Bool(_) | Value::Number(_))) => format!("`{value}`"),
            Shape::Scalar(_) | Shape::List(_) | Shape::Map(_) => self.kind().to_owned(),
        }
    }
}
