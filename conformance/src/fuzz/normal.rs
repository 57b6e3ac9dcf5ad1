//! Answers without what is new in every run.

use serde_json::{Map, Value};

/// Members whose value nobody can foresee: only its form is compared.
const OPAQUE: &[&str] = &[
    "MessageId",
    "ReceiptHandle",
    "SequenceNumber",
    "NextToken",
    "TaskHandle",
    "SenderId",
    "SubscriptionArn",
    "ConsumerARN",
    "ShardIterator",
    "NextShardIterator",
    "ContinuationSequenceNumber",
    "StartingSequenceNumber",
    "EndingSequenceNumber",
    "PlatformApplicationArn",
    "EndpointArn",
    "StreamId",
    // Texts of errors, in the answers to batches.
    "Message",
    "ErrorMessage",
];

/// What of an answer is the target's or the run's own.
#[derive(Debug, Clone)]
pub(super) struct Own {
    /// `${unique}` of the calls.
    pub(super) unique: String,
    /// The account of the target.
    pub(super) account: String,
    /// Its region.
    pub(super) region: String,
    /// Whether an empty list or map counts as left out.
    pub(super) empty_is_none: bool,
}

impl Own {
    /// A value with variables in place of what is the target's own, words in place of what nobody can foresee, and lists in an order
    /// of their own unless their order is promised.
    pub(super) fn normal(&self, value: &Value, ordered: bool) -> Value {
        self.value("", value, ordered)
    }

    fn value(&self, key: &str, value: &Value, ordered: bool) -> Value {
        if is_opaque(key) && !value.is_object() && !value.is_array() {
            return Value::from(format!("<{}>", form(value)));
        }
        match value {
            Value::String(text) => self.text(text),
            Value::Array(list) => {
                let mut list: Vec<_> = list.iter().map(|value| self.value(key, value, ordered)).collect();
                if !ordered {
                    list.sort_by_cached_key(ToString::to_string);
                }
                Value::Array(list)
            }
            Value::Object(map) => {
                let is_left_out = |value: &Value| {
                    self.empty_is_none
                        && (value.as_array().is_some_and(Vec::is_empty) || value.as_object().is_some_and(Map::is_empty))
                };
                let kept = map.iter().filter(|(_, value)| !is_left_out(value));
                Value::Object(kept.map(|(key, value)| (key.clone(), self.value(key, value, ordered))).collect())
            }
            other => other.clone(),
        }
    }

    fn text(&self, text: &str) -> Value {
        // JSON in a text is compared as such.
        if text.starts_with(['{', '['])
            && let Ok(inner) = serde_json::from_str::<Value>(text)
        {
            return Value::Object([("$json".to_owned(), self.value("", &inner, false))].into_iter().collect());
        }
        let text = match text.strip_prefix("http://").or_else(|| text.strip_prefix("https://")) {
            // Hosts and paths are the target's, the name at the end is not.
            Some(address) => format!("<url>/{}", address.rsplit('/').next().unwrap_or_default()),
            None => text.to_owned(),
        };
        let text = text.replace(&self.unique, "${unique}").replace(&self.account, "${account}");
        Value::from(text.replace(&self.region, "${region}"))
    }
}

fn is_opaque(key: &str) -> bool {
    OPAQUE.contains(&key) || key.ends_with("Timestamp") || key.ends_with("Time") || key == "EffectiveDeliveryPolicy"
}

/// What a value looks like: a word of `$type`.
pub(super) fn form(value: &Value) -> &'static str {
    let Value::String(text) = value else {
        return match value {
            Value::Number(number) if number.is_i64() || number.is_u64() => "number",
            Value::Number(_) => "number",
            Value::Bool(_) => "boolean",
            Value::Array(_) => "list",
            Value::Object(_) => "map",
            Value::String(_) | Value::Null => "string",
        };
    };
    let is_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match text.len() {
        10 if is_digits => "timestamp-s",
        13 if is_digits => "timestamp-ms",
        36 if is_uuid(text) => "uuid",
        _ if is_digits => "digits",
        _ if text.starts_with("arn:") => "arn",
        _ => "string",
    }
}

fn is_uuid(text: &str) -> bool {
    text.char_indices().all(|(at, character)| match at {
        8 | 13 | 18 | 23 => character == '-',
        _ => character.is_ascii_digit() || ('a'..='f').contains(&character),
    })
}
