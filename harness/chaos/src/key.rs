//! Business keys of messages: what a consumer's effects are counted by.

use redeliver_model::{Fields, Value};
use serde_json::Value as Json;

use crate::delivery::envelope;
use crate::edit::{text, text_of};
use crate::plan::KeySource;

/// Fields of JSON bodies that are taken for the key, in this order.
const USUAL: [&str; 3] = ["key", "id", "order_id"];

impl KeySource {
    /// The key of a message: of the parameters of a send or a publish, of an entry of a batch of them, or of a received message, be it in
    /// the envelope of a topic; of a record of a stream.
    pub fn key(&self, message: &Value) -> Option<String> {
        let body = ["MessageBody", "Body", "Message"]
            .iter()
            .find_map(|name| text(message, name))
            .or_else(|| text_of(message))?;
        self.key_of_body(body, |name| attribute(message, name))
    }

    /// The key of a message by its body, or the envelope with it, and the texts of its attributes.
    pub(crate) fn key_of_body(&self, body: &str, attribute: impl Fn(&str) -> Option<String>) -> Option<String> {
        if let Some((body, attributes)) = envelope(body) {
            let inner = |name: &str| word(attributes.get(name)?.get("Value")?);
            return self.found(&body, |name| inner(name).or_else(|| attribute(name)));
        }
        self.found(body, attribute)
    }

    fn found(&self, body: &str, attribute: impl Fn(&str) -> Option<String>) -> Option<String> {
        let found = match self {
            Self::Usual => None,
            Self::Attribute(name) => attribute(name),
            Self::Pointer(pointer) => {
                serde_json::from_str::<Json>(body).ok().and_then(|json| word(json.pointer(pointer)?))
            }
            Self::Body => Some(body.to_owned()),
        };
        found.or_else(|| attribute("key")).or_else(|| field(body)).or_else(|| Some(body.to_owned()))
    }
}

/// The text of a message attribute.
fn attribute(message: &Value, name: &str) -> Option<String> {
    let Value::Structure(fields) = message else { return None };
    let Some(Value::Map(attributes)) = fields.get("MessageAttributes") else { return None };
    text(attributes.get(name)?, "StringValue").map(str::to_owned)
}

fn field(body: &str) -> Option<String> {
    let Ok(Json::Object(members)) = serde_json::from_str(body) else { return None };
    USUAL.iter().find_map(|name| word(members.get(*name)?))
}

fn word(json: &Json) -> Option<String> {
    match json {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The message group of a send or of a received message; the partition key of a record.
pub(crate) fn group(message: &Value) -> Option<String> {
    let told = || {
        let Value::Structure(fields) = message else { return None };
        let Some(Value::Map(attributes)) = Fields::get(fields, "Attributes") else { return None };
        match attributes.get("MessageGroupId")? {
            Value::String(group) => Some(group.clone()),
            _ => None,
        }
    };
    let own = ["MessageGroupId", "PartitionKey"].into_iter().find_map(|name| text(message, name));
    own.map(str::to_owned).or_else(told)
}

#[cfg(test)]
mod tests {
    use redeliver_model::{Fields, Value};

    use crate::plan::KeySource;

    fn send(body: &str) -> Value {
        let mut fields = Fields::new();
        fields.push("MessageBody", Value::String(body.to_owned()));
        Value::Structure(fields)
    }

    #[test]
    fn the_key_of_a_notification_is_in_its_envelope() {
        let plain = r#"{"Type":"Notification","TopicArn":"t","Message":"{\"id\":7}"}"#;
        assert_eq!(KeySource::Usual.key(&send(plain)).as_deref(), Some("7"));
        let with = r#"{"Type":"Notification","TopicArn":"t","Message":"m","MessageAttributes":{"key":{"Type":"String","Value":"k"}}}"#;
        assert_eq!(KeySource::Usual.key(&send(with)).as_deref(), Some("k"));
    }

    #[test]
    fn a_key_is_found_where_the_plan_says_and_else_where_it_usually_is() {
        let json = r#"{"order_id":7,"at":{"shop":"b"}}"#;
        assert_eq!(KeySource::Usual.key(&send(json)).as_deref(), Some("7"));
        assert_eq!(KeySource::Pointer("/at/shop".into()).key(&send(json)).as_deref(), Some("b"));
        assert_eq!(KeySource::Pointer("/none".into()).key(&send(json)).as_deref(), Some("7"));
        assert_eq!(KeySource::Body.key(&send(json)).as_deref(), Some(json));
        assert_eq!(KeySource::Usual.key(&send("plain")).as_deref(), Some("plain"));
        assert_eq!(KeySource::Usual.key(&Value::Structure(Fields::new())), None);
    }
}
