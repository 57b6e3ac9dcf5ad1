//! A pattern against a value.

use redeliver_spec::place::child;
use redeliver_spec::{Decimal, Pattern};
use serde_json::{Map, Value};

use super::Mismatch;
use super::describe::{describe, shown};
use super::unordered::assign;
use super::value_type;

/// Every difference between a pattern and a value; `None` is a missing value.
pub fn mismatches(pattern: &Pattern, value: Option<&Value>) -> Vec<Mismatch> {
    let mut found = Vec::new();
    let place = Place { pattern: String::new(), at: String::new() };
    compare(pattern, value, &place, &mut found);
    found
}

/// Where the walk stands in both.
struct Place {
    pattern: String,
    at: String,
}

impl Place {
    /// The same key or index in both.
    fn both(&self, key: &str) -> Self {
        Self { pattern: child(&self.pattern, key), at: child(&self.at, key) }
    }

    /// Into an operator, which the value has no part for.
    fn operand(&self, operator: &str) -> Self {
        Self { pattern: format!("{}/{operator}", self.pattern), at: self.at.clone() }
    }

    /// Into an element of the value.
    fn element(&self, index: usize) -> Self {
        Self { pattern: self.pattern.clone(), at: format!("{}/{index}", self.at) }
    }

    fn mismatch(&self, expected: impl Into<String>, seen: impl Into<String>) -> Mismatch {
        Mismatch { pattern: self.pattern.clone(), at: self.at.clone(), expected: expected.into(), seen: seen.into() }
    }
}

fn matches(pattern: &Pattern, value: Option<&Value>) -> bool {
    mismatches(pattern, value).is_empty()
}

fn compare(pattern: &Pattern, value: Option<&Value>, place: &Place, found: &mut Vec<Mismatch>) {
    let Some(value) = value else {
        if !pattern.accepts_missing() {
            found.push(place.mismatch(describe(pattern), "nothing"));
        }
        return;
    };
    let holds = match pattern {
        Pattern::Map(patterns) => return map(patterns, value, place, found),
        Pattern::List(patterns) => return list(patterns, value, place, found),
        Pattern::AllOf(patterns) => {
            for (index, pattern) in patterns.iter().enumerate() {
                compare(pattern, Some(value), &place.operand(&format!("$all-of/{index}")), found);
            }
            return;
        }
        Pattern::Unordered(patterns) => return unordered(patterns, value, place, found),
        Pattern::Each(inner) => return each(inner, value, place, found),
        Pattern::Exact(expected) => return exact(expected, Some(value), &place.operand("$exact"), found),
        Pattern::Json(inner) => return json(inner, value, place, found),
        Pattern::Equal(expected) => equal(expected, value),
        Pattern::Absent => false,
        Pattern::Present => true,
        Pattern::Type(expected) => value_type::is(value, *expected),
        Pattern::Matches(regex) => value.as_str().is_some_and(|text| regex.is_match(text)),
        Pattern::Len(length) => len(value) == Some(*length),
        Pattern::Between(from, to) => Decimal::of(value).is_some_and(|number| (from..=to).contains(&&number)),
        Pattern::GreaterThan(bound) => Decimal::of(value).is_some_and(|number| number > *bound),
        Pattern::Not(inner) => !matches(inner, Some(value)),
        Pattern::AnyOf(patterns) => patterns.iter().any(|pattern| matches(pattern, Some(value))),
        Pattern::Includes(inner) => {
            value.as_array().is_some_and(|items| items.iter().any(|item| matches(inner, Some(item))))
        }
    };
    if !holds {
        found.push(place.mismatch(describe(pattern), shown(Some(value))));
    }
}

/// Equal and of the same type; numbers by their value, so that `1` is `1.0`.
fn equal(expected: &Value, value: &Value) -> bool {
    match (expected, value) {
        (Value::Number(_), Value::Number(_)) => Decimal::of(expected) == Decimal::of(value),
        _ => expected == value,
    }
}

fn len(value: &Value) -> Option<usize> {
    match value {
        Value::String(text) => Some(text.chars().count()),
        Value::Array(items) => Some(items.len()),
        Value::Object(entries) => Some(entries.len()),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

fn map(patterns: &indexmap::IndexMap<String, Pattern>, value: &Value, place: &Place, found: &mut Vec<Mismatch>) {
    let Some(entries) = value.as_object() else {
        found.push(place.mismatch("a map", shown(Some(value))));
        return;
    };
    for (key, pattern) in patterns {
        compare(pattern, entries.get(key), &place.both(key), found);
    }
}

/// The elements of a list of this length, or the difference.
fn elements<'a>(value: &'a Value, length: usize, place: &Place, found: &mut Vec<Mismatch>) -> Option<&'a [Value]> {
    match value.as_array() {
        Some(items) if items.len() == length => return Some(items),
        Some(items) => {
            let seen = format!("a list of {}: {}", items.len(), shown(Some(value)));
            found.push(place.mismatch(format!("a list of {length}"), seen));
        }
        None => found.push(place.mismatch(format!("a list of {length}"), shown(Some(value)))),
    }
    None
}

fn list(patterns: &[Pattern], value: &Value, place: &Place, found: &mut Vec<Mismatch>) {
    let Some(items) = elements(value, patterns.len(), place, found) else { return };
    for (index, (pattern, item)) in patterns.iter().zip(items).enumerate() {
        compare(pattern, Some(item), &place.both(&index.to_string()), found);
    }
}

fn unordered(patterns: &[Pattern], value: &Value, place: &Place, found: &mut Vec<Mismatch>) {
    let place = place.operand("$unordered");
    let Some(items) = elements(value, patterns.len(), &place, found) else { return };
    let fits: Vec<Vec<bool>> =
        patterns.iter().map(|pattern| items.iter().map(|item| matches(pattern, Some(item))).collect()).collect();
    let assigned = assign(&fits);
    let left: Vec<_> = (0..items.len()).filter(|element| !assigned.contains(&Some(*element))).collect();
    let missed = (0..patterns.len()).filter(|pattern| assigned[*pattern].is_none());
    // Patterns without an element and elements without a pattern are equally many; which goes with which is only a way to tell it.
    for (pattern, element) in missed.zip(left) {
        let mut at = place.element(element);
        at.pattern = format!("{}/{pattern}", at.pattern);
        found.push(at.mismatch(
            format!("in any order: an element {}", describe(&patterns[pattern])),
            format!("left over: {}", shown(Some(&items[element]))),
        ));
    }
}

fn each(inner: &Pattern, value: &Value, place: &Place, found: &mut Vec<Mismatch>) {
    let place = place.operand("$each");
    match value.as_array() {
        Some(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                compare(inner, Some(item), &place.element(index), found);
            }
        }
        _ => found.push(place.mismatch("a list with at least one element", shown(Some(value)))),
    }
}

fn json(inner: &Pattern, value: &Value, place: &Place, found: &mut Vec<Mismatch>) {
    let place = place.operand("$json");
    match value.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok()) {
        Some(inside) => compare(inner, Some(&inside), &place, found),
        None => found.push(place.mismatch("text that is JSON", shown(Some(value)))),
    }
}

fn exact(expected: &Value, value: Option<&Value>, place: &Place, found: &mut Vec<Mismatch>) {
    match (expected, value) {
        (Value::Object(expected), Some(Value::Object(entries))) => exact_map(expected, entries, place, found),
        (Value::Array(expected), Some(Value::Array(items))) if expected.len() == items.len() => {
            for (index, (expected, item)) in expected.iter().zip(items).enumerate() {
                exact(expected, Some(item), &place.both(&index.to_string()), found);
            }
        }
        (expected, Some(value)) if equal(expected, value) => {}
        (expected, value) => found.push(place.mismatch(format!("exactly {}", shown(Some(expected))), shown(value))),
    }
}

fn exact_map(expected: &Map<String, Value>, entries: &Map<String, Value>, place: &Place, found: &mut Vec<Mismatch>) {
    for (key, expected) in expected {
        exact(expected, entries.get(key), &place.both(key), found);
    }
    for (key, value) in entries.iter().filter(|(key, _)| !expected.contains_key(*key)) {
        let mut extra = place.both(key);
        extra.pattern.clone_from(&place.pattern);
        found.push(extra.mismatch("no further key", shown(Some(value))));
    }
}
