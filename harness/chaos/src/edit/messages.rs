//! The messages of a receive's reply.

use indexmap::IndexMap;
use md5::{Digest, Md5};
use redeliver_model::Value;

use super::{list, text, with};

/// The messages of a reply, in order.
pub(crate) fn messages(reply: &Value) -> &[Value] {
    list(reply, "Messages")
}

/// Puts other messages into a reply; a receive without messages has no member of that name.
pub(crate) fn put_messages(reply: &mut Value, messages: Vec<Value>) {
    with(reply, "Messages", (!messages.is_empty()).then_some(Value::List(messages)));
}

/// Takes the messages that do not pass out of a reply and returns them.
pub(crate) fn take_messages(reply: &mut Value, stays: impl Fn(&Value) -> bool) -> Vec<Value> {
    let (kept, taken) = messages(reply).iter().cloned().partition(|message| stays(message));
    put_messages(reply, kept);
    taken
}

/// The receipt handle of a message.
pub(crate) fn handle(message: &Value) -> Option<&str> {
    text(message, "ReceiptHandle")
}

/// Puts another body into a message, with its digest, which SDKs compare.
pub(crate) fn put_body(message: &mut Value, body: &str) {
    with(message, "MD5OfBody", Some(Value::String(digest(body))));
    with(message, "Body", Some(Value::String(body.to_owned())));
}

/// The digest of a body, as SQS tells it.
pub(crate) fn digest(body: &str) -> String {
    Md5::digest(body).iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// A system attribute, if the receive asked for it.
pub(crate) fn attribute<'a>(message: &'a Value, name: &str) -> Option<&'a str> {
    let Value::Structure(fields) = message else { return None };
    match fields.get("Attributes")? {
        Value::Map(attributes) => match attributes.get(name)? {
            Value::String(text) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

/// Changes a map of texts below `member` where it has `name`; what is not there is not put there.
pub(crate) fn change(value: &mut Value, member: &'static str, name: &str, to: impl FnOnce(&str) -> String) {
    let Value::Structure(fields) = &*value else { return };
    let Some(Value::Map(map)) = fields.get(member) else { return };
    let Some(Value::String(before)) = map.get(name) else { return };
    let after = Value::String(to(before));
    let mut map: IndexMap<String, Value> = map.clone();
    map.insert(name.to_owned(), after);
    with(value, member, Some(Value::Map(map)));
}
