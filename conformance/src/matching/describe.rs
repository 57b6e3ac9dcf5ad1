//! Patterns and values in words.

use redeliver_spec::Pattern;
use serde_json::Value;

/// How many characters of a value are shown.
const SHOWN_MAX: usize = 600;

/// How many characters of a text within a list or map are shown: of receipt handles and the like nobody reads more.
const INNER_TEXT_MAX: usize = 60;

/// A value as JSON, cut when it is long; a missing one is `nothing`.
pub(super) fn shown(value: Option<&Value>) -> String {
    value.map_or_else(|| "nothing".to_owned(), |value| cut(clipped(value, false).to_string()))
}

/// A value with the texts in it cut.
fn clipped(value: &Value, within: bool) -> Value {
    match value {
        Value::String(text) if within => match text.char_indices().nth(INNER_TEXT_MAX) {
            Some((end, _)) => format!("{}…", &text[..end]).into(),
            None => value.clone(),
        },
        Value::Array(values) => values.iter().map(|value| clipped(value, true)).collect(),
        Value::Object(map) => {
            Value::Object(map.iter().map(|(key, value)| (key.clone(), clipped(value, true))).collect())
        }
        _ => value.clone(),
    }
}

fn cut(text: String) -> String {
    match text.char_indices().nth(SHOWN_MAX) {
        Some((end, _)) => format!("{}… ({} characters)", &text[..end], text.chars().count()),
        None => text,
    }
}

/// What a pattern asks for.
pub(super) fn describe(pattern: &Pattern) -> String {
    cut(words(pattern))
}

fn words(pattern: &Pattern) -> String {
    match pattern {
        Pattern::Equal(value) => value.to_string(),
        Pattern::List(patterns) => format!("[{}]", joined(patterns, ", ")),
        Pattern::Map(entries) => {
            let entries: Vec<_> = entries.iter().map(|(key, pattern)| format!("{key:?}: {}", words(pattern))).collect();
            format!("{{{}}}", entries.join(", "))
        }
        Pattern::Absent => "nothing".to_owned(),
        Pattern::Present => "any value".to_owned(),
        Pattern::Type(value_type) => format!("{value_type}: {}", value_type.meaning()),
        Pattern::Exact(value) => format!("exactly {value}"),
        Pattern::Matches(regex) => format!("text that matches `{regex}`"),
        Pattern::Len(length) => format!("length {length}"),
        Pattern::Between(from, to) => format!("a number from {from} to {to}"),
        Pattern::GreaterThan(bound) => format!("a number greater than {bound}"),
        Pattern::Not(inner) => format!("not {}", words(inner)),
        Pattern::AllOf(patterns) => format!("all of ({})", joined(patterns, "; ")),
        Pattern::AnyOf(patterns) => format!("any of ({})", joined(patterns, "; ")),
        Pattern::Unordered(patterns) => format!("in any order [{}]", joined(patterns, ", ")),
        Pattern::Each(inner) => format!("one or more elements, each {}", words(inner)),
        Pattern::Includes(inner) => format!("an element {}", words(inner)),
        Pattern::Json(inner) => format!("JSON text of {}", words(inner)),
    }
}

fn joined(patterns: &[Pattern], separator: &str) -> String {
    patterns.iter().map(words).collect::<Vec<_>>().join(separator)
}
