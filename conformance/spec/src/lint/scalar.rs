//! Single values against a shape.

use redeliver_model::{Kind, Shape};
use serde_json::Value;

use crate::schema::noun;
use crate::template::{Part, VARIABLES, parts};

/// Why a value does not fit a shape.
pub(super) struct Misfit {
    /// What is wrong, to stand behind the name of the key.
    pub(super) message: String,
    /// What to write instead.
    pub(super) remedy: String,
}

/// The name of the variable that a text is, when it is nothing else: such a text keeps the variable's type.
fn variable(value: &Value) -> Option<&str> {
    match parts(value.as_str()?).as_deref() {
        Ok([Part::Variable(name)]) => Some(name),
        _ => None,
    }
}

/// Whether a text is nothing but a variable.
pub(super) fn is_variable(value: &Value) -> bool {
    variable(value).is_some()
}

/// What a spec writes for a value of this shape.
pub(super) fn wanted(shape: &Shape) -> &'static str {
    match shape.kind {
        Kind::Structure { .. } | Kind::Map { .. } => "a map",
        Kind::List { .. } | Kind::EventStream { .. } => "a list",
        Kind::String => "text",
        Kind::Integer => "a 32-bit integer",
        Kind::Long => "a 64-bit integer",
        Kind::Double => "a number",
        Kind::Boolean => "`true` or `false`",
        Kind::Blob => "bytes as base64 text",
        Kind::Timestamp => "a number of seconds since 1970",
    }
}

/// Why a value that is no map of members or entries does not fit, if it does not.
pub(super) fn misfit(shape: &Shape, value: &Value) -> Option<Misfit> {
    match variable(value) {
        Some("index") if !value_fits(shape, &Value::from(0)) => Some(Misfit {
            message: format!("must be {}, and `${{index}}` is a number", wanted(shape)),
            remedy: "write `{ $json: \"${index}\" }` for its text, or put it into other text".to_owned(),
        }),
        Some(name) if name != "index" && VARIABLES.contains(&name) && !value_fits(shape, &Value::from("aaaa")) => {
            Some(Misfit {
                message: format!("must be {}, and `${{{name}}}` is text", wanted(shape)),
                remedy: format!("the model calls it {}", shape.noun()),
            })
        }
        // What a capture holds is known when it is there.
        Some(_) => None,
        None => (!value_fits(shape, value)).then(|| Misfit {
            message: format!("must be {}, found {}", wanted(shape), found(shape, value)),
            remedy: remedy(shape, value),
        }),
    }
}

fn value_fits(shape: &Shape, value: &Value) -> bool {
    match shape.kind {
        Kind::Structure { .. } | Kind::Map { .. } => value.is_object(),
        Kind::List { .. } | Kind::EventStream { .. } => value.is_array(),
        Kind::String => value.is_string(),
        Kind::Integer => value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
        Kind::Long => value.is_i64(),
        Kind::Double | Kind::Timestamp => value.is_number(),
        Kind::Boolean => value.is_boolean(),
        Kind::Blob => value.as_str().is_some_and(is_base64),
    }
}

/// The value itself where its kind is right and its content is not.
fn found(shape: &Shape, value: &Value) -> String {
    match shape.kind {
        Kind::Integer | Kind::Long if value.is_number() => format!("`{value}`"),
        Kind::Blob if value.is_string() => "other text".to_owned(),
        _ => noun(value).to_owned(),
    }
}

fn remedy(shape: &Shape, value: &Value) -> String {
    match (&shape.kind, value) {
        (_, Value::Null) => "give a value, or leave the key out".to_owned(),
        (Kind::String, Value::Number(_) | Value::Bool(_)) => format!("quote it: `\"{value}\"`"),
        (Kind::String, Value::Object(_) | Value::Array(_)) => "for JSON text write `{ $json: ... }`".to_owned(),
        (Kind::Integer | Kind::Long | Kind::Double | Kind::Timestamp, Value::String(text))
            if text.parse::<f64>().is_ok() =>
        {
            format!("leave out the quotes: `{text}`")
        }
        (Kind::Integer, Value::Number(_)) => format!("give a whole number from {} to {}", i32::MIN, i32::MAX),
        (Kind::Long, Value::Number(_)) => "give a whole number of 64 bits".to_owned(),
        (Kind::Boolean, Value::String(text)) if text == "true" || text == "false" => {
            format!("leave out the quotes: `{text}`")
        }
        (Kind::Blob, _) => "encode the bytes, for example `aGVsbG8=` for `hello`".to_owned(),
        (Kind::List { .. }, _) => "put it into a list: `[ ... ]`".to_owned(),
        _ => format!("the model calls it {}", shape.noun()),
    }
}

/// Whether a text is base64 with padding; variables count as right.
pub(crate) fn is_base64(text: &str) -> bool {
    if crate::template::has_variable(text) {
        return true;
    }
    let body = text.trim_end_matches('=');
    let letters = body.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/');
    letters && text.len().is_multiple_of(4) && text.len() - body.len() <= 2
}
