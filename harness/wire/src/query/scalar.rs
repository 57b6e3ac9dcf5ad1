//! Texts as numbers, bytes and times.

use redeliver_model::{Kind, Value};

use crate::{Error, base64, date};

/// Reads a text as a value that is neither list, map nor structure. What AWS says about booleans was probed on AWS by
/// <https://github.com/floci-io/floci>; silent: about numbers and times the same is taken to hold.
pub(super) fn read(kind: &Kind, text: &str) -> Result<Value, Error> {
    match kind {
        Kind::Boolean => match text {
            "true" | "1" => Ok(Value::Boolean(true)),
            "false" | "0" => Ok(Value::Boolean(false)),
            _ => Err(refused("boolean", text)),
        },
        Kind::Integer => {
            text.parse::<i32>().map(|number| Value::Integer(number.into())).map_err(|_| refused("integer", text))
        }
        Kind::Long => text.parse().map(Value::Integer).map_err(|_| refused("long", text)),
        Kind::Double => {
            let number = text.parse().ok().filter(|number: &f64| number.is_finite());
            number.map(Value::Double).ok_or_else(|| refused("double", text))
        }
        Kind::Timestamp => date::parse(text).map(Value::Timestamp).ok_or_else(|| refused("timestamp", text)),
        Kind::Blob => base64::decode(text)
            .map(|bytes| Value::Blob(bytes.into()))
            .map_err(|message| Error::MalformedInput { message }),
        Kind::String | Kind::Structure { .. } | Kind::EventStream { .. } | Kind::List { .. } | Kind::Map { .. } => {
            Ok(Value::String(text.to_owned()))
        }
    }
}

fn refused(noun: &str, text: &str) -> Error {
    let message = match (noun, text) {
        (_, "") => format!("missing value for {noun} type"),
        ("timestamp", _) => "timestamp must follow ISO8601".to_owned(),
        _ => format!("{noun} must follow xsd1.1 definition"),
    };
    Error::MalformedInput { message }
}
