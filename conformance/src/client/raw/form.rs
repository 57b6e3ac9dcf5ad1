//! Forms and query strings.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode, utf8_percent_encode};
use serde_json::{Map, Value};

/// Everything but the characters that a URL never needs to escape, as a signature wants it:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A name or value, escaped.
pub(super) fn escape(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}

/// Names and values as a query string or form.
pub(in crate::client) fn encode<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let pairs: Vec<_> = pairs.map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect();
    pairs.join("&")
}

/// A form as a map from names to text, or to a list of texts where a name stands several times; `None` when it is no text.
pub(super) fn decode(body: &[u8]) -> Option<Value> {
    let mut names = Map::new();
    for pair in body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
        let (name, value) = match pair.iter().position(|byte| *byte == b'=') {
            Some(at) => (&pair[..at], &pair[at + 1..]),
            None => (pair, &[][..]),
        };
        add(&mut names, unescape(name)?, Value::String(unescape(value)?));
    }
    Some(Value::Object(names))
}

/// Adds a value under a name: the second of a name makes a list of it.
pub(super) fn add(map: &mut Map<String, Value>, name: String, value: Value) {
    match map.get_mut(&name) {
        None => drop(map.insert(name, value)),
        Some(Value::Array(values)) => values.push(value),
        Some(first) => *first = Value::Array(vec![first.take(), value]),
    }
}

fn unescape(text: &[u8]) -> Option<String> {
    let spaced: Vec<u8> = text.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    String::from_utf8(percent_decode(&spaced).collect()).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::decode;

    #[test]
    fn a_form_is_a_map_with_lists_for_what_stands_several_times() {
        assert_eq!(decode(b"a=1&b=x+y%26&a=2&c&a=3"), Some(json!({ "a": ["1", "2", "3"], "b": "x y&", "c": "" })));
        assert_eq!(decode(b""), Some(json!({})));
        assert_eq!(decode(b"a=%ff"), None);
    }
}
