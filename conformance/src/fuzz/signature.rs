//! What makes two differences the same.

use serde_json::Value;

use super::compare::{Difference, Kind};
use super::program::Program;

/// Members that every sensible call has: they say nothing of the cause.
pub(super) const NEUTRAL: &[&str] = &["QueueUrl", "QueueName", "StreamName", "TopicArn", "Name"];

/// The names of parameters with what their values look like; of lists the elements without numbers.
pub(super) fn parameters(with: &Value) -> Vec<(String, &'static str)> {
    let mut found = Vec::new();
    walk(with, "", &mut found);
    found.sort();
    found.dedup();
    found
}

fn walk(value: &Value, at: &str, found: &mut Vec<(String, &'static str)>) {
    match value {
        Value::Object(map) if map.keys().any(|key| key.starts_with('$')) => {
            found.push((at.to_owned(), if map.contains_key("$text") { "long" } else { "json" }));
        }
        Value::Object(map) if !map.is_empty() => {
            map.iter().for_each(|(key, value)| walk(value, &format!("{at}/{key}"), found));
        }
        Value::Array(list) if !list.is_empty() => list.iter().for_each(|value| walk(value, &format!("{at}/*"), found)),
        other => found.push((at.to_owned(), look(other))),
    }
}

/// What a value looks like, as far as it matters for being refused.
fn look(value: &Value) -> &'static str {
    match value {
        Value::Object(_) | Value::Array(_) => "empty",
        Value::String(text) if text.is_empty() => "empty",
        Value::String(text) if text.parse::<f64>().is_ok() => "number",
        Value::String(text) if text.chars().all(|c| c.is_ascii_graphic()) => "text",
        Value::String(_) => "special",
        Value::Number(number) if number.as_i64().is_some_and(|number| number < 0) => "negative",
        Value::Number(number) if number.as_i64() == Some(0) => "zero",
        Value::Number(_) => "number",
        Value::Bool(_) | Value::Null => "",
    }
}

/// Names of parameters that go with queues and topics that keep an order.
const ORDERED: &[&str] =
    &["/Attributes/FifoQueue", "/Attributes/FifoTopic", "/MessageGroupId", "/MessageDeduplicationId"];

/// What is the same for all programs that show one difference: kind, place, the last call with what its parameters look like, and where it is
/// about a value, the calls before it with the names of their parameters.
pub(super) fn signature(program: &Program, difference: &Difference) -> String {
    let is_about = |name: &str| !NEUTRAL.contains(&name.trim_start_matches('/'));
    let Difference { call: last, operation, kind, .. } = difference;
    let of_last: Vec<_> = parameters(&program.calls[*last].with)
        .into_iter()
        .filter(|(name, _)| is_about(name))
        .map(|(name, look)| format!("{name}={look}"))
        .collect();
    let last_call = format!("{}({})", operation.name, of_last.join(","));
    if !matches!(kind, Kind::Missing | Kind::Extra | Kind::Value | Kind::Length) {
        return format!("{} | {last_call}", told(kind));
    }
    let before = program.calls[..*last].iter().map(|call| {
        let names = parameters(&call.with).into_iter().map(|(name, _)| name);
        let names: Vec<_> = names.filter(|name| is_about(name) && !ORDERED.contains(&name.as_str())).collect();
        format!("{}({}) ", call.operation.name, names.join(","))
    });
    format!("{} {} | {}{last_call}", told(kind), difference.place(), before.collect::<String>())
}

/// What is asked before a program is made small: whether so many like it were seen already.
pub(super) fn glance(program: &Program, difference: &Difference) -> String {
    let odd = program.odd[difference.call].as_deref().unwrap_or_default();
    let name = match difference.kind {
        // Names of errors belong to the code alone.
        Kind::OtherName(..) => "",
        _ => difference.operation.name,
    };
    format!("{name} {} {} {odd}", told(&difference.kind), difference.place())
}

/// A kind in a few words.
pub(super) fn told(kind: &Kind) -> String {
    match kind {
        Kind::Accepted(code) => format!("accepted in place of {code}"),
        Kind::Refused(code) => format!("refused with {code}"),
        Kind::OtherError(expected, seen) => format!("{seen} in place of {expected}"),
        Kind::OtherName(expected, seen) => format!("named {seen} in place of {expected}"),
        Kind::Missing => "missing".to_owned(),
        Kind::Extra => "extra".to_owned(),
        Kind::Value => "another value".to_owned(),
        Kind::Length => "another number".to_owned(),
        Kind::Unreadable => "unreadable".to_owned(),
    }
}
