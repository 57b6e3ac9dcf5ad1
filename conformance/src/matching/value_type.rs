//! Whether a value is of a `$type`.

use redeliver_spec::ValueType;
use serde_json::Value;

/// Whether the value is of this type.
pub(super) fn is(value: &Value, value_type: ValueType) -> bool {
    let text = |test: fn(&str) -> bool| value.as_str().is_some_and(test);
    match value_type {
        ValueType::String => value.is_string(),
        ValueType::Number => value.is_number(),
        ValueType::Integer => value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|n| n.fract() == 0.0),
        ValueType::Boolean => value.is_boolean(),
        ValueType::List => value.is_array(),
        ValueType::Map => value.is_object(),
        ValueType::Uuid => text(is_uuid),
        ValueType::TimestampMs => is_digits_long(value, 13),
        ValueType::TimestampS => is_digits_long(value, 10),
        ValueType::Md5 => text(|text| text.len() == 32 && is_hex(text)),
        ValueType::Sha256 => text(|text| text.len() == 64 && is_hex(text)),
        ValueType::Digits => text(is_digits),
        ValueType::ReceiptHandle => {
            text(|text| (1..=1024).contains(&text.chars().count()) && !text.contains(char::is_whitespace))
        }
        ValueType::Url => text(is_url),
        ValueType::Arn => text(is_arn),
        ValueType::Base64 => text(is_base64),
    }
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_digits_long(value: &Value, length: usize) -> bool {
    let long = |text: &str| text.len() == length && is_digits(text);
    match value {
        Value::String(text) => long(text),
        Value::Number(number) => long(&number.to_string()),
        _ => false,
    }
}

fn is_uuid(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12]) && parts.iter().all(|part| is_hex(part))
}

fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"));
    let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next());
    host.is_some_and(|host| !host.is_empty()) && !text.contains(char::is_whitespace)
}

fn is_arn(text: &str) -> bool {
    let parts: Vec<_> = text.splitn(6, ':').collect();
    let filled = |index: usize| parts.get(index).is_some_and(|part| !part.is_empty());
    parts[0] == "arn" && filled(1) && filled(2) && filled(5)
}

fn is_base64(text: &str) -> bool {
    let unpadded = text.strip_suffix("==").or_else(|| text.strip_suffix('=')).unwrap_or(text);
    !text.is_empty()
        && text.len().is_multiple_of(4)
        && unpadded.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_type_knows_its_own() {
        let uuid = "12345678-9abc-4def-8123-456789abcdef";
        let rows = [
            (ValueType::String, json!("a"), json!(1)),
            (ValueType::Number, json!(1.5), json!("1.5")),
            (ValueType::Integer, json!(3), json!(3.5)),
            (ValueType::Boolean, json!(true), json!("true")),
            (ValueType::List, json!([]), json!({})),
            (ValueType::Map, json!({}), json!([])),
            (ValueType::Uuid, json!(uuid), json!(uuid.to_uppercase())),
            (ValueType::TimestampMs, json!("1700000000000"), json!("1700000000")),
            (ValueType::TimestampS, json!(1_700_000_000), json!(1_700_000_000_000_u64)),
            (ValueType::Md5, json!("5d41402abc4b2a76b9719d911017c592"), json!("5D41402ABC4B2A76B9719D911017C592")),
            (ValueType::Sha256, json!("0".repeat(64)), json!("0".repeat(63))),
            (ValueType::Digits, json!("007"), json!("")),
            (ValueType::ReceiptHandle, json!("AQEB+/="), json!("a b")),
            (ValueType::Url, json!("http://h:1/2/q"), json!("http:///q")),
            (ValueType::Arn, json!("arn:aws:sqs:us-east-1:1:q"), json!("arn:aws:sqs:us-east-1:q")),
            (ValueType::Base64, json!("aGVsbG8="), json!("aGVsbG8")),
        ];
        assert_eq!(rows.len(), ValueType::ALL.len());
        for (value_type, yes, no) in rows {
            assert_eq!((is(&yes, value_type), is(&no, value_type)), (true, false), "{value_type}");
        }
        assert!(is(&json!("arn:aws:s3:::bucket"), ValueType::Arn), "region and account may be empty");
    }
}
