//! Where two values differ.

use serde_json::Value;

/// One place at which two values differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// JSON pointer.
    pub at: String,
    /// The value of the first, if it has one.
    pub one: Option<Value>,
    /// The value of the second, if it has one.
    pub other: Option<Value>,
}

/// All places at which two values differ, in the order of the first; `all` counts also those that differ from run to run.
pub(super) fn compare(one: &Value, other: &Value, all: bool) -> Vec<Difference> {
    let mut found = Vec::new();
    walk(one, other, String::new(), all, &mut found);
    found
}

fn walk(one: &Value, other: &Value, at: String, all: bool, found: &mut Vec<Difference>) {
    let below = |name: &str| format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
    match (one, other) {
        (Value::Object(first), Value::Object(second)) => {
            for (name, value) in first {
                match second.get(name) {
                    Some(counterpart) => walk(value, counterpart, below(name), all, found),
                    None => found.push(Difference { at: below(name), one: Some(value.clone()), other: None }),
                }
            }
            for (name, value) in second.iter().filter(|(name, _)| !first.contains_key(*name)) {
                found.push(Difference { at: below(name), one: None, other: Some(value.clone()) });
            }
        }
        (Value::Array(first), Value::Array(second)) => {
            for index in 0..first.len().max(second.len()) {
                match (first.get(index), second.get(index)) {
                    (Some(value), Some(counterpart)) => {
                        walk(value, counterpart, below(&index.to_string()), all, found);
                    }
                    (one, other) => found.push(Difference {
                        at: below(&index.to_string()),
                        one: one.cloned(),
                        other: other.cloned(),
                    }),
                }
            }
        }
        _ if one == other || (!all && (is_of_its_run(&at, one, other) || differ_in_host(one, other))) => {}
        _ => found.push(Difference { at, one: Some(one.clone()), other: Some(other.clone()) }),
    }
}

/// Whether two values are times or sequence numbers, which no two runs have in common.
fn is_of_its_run(at: &str, one: &Value, other: &Value) -> bool {
    let name = at.rsplit('/').next().unwrap_or_default();
    let named = name.contains("Timestamp") || name.ends_with("SequenceNumber") || name.ends_with("At");
    let is_number = |value: &Value| match value {
        Value::Number(_) => true,
        Value::String(text) => !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => false,
    };
    let same_kind = one.is_number() == other.is_number();
    named && same_kind && is_number(one) && is_number(other)
}

/// Whether two values are URLs of the same path on other hosts.
fn differ_in_host(one: &Value, other: &Value) -> bool {
    let path = |value: &Value| {
        let (_, rest) = value.as_str()?.split_once("://")?;
        rest.split_once('/').map(|(_, path)| path.to_owned())
    };
    matches!((path(one), path(other)), (Some(first), Some(second)) if first == second)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn shown(one: &Value, other: &Value, all: bool) -> Vec<String> {
        let text = |value: Option<Value>| value.map_or("none".to_owned(), |value| value.to_string());
        let line = |found: Difference| format!("{} {} {}", found.at, text(found.one), text(found.other));
        compare(one, other, all).into_iter().map(line).collect()
    }

    #[test]
    fn each_place_is_told_once() {
        let one = json!({ "a": 1, "b": [1, { "c/d": null }], "e": "x" });
        let other = json!({ "a": 1, "b": [2, { "c/d": 0 }, 3], "f": "x" });
        let expected = ["/b/0 1 2", "/b/1/c~1d null 0", "/b/2 none 3", r#"/e "x" none"#, r#"/f none "x""#];
        assert_eq!(shown(&one, &other, false), expected);
    }

    #[test]
    fn times_and_sequence_numbers_count_only_where_all_is_asked_for() {
        let one = json!({ "SentTimestamp": "1", "SequenceNumber": "5" });
        let other = json!({ "SentTimestamp": "2", "SequenceNumber": "six" });
        assert_eq!(shown(&one, &other, false), [r#"/SequenceNumber "5" "six""#]);
        assert_eq!(shown(&one, &other, true).len(), 2);
    }
}
