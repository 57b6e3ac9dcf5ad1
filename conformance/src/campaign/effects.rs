//! What a consumer told of its effects.

use redeliver_check::{Record, What};
use serde::Deserialize;
use serde_json::Value;

/// A line of the file that a consumer appends to.
#[derive(Debug, Deserialize)]
struct Line {
    /// Business key, as text or number.
    key: Value,
    /// What was done.
    #[serde(default)]
    value: Value,
    /// Id of the message, where the consumer tells it.
    #[serde(default)]
    message: Option<String>,
}

/// The effects in the text of a file with JSON lines, as records at the end of a history. A last line without its end is left out: the
/// consumer was killed while it wrote.
///
/// # Errors
///
/// Names the line that is no effect.
pub fn read(text: &str, at_ms: u64) -> Result<Vec<Record>, String> {
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    let lines = whole.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(index, line)| {
            let Line { key, value, message } = serde_json::from_str(line).map_err(|error| {
                let number = index + 1;
                format!("line {number} of the effects, `{line}`, is none: {error}; write {{\"key\":\"order-3\",\"value\":5}}")
            })?;
            let key = key.as_str().map_or_else(|| key.to_string(), str::to_owned);
            Ok(Record { at_ms, process: PROCESS, what: What::Effect { key, value, message } })
        })
        .collect()
}

/// Number of the consumer in histories.
pub const PROCESS: u32 = 900_000;

#[cfg(test)]
mod tests {
    use redeliver_check::{Record, What};
    use serde_json::json;

    use super::{PROCESS, read};

    #[test]
    fn whole_lines_are_effects() {
        let told = read("{\"key\":7,\"value\":5}\n\n{\"key\":\"a\",\"message\":\"m\"}\n{\"key\":\"cut", 9).unwrap();
        let effect = |key: &str, value, message: Option<&str>| Record {
            at_ms: 9,
            process: PROCESS,
            what: What::Effect { key: key.into(), value, message: message.map(str::to_owned) },
        };
        assert_eq!(told, [effect("7", json!(5), None), effect("a", json!(null), Some("m"))]);
    }

    #[test]
    fn a_line_that_is_no_effect_is_named() {
        let problem = read("{\"key\":1}\nhello\n", 0).unwrap_err();
        assert!(problem.starts_with("line 2 of the effects, `hello`, is none: "), "{problem}");
    }
}
