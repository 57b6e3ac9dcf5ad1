//! What consumers in any language tell of their effects.

use serde::Deserialize;
use serde_json::{Deserializer, Value};

use crate::What;

/// An example for those who write it otherwise.
pub const EXAMPLE: &str = r#"{"key":"order-3","value":5}"#;

/// One effect.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    /// Business key, as text or number.
    key: Value,
    /// What was done.
    #[serde(default)]
    value: Value,
    /// Id of the message, where the consumer tells it.
    #[serde(default)]
    message: Option<String>,
}

/// Why a text tells no effects.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProbeProblem {
    /// There is nothing in it.
    #[error("there is no effect: write one as `{EXAMPLE}`, several as one a line")]
    Empty,
    /// Something in it is no effect.
    #[error("effect {number} is none: {reason}: write it as `{EXAMPLE}`")]
    Malformed {
        /// Which one, from 1.
        number: usize,
        /// What is wrong with it.
        reason: String,
    },
}

/// The effects in a text: JSON objects with `key`, and as the consumer likes `value` and `message`, one after the other.
pub fn read(text: &[u8]) -> Result<Vec<What>, ProbeProblem> {
    let told = Deserializer::from_slice(text).into_iter::<Told>().enumerate();
    let effects = told.map(|(index, told)| {
        let malformed = |reason| ProbeProblem::Malformed { number: index + 1, reason };
        let Told { key, value, message } = told.map_err(|error| malformed(error.to_string()))?;
        let key = match key {
            Value::String(key) if !key.is_empty() => key,
            Value::Number(key) => key.to_string(),
            other => return Err(malformed(format!("its key is `{other}`, neither a text nor a number"))),
        };
        Ok(What::Effect { key, value, message })
    });
    let effects: Vec<_> = effects.collect::<Result<_, _>>()?;
    if effects.is_empty() { Err(ProbeProblem::Empty) } else { Ok(effects) }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::read;
    use crate::What;

    fn effect(key: &str, value: Value, message: Option<&str>) -> What {
        What::Effect { key: key.into(), value, message: message.map(str::to_owned) }
    }

    #[test]
    fn one_effect_and_several_are_read() {
        assert_eq!(read(b"{\n \"key\": 7,\n \"value\": 5\n}").unwrap(), [effect("7", json!(5), None)]);
        let lines = b"{\"key\":\"a\",\"value\":{\"cents\":3}}\n\n{\"key\":\"b\",\"message\":\"m\"}\n";
        let expected = [effect("a", json!({ "cents": 3 }), None), effect("b", Value::Null, Some("m"))];
        assert_eq!(read(lines).unwrap(), expected);
    }

    #[test]
    fn what_is_no_effect_is_named_with_the_remedy() {
        let told = [
            ("", "there is no effect: "),
            ("hello", "effect 1 is none: expected value at line 1 column 1: "),
            ("{\"key\":1}\n{\"value\":5}", "effect 2 is none: missing field `key` at line 2 column 11: "),
            ("{\"key\":\"a\",\"mesage\":\"m\"}", "effect 1 is none: unknown field `mesage`, "),
            ("{\"key\":[]}", "effect 1 is none: its key is `[]`, neither a text nor a number: "),
            ("{\"key\":\"\"}", "effect 1 is none: its key is `\"\"`, neither a text nor a number: "),
            ("{\"key\":1}\n{\"key\":2", "effect 2 is none: EOF while parsing an object at line 2 column 8: "),
        ];
        for (text, problem) in told {
            let said = read(text.as_bytes()).unwrap_err().to_string();
            assert!(said.starts_with(problem) && said.contains(r#"{"key":"order-3","value":5}"#), "{text}: {said}");
        }
    }
}
