//! How each kind of breach is told: what is wrong and what to write instead. The texts come from the schema.

use serde_json::Value;

use crate::problem::Findings;
use crate::words::nearest;

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
    name: &str,
    expected: &str,
    value: &Value,
    pointer: &str,
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
    let place = pointer.rsplit('/').next().unwrap_or(name);
    let subject = match place {
        "" => "the file".to_owned(),
        index if index.bytes().all(|byte| byte.is_ascii_digit()) => "this".to_owned(),
        key => format!("`{key}`"),
    };
    let quoted = expected == "string" && (value.is_number() || value.is_boolean());
    let remedy = if quoted { format!("quote it: `\"{value}\"`") } else { described(schema).to_owned() };
    let remedy = if remedy.is_empty() { format!("write {wanted}") } else { remedy };
    findings.value(pointer, format!("{subject} must be {wanted}, found {}", noun(value)), remedy).label(noun(value));
}

pub(super) fn unknown_word(findings: &mut Findings, words: &[&str], list: &str, value: &Value, pointer: &str) {
    let list = list.to_lowercase();
    let Some(word) = value.as_str() else {
        let remedy = format!("use one of {}", words.join(", "));
        findings.value(pointer, format!("a {list} is one word, found {}", noun(value)), remedy).label(noun(value));
        return;
    };
    let remedy = match nearest(word, words.iter().copied()) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => format!("use one of {}", words.join(", ")),
    };
    findings.value(pointer, format!("unknown {list} `{word}`"), remedy).label(format!("no {list}"));
}

pub(super) fn missing_key(findings: &mut Findings, schema: &Value, key: &str, pointer: &str) {
    let meaning = described(&schema["properties"][key]);
    findings
        .whole(pointer, format!("{} has no `{key}`", title(schema)), format!("add `{key}`: {meaning}"))
        .label(format!("no `{key}` here"));
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

pub(super) fn empty(findings: &mut Findings, schema: &Value, least: u64, pointer: &str) {
    let key = pointer.rsplit('/').next().unwrap_or_default();
    let subject =
        if key.bytes().all(|byte| byte.is_ascii_digit()) { "a branch".to_owned() } else { format!("`{key}`") };
    let needs = if least == 1 { "at least one entry".to_owned() } else { format!("at least {least} entries") };
    let found = if least == 1 { "is empty" } else { "has too few entries" };
    let remedy = match described(schema) {
        "" => format!("give {needs}"),
        meaning => format!("give {needs} ({meaning})"),
    };
    findings.whole(pointer, format!("{subject} {found}"), remedy).label("needs more");
}

pub(super) fn bad_form(findings: &mut Findings, schema: &Value, text: &str, pointer: &str) {
    let title = title(schema);
    findings.value(pointer, format!("`{text}` is not {title}"), described(schema)).label(format!("not {title}"));
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
        .value(pointer, format!("`{name}` is {value}"), format!("give a number {range} ({})", described(schema)))
        .label("out of range");
}
