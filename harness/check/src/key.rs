//! The business key of a message.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Where the business key of a message stands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum KeyRule {
    /// In the message attribute `key`, else in the field `key`, `id` or `order_id` of a JSON body, else the body is the key.
    #[default]
    Usual,
    /// In the message attribute of this name, else the body is the key.
    Attribute(String),
    /// At this JSON pointer of the body, else the body is the key.
    Pointer(String),
    /// The body is the key.
    Body,
}

/// The fields of a JSON body that are usual for keys.
#[derive(Deserialize)]
struct Fields {
    key: Option<Value>,
    id: Option<Value>,
    order_id: Option<Value>,
}

impl KeyRule {
    /// The key of a message with this body and these `MessageAttributes`.
    pub fn key<'a>(&self, body: &'a str, attributes: Option<&'a Value>) -> Cow<'a, str> {
        let found = match self {
            Self::Usual => attribute(attributes, "key").or_else(|| usual_field(body)),
            Self::Attribute(name) => attribute(attributes, name),
            Self::Pointer(pointer) => {
                serde_json::from_str::<Value>(body).ok().and_then(|json| owned(json.pointer(pointer)?))
            }
            Self::Body => None,
        };
        found.unwrap_or(Cow::Borrowed(body))
    }

    /// The key of a record of a stream with this data in Base64, which is itself the key where it is no text.
    pub fn key_of_data<'a>(&self, data: &'a str) -> Cow<'a, str> {
        let text = STANDARD.decode(data).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        text.map_or(Cow::Borrowed(data), |text| Cow::Owned(self.key(&text, None).into_owned()))
    }
}

fn attribute<'a>(attributes: Option<&'a Value>, name: &str) -> Option<Cow<'a, str>> {
    attributes?.get(name)?.get("StringValue")?.as_str().map(Cow::Borrowed)
}

fn usual_field(body: &str) -> Option<Cow<'static, str>> {
    if !body.trim_start().starts_with('{') {
        return None;
    }
    let fields: Fields = serde_json::from_str(body).ok()?;
    [fields.key, fields.id, fields.order_id].iter().flatten().find_map(owned)
}

fn owned(value: &Value) -> Option<Cow<'static, str>> {
    match value {
        Value::String(text) => Some(Cow::Owned(text.clone())),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::KeyRule;

    #[test]
    fn usual_key_is_the_attribute_then_a_field_then_the_body() {
        let attributes = json!({ "key": { "DataType": "String", "StringValue": "a" } });
        assert_eq!(KeyRule::Usual.key(r#"{"id":7}"#, Some(&attributes)), "a");
        assert_eq!(KeyRule::Usual.key(r#"{"id":7}"#, None), "7");
        assert_eq!(KeyRule::Usual.key(r#"{"order_id":"o","id":null}"#, None), "o");
        assert_eq!(KeyRule::Usual.key(r#"{"name":"n"}"#, None), r#"{"name":"n"}"#);
        assert_eq!(KeyRule::Usual.key("plain", None), "plain");
    }

    #[test]
    fn key_of_a_record_is_that_of_its_data_as_text() {
        assert_eq!(KeyRule::Usual.key_of_data("eyJpZCI6N30="), "7");
        assert_eq!(KeyRule::Usual.key_of_data("cGxhaW4="), "plain");
        assert_eq!(KeyRule::Usual.key_of_data("/w=="), "/w==");
    }

    #[test]
    fn other_rules_look_where_they_say() {
        let attributes = json!({ "order": { "DataType": "String", "StringValue": "a" } });
        assert_eq!(KeyRule::Attribute("order".to_owned()).key("{}", Some(&attributes)), "a");
        assert_eq!(KeyRule::Pointer("/a/0".to_owned()).key(r#"{"a":["x"]}"#, None), "x");
        assert_eq!(KeyRule::Body.key(r#"{"id":7}"#, Some(&attributes)), r#"{"id":7}"#);
    }
}
