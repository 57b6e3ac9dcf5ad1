//! Replies of the query protocol by the API model's names:
//! <https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#response-serialization>. Not by the codec of the reference, which is what is tested.

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use redeliver_model::{Kind, Operation, Shape};
use serde_json::{Map, Number, Value};

/// The result in a document, by API names; `None` when the document is of another operation or holds what cannot stand there.
pub(super) fn result(operation: &'static Operation, document: &Value) -> Option<Value> {
    let response = document.get(format!("{}Response", operation.name))?;
    match operation.result_name {
        None => Some(Value::Object(Map::new())),
        Some(name) => read(operation.output, response.get(name)?),
    }
}

/// Code, side and text of an error document; `None` when it is none.
pub(super) fn error(document: &Value) -> Option<(&str, &str, Option<&str>)> {
    let error = document.get("ErrorResponse")?.get("Error")?;
    let text = |name: &str| error.get(name).and_then(Value::as_str);
    Some((text("Code")?, text("Type").unwrap_or_default(), text("Message")))
}

fn read(shape: &'static Shape, element: &Value) -> Option<Value> {
    match &shape.kind {
        Kind::Structure { members } => {
            let mut fields = Map::new();
            for (name, child) in children(element)? {
                let known = members.iter().find(|member| member.query_names[0] == name);
                let (name, value) = match known {
                    Some(member) => (member.name, read(member.shape, child)?),
                    // Newer than the model.
                    None => (name.as_str(), child.clone()),
                };
                fields.insert(name.to_owned(), value);
            }
            Some(Value::Object(fields))
        }
        Kind::List { member, member_name, .. } => {
            let items = several(children(element)?.find(|(name, _)| name == member_name).map(|(_, items)| items));
            items.iter().map(|item| read(member, item)).collect::<Option<_>>().map(Value::Array)
        }
        Kind::Map { value, key_name, value_name, .. } => {
            let entries = several(children(element)?.find(|(name, _)| *name == "entry").map(|(_, entries)| entries));
            let entry =
                |entry: &Value| Some((entry.get(key_name)?.as_str()?.to_owned(), read(value, entry.get(value_name)?)?));
            entries.iter().map(entry).collect::<Option<_>>().map(Value::Object)
        }
        Kind::Boolean => element.as_str()?.parse().ok().map(Value::Bool),
        Kind::Integer | Kind::Long => element.as_str()?.parse::<i64>().ok().map(Value::from),
        Kind::Double => Number::from_f64(element.as_str()?.parse().ok()?).map(Value::Number),
        Kind::Timestamp => {
            let time = DateTime::from_str(element.as_str()?, Format::DateTime).ok()?;
            Number::from_f64(time.as_secs_f64()).map(Value::Number)
        }
        Kind::String | Kind::Blob => element.as_str().map(|text| Value::String(text.to_owned())),
        Kind::EventStream { .. } => None,
    }
}

/// The elements in one, without its attributes; an empty element is text.
fn children(element: &Value) -> Option<impl Iterator<Item = (&String, &Value)>> {
    let inside = match element {
        Value::Object(inside) => Some(inside),
        Value::String(text) if text.trim().is_empty() => None,
        _ => return None,
    };
    Some(inside.into_iter().flatten().filter(|(name, _)| !name.starts_with(['@', '#'])))
}

/// What stands once is no list in the document.
fn several(found: Option<&Value>) -> &[Value] {
    match found {
        None => &[],
        Some(Value::Array(items)) => items,
        Some(one) => std::slice::from_ref(one),
    }
}

#[cfg(test)]
mod tests {
    use redeliver_model::Service;
    use serde_json::{Value, json};

    use super::{error, result};

    fn read(operation: &str, document: &Value) -> Option<Value> {
        result(Service::Sns.model().operation(operation).unwrap(), document)
    }

    #[test]
    fn lists_and_maps_are_read_whether_they_hold_none_one_or_more() {
        let topics = |inner: Value| json!({ "ListTopicsResponse": { "ListTopicsResult": { "Topics": inner } } });
        let one = json!({ "TopicArn": "a" });
        let cases = [
            (json!(""), json!([])),
            (json!({ "member": one }), json!([one])),
            (json!({ "member": [one, one] }), json!([one, one])),
        ];
        for (inner, expected) in cases {
            assert_eq!(read("ListTopics", &topics(inner)), Some(json!({ "Topics": expected })));
        }
        let entries = json!({ "entry": { "key": "DisplayName", "value": "" } });
        let document =
            json!({ "GetTopicAttributesResponse": { "GetTopicAttributesResult": { "Attributes": entries } } });
        assert_eq!(read("GetTopicAttributes", &document), Some(json!({ "Attributes": { "DisplayName": "" } })));
    }

    #[test]
    fn scalars_have_their_types() {
        let document = json!({ "CheckIfPhoneNumberIsOptedOutResponse": { "CheckIfPhoneNumberIsOptedOutResult": { "isOptedOut": "true" } } });
        assert_eq!(read("CheckIfPhoneNumberIsOptedOut", &document), Some(json!({ "isOptedOut": true })));
        let number = json!({ "member": { "CreatedAt": "1970-01-01T00:00:01.500Z" } });
        let document =
            json!({ "ListOriginationNumbersResponse": { "ListOriginationNumbersResult": { "PhoneNumbers": number } } });
        assert_eq!(
            read("ListOriginationNumbers", &document),
            Some(json!({ "PhoneNumbers": [ { "CreatedAt": 1.5 } ] }))
        );
    }

    #[test]
    fn what_is_no_reply_to_the_operation_is_nothing() {
        for document in [json!({ "DeleteTopicResponse": "" }), json!("text"), json!({ "ListTopicsResponse": "" })] {
            assert_eq!(read("ListTopics", &document), None, "{document}");
        }
        assert_eq!(read("DeleteTopic", &json!({ "DeleteTopicResponse": "" })), Some(json!({})));
    }

    #[test]
    fn an_error_has_a_code_a_side_and_a_text() {
        let document = json!({ "ErrorResponse": { "Error": { "Type": "Sender", "Code": "NotFound", "Message": "gone" }, "RequestId": "1" } });
        assert_eq!(error(&document), Some(("NotFound", "Sender", Some("gone"))));
        assert_eq!(error(&json!({ "Error": {} })), None);
    }
}
