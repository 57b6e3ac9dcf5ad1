//! How each kind of breach is told: what is wrong and what to write instead. The texts come from the schema.

use serde_json::Value;

use crate::problem::Findings;
use crate::words::nearest;

/// How many words are told all at once.
const SHORT_LIST: usize = 3;

/// What a person calls a value.
pub(crate) fn noun(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a map",
    }
}

fn described(schema: &Value) -> &str {
    schema.get("description").and_then(Value::as_str).unwrap_or_default()
}

fn title(schema: &Value) -> &str {
    schema.get("title").and_then(Value::as_str).unwrap_or("this map")
}

pub(super) fn wrong_type(
    findings: &mut Findings,
    schema: &Value,
    expected: &str,
    value: &Value,
    pointer: &str,
    quoted_fits: bool,
) {
    let wanted = match (expected, schema.get("title").and_then(Value::as_str)) {
        (_, Some(title)) => title,
        ("object", _) => "a map",
        ("array", _) => "a list",
        ("string", _) => "text",
        ("boolean", _) => "`true` or `false`",
        ("integer", _) => "a whole number",
        _ => "a number",
    };
    let message = format!("{} must be {wanted}, found {}", subject(pointer), noun(value));
    findings.value(pointer, message, right_type(schema, expected, value, quoted_fits)).label(noun(value));
}

/// What to write instead of a value of a wrong type.
fn right_type(schema: &Value, expected: &str, value: &Value, quoted_fits: bool) -> String {
    let keys = schema.get("required").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let keys: Vec<_> = keys.iter().filter_map(Value::as_str).map(|key| format!("`{key}`")).collect();
    match (expected, value) {
        ("string", Value::Number(_) | Value::Bool(_)) if quoted_fits => format!("quote it: `\"{value}\"`"),
        ("array", Value::String(text)) => format!("put it into a list: `[{text}]`"),
        ("array", Value::Object(_)) => "put it into a list: `[ ... ]`".to_owned(),
        ("object", _) if !keys.is_empty() => format!("write a map with {}", keys.join(", ")),
        ("object", _) => format!("write a map ({})", described(schema)),
        ("array", _) => format!("write a list ({})", described(schema)),
        _ => described(schema).to_owned(),
    }
}

/// What a pointer leads to, as the subject of a sentence.
fn subject(pointer: &str) -> String {
    let mut keys = pointer.rsplit('/').filter(|key| !key.is_empty());
    let is_index = |key: &str| key.bytes().all(|byte| byte.is_ascii_digit());
    match keys.next() {
        None => "the file".to_owned(),
        Some(index) if is_index(index) => match keys.find(|key| !is_index(key)) {
            Some(list) => format!("an entry of `{list}`"),
            None => "this".to_owned(),
        },
        Some(key) => format!("`{key}`"),
    }
}

pub(super) fn unknown_word(findings: &mut Findings, words: &[&str], list: &str, value: &Value, pointer: &str) {
    let list = list.to_lowercase();
    let Some(word) = value.as_str() else {
        let remedy = format!("use one of {}", words.join(", "));
        findings.value(pointer, format!("a {list} is one word, found {}", noun(value)), remedy).label(noun(value));
        return;
    };
    let remedy = match nearest(word, words.iter().copied()) {
        // Of few words all are told: the nearest by letters may be the opposite by meaning.
        Some(nearest) if words.len() > SHORT_LIST => format!("did you mean `{nearest}`?"),
        _ => format!("use one of {}", words.join(", ")),
    };
    findings.value(pointer, format!("unknown {list} `{word}`"), remedy).label(format!("no {list}"));
}

pub(super) fn missing_key(findings: &mut Findings, schema: &Value, key: &str, pointer: &str) {
    let meaning = described(&schema["properties"][key]);
    findings
        .whole(pointer, format!("{} has no `{key}`", title(schema)), format!("add `{key}`: {meaning}"))
        .label(format!("no `{key}` here"));
}

/// The key of a map that looks like a misspelt key.
pub(super) fn meant<'a>(schema: &'a Value, key: &str) -> Option<&'a str> {
    nearest(key, schema.get("properties")?.as_object()?.keys().map(String::as_str))
}

pub(super) fn unknown_key(findings: &mut Findings, schema: &Value, key: &str, pointer: &str) {
    let known: Vec<&str> = schema
        .get("properties")
        .and_then(Value::as_object)
        .map(|properties| properties.keys().map(String::as_str).collect())
        .unwrap_or_default();
    let remedy = match nearest(key, known.iter().copied()) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => format!("the keys of {} are {}", title(schema), known.join(", ")),
    };
    findings.key(pointer, format!("{} has no key `{key}`", title(schema)), remedy).label("unknown key");
}

pub(super) fn bad_variable(findings: &mut Findings, key: &str, pointer: &str) {
    findings
        .key(
            pointer,
            format!("`{key}` is not the name of a variable"),
            "use lowercase letters, digits and `_`, a letter first, as in `url` or `dlq_url`",
        )
        .label("no name");
}

pub(super) fn too_few(findings: &mut Findings, schema: &Value, number: usize, least: u64, pointer: &str) {
    let needs = if least == 1 { "at least one entry".to_owned() } else { format!("at least {least} entries") };
    let (found, label) = if number == 0 { ("is empty", "empty") } else { ("has too few entries", "too few") };
    let remedy = match described(schema) {
        "" => format!("give {needs}"),
        meaning => format!("give {needs} ({meaning})"),
    };
    findings.whole(pointer, format!("{} {found}", subject(pointer)), remedy).label(label);
}

pub(super) fn bad_form(findings: &mut Findings, schema: &Value, text: &str, pointer: &str) {
    let title = title(schema);
    let (message, label) = if text.trim().is_empty() {
        (format!("{} is empty", subject(pointer)), "empty".to_owned())
    } else {
        (format!("`{text}` is not {title}"), format!("not {title}"))
    };
    findings.value(pointer, message, described(schema)).label(label);
}

pub(super) fn out_of_range(findings: &mut Findings, schema: &Value, name: &str, value: &Value, pointer: &str) {
    let bound = |key: &str| schema.get(key).map(Value::to_string);
    let range = match (bound("minimum"), bound("maximum")) {
        (Some(low), Some(high)) => format!("from {low} to {high}"),
        (Some(low), None) => format!("at least {low}"),
        (None, Some(high)) => format!("at most {high}"),
        (None, None) => unreachable!("a number is out of range only where there is a bound"),
    };
    findings
        .value(
            pointer,
            format!("`{name}` is out of range: {value}"),
            format!("give a number {range} ({})", described(schema)),
        )
        .label(range);
}
