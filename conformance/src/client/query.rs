//! Parameters as a form of the query protocol, as the API model lays them out:
//! <https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#request-serialization>.
//!
//! On purpose not by the codec of the reference (`wire/src/query`): a mistake there would be made on both sides and seen on neither. And a case
//! may send what is of no shape.

use redeliver_model::{Kind, Operation, Shape};
use serde_json::Value;

use super::raw::form::encode;

/// The body of a request for this operation.
pub(super) fn body(operation: &'static Operation, input: &Value) -> String {
    let version = operation.service.model().api_version;
    let mut pairs = vec![("Action".to_owned(), operation.name.to_owned()), ("Version".to_owned(), version.to_owned())];
    put(&mut pairs, operation.input, input, "");
    encode(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

fn put(pairs: &mut Vec<(String, String)>, shape: &'static Shape, value: &Value, path: &str) {
    match (&shape.kind, value) {
        (Kind::Structure { members }, Value::Object(fields)) => {
            for member in *members {
                let Some(value) = fields.get(member.name) else { continue };
                let name = member.query_names[0];
                let path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
                put(pairs, member.shape, value, &path);
            }
        }
        // SDKs send the name alone for a list without elements.
        (Kind::List { .. }, Value::Array(items)) if items.is_empty() => pairs.push((path.to_owned(), String::new())),
        (Kind::List { member, flattened, member_name }, Value::Array(items)) => {
            let path = if *flattened { path.to_owned() } else { format!("{path}.{member_name}") };
            for (index, item) in items.iter().enumerate() {
                put(pairs, member, item, &format!("{path}.{}", index + 1));
            }
        }
        (Kind::Map { value: inner, flattened, key_name, value_name, .. }, Value::Object(entries)) => {
            let path = if *flattened { path.to_owned() } else { format!("{path}.entry") };
            for (index, (key, item)) in entries.iter().enumerate() {
                let path = format!("{path}.{}", index + 1);
                pairs.push((format!("{path}.{key_name}"), key.clone()));
                put(pairs, inner, item, &format!("{path}.{value_name}"));
            }
        }
        (_, Value::String(text)) => pairs.push((path.to_owned(), text.clone())),
        // Numbers and booleans; what is of another shape does not lint, and goes out as it is.
        (_, other) => pairs.push((path.to_owned(), other.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use redeliver_model::Service;
    use serde_json::{Value, json};

    use super::body;

    fn sent(operation: &str, input: &Value) -> String {
        body(Service::Sns.model().operation(operation).unwrap(), input)
    }

    #[test]
    fn maps_and_structures_have_a_name_for_each_leaf() {
        let attributes = json!({ "colour": { "DataType": "String", "StringValue": "red & blue" } });
        assert_eq!(
            sent("Publish", &json!({ "Message": "hello", "MessageAttributes": attributes, "TopicArn": "a:b" })),
            "Action=Publish&Version=2010-03-31&Message=hello&MessageAttributes.entry.1.Name=colour\
             &MessageAttributes.entry.1.Value.DataType=String&MessageAttributes.entry.1.Value.StringValue=red%20%26%20blue\
             &TopicArn=a%3Ab"
        );
    }

    #[test]
    fn lists_are_counted_from_one_and_an_empty_one_is_named() {
        assert_eq!(
            sent("UntagResource", &json!({ "ResourceArn": "r", "TagKeys": ["a", "b"] })),
            "Action=UntagResource&Version=2010-03-31&ResourceArn=r&TagKeys.member.1=a&TagKeys.member.2=b"
        );
        assert_eq!(
            sent("UntagResource", &json!({ "ResourceArn": "r", "TagKeys": [] })),
            "Action=UntagResource&Version=2010-03-31&ResourceArn=r&TagKeys="
        );
    }

    #[test]
    fn numbers_and_booleans_are_text() {
        assert_eq!(
            sent("Subscribe", &json!({ "TopicArn": "t", "Protocol": "sqs", "ReturnSubscriptionArn": true })),
            "Action=Subscribe&Version=2010-03-31&Protocol=sqs&ReturnSubscriptionArn=true&TopicArn=t"
        );
        assert_eq!(
            sent("ListOriginationNumbers", &json!({ "MaxResults": 3 })),
            "Action=ListOriginationNumbers&Version=2010-03-31&MaxResults=3"
        );
    }
}
