//! Values as YAML in one line.

use std::fmt::Write as _;

use serde_json::Value;

/// A value in YAML's flow style.
pub(super) fn flow(value: &Value) -> String {
    match value {
        Value::Object(map) if map.is_empty() => "{}".to_owned(),
        Value::Object(map) => {
            let entries: Vec<_> = map.iter().map(|(key, value)| format!("{}: {}", text(key), flow(value))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
        Value::Array(list) => format!("[{}]", list.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Value::String(value) => text(value),
        other => other.to_string(),
    }
}

/// A text, quoted unless it is a plain word that nobody takes for anything else.
fn text(value: &str) -> String {
    const WORDS: [&str; 8] = ["true", "false", "null", "yes", "no", "on", "off", "y"];
    let is_plain = value.starts_with(|first: char| first.is_ascii_alphabetic() || first == '$')
        && value.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-' || c == '$')
        && !WORDS.contains(&value.to_ascii_lowercase().as_str())
        && value != "n";
    if is_plain { value.to_owned() } else { quoted(value) }
}

/// In double quotes, with escapes for all that is no printable ASCII character.
fn quoted(value: &str) -> String {
    let mut text = String::from("\"");
    for character in value.chars() {
        match character {
            '"' => text += "\\\"",
            '\\' => text += "\\\\",
            ' '..='~' => text.push(character),
            _ if u32::from(character) > 0xFFFF => drop(write!(text, "\\U{:08x}", u32::from(character))),
            _ => drop(write!(text, "\\u{:04x}", u32::from(character))),
        }
    }
    text + "\""
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::flow;

    #[test]
    fn what_is_written_is_read_as_it_was() {
        let value = json!({
            "a": ["x", "true", "1", 1, -2, true, "", " ", "\u{1}\u{fffe}\u{1f600}é\"\\"],
            "a.b": {}, "$text": { "repeat": "y", "times": 3 }, "no": "${url}", "e": [],
        });
        let read: Value = serde_yaml::from_str(&flow(&value)).unwrap();
        assert_eq!(read, value);
    }
}
