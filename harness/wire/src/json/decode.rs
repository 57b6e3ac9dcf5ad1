//! JSON as a value of a shape.
//!
//! Texts of refusals follow what AWS's shared framework was seen to say (Kinesis and `DynamoDB` speak the same protocol,
//! <https://github.com/mhart/kinesalite/tree/master/test>); for SQS itself no recording exists.

use redeliver_model::{Fields, Kind, Shape, Timestamp, Value};
use serde_json::{Map, Number, Value as Json};

use crate::{Error, base64};

/// Reads a body whose JSON object is a structure of this shape.
pub fn decode(shape: &'static Shape, body: &[u8]) -> Result<Value, Error> {
    // silent: AWS gives no text when the body is empty or no JSON.
    let json = serde_json::from_slice(body).map_err(|_| Error::Serialization { message: None })?;
    match json {
        Json::Object(_) => read(shape, json),
        _ => Err(Error::Serialization { message: None }),
    }
}

/// Reads JSON as a value of this shape. Members that the shape lacks are ignored, and null is as good as absent.
pub fn read(shape: &'static Shape, json: Json) -> Result<Value, Error> {
    match &shape.kind {
        Kind::Structure { .. } => structure(shape, json),
        Kind::List { member, .. } => list(member, json),
        Kind::Map { value, .. } => map(value, json),
        Kind::String => match json {
            Json::String(text) => Ok(Value::String(text)),
            other => Err(refused(&other, "a String")),
        },
        Kind::Blob => blob(json),
        Kind::Boolean => match json {
            Json::Bool(truth) => Ok(Value::Boolean(truth)),
            other => Err(refused(&other, "a Boolean")),
        },
        Kind::Integer => integer(&json, i64::from(i32::MIN)..=i64::from(i32::MAX), "an Integer"),
        Kind::Long => integer(&json, i64::MIN..=i64::MAX, "a Long"),
        Kind::Double => match json.as_f64() {
            Some(number) => Ok(Value::Double(number)),
            None => Err(refused(&json, "a Double")),
        },
        Kind::Timestamp => timestamp(&json),
        // Streams are no JSON documents.
        Kind::EventStream { .. } => Err(refused(&json, "an event stream")),
    }
}

fn structure(shape: &'static Shape, json: Json) -> Result<Value, Error> {
    let mut object = object(json, "Expected null")?;
    let mut fields = Fields::new();
    for member in shape.members() {
        match object.swap_remove(member.name) {
            None | Some(Json::Null) => {}
            Some(json) => fields.push(member.name, read(member.shape, json)?),
        }
    }
    Ok(Value::Structure(fields))
}

fn list(member: &'static Shape, json: Json) -> Result<Value, Error> {
    match json {
        Json::Array(items) => {
            let present = items.into_iter().filter(|item| !item.is_null());
            present.map(|item| read(member, item)).collect::<Result<_, _>>().map(Value::List)
        }
        Json::Object(_) => Err(said("Start of structure or map found where not expected.")),
        _ => Err(said("Expected list or null")),
    }
}

/// Entries are sorted by key: SDKs send them in the order of a hash map, which is another one in every process.
fn map(value: &'static Shape, json: Json) -> Result<Value, Error> {
    let mut entries = object(json, "Expected map or null")?;
    entries.sort_keys();
    let present = entries.into_iter().filter(|(_, item)| !item.is_null());
    present.map(|(key, item)| Ok((key, read(value, item)?))).collect::<Result<_, _>>().map(Value::Map)
}

fn object(json: Json, otherwise: &str) -> Result<Map<String, Json>, Error> {
    match json {
        Json::Object(object) => Ok(object),
        Json::Array(_) => Err(said("Start of list found where not expected")),
        _ => Err(said(otherwise)),
    }
}

fn blob(json: Json) -> Result<Value, Error> {
    let text = match json {
        Json::String(text) => text,
        other => return Err(refused(&other, "a Blob")),
    };
    base64::decode(&text).map(|bytes| Value::Blob(bytes.into())).map_err(|message| said(&message))
}

/// Fractions are cut off, as AWS does.
fn integer(json: &Json, range: std::ops::RangeInclusive<i64>, noun: &str) -> Result<Value, Error> {
    let whole = match json {
        Json::Number(number) => number.as_i64().or_else(|| truncated(number)),
        _ => None,
    };
    whole.filter(|whole| range.contains(whole)).map(Value::Integer).ok_or_else(|| refused(json, noun))
}

fn truncated(number: &Number) -> Option<i64> {
    let wide = number.as_f64()?.trunc();
    // Every whole number below 2^53 has an exact form as text; larger ones were read as integers already.
    (wide.abs() < 9_007_199_254_740_992.0).then(|| format!("{wide:.0}").parse().ok()).flatten()
}

/// Seconds since 1970, maybe with a fraction.
fn timestamp(json: &Json) -> Result<Value, Error> {
    let millis = match json {
        Json::Number(number) => match number.as_u64() {
            Some(seconds) => seconds.checked_mul(1_000),
            None => number
                .as_f64()
                .and_then(|seconds| Number::from_f64((seconds * 1_000.0).round()))
                .and_then(|millis| truncated(&millis))
                .and_then(|millis| u64::try_from(millis).ok()),
        },
        _ => None,
    };
    millis.map(|millis| Value::Timestamp(Timestamp(millis))).ok_or_else(|| refused(json, "a Timestamp"))
}

fn refused(json: &Json, noun: &str) -> Error {
    let token = match json {
        Json::Array(_) => return said("Start of list found where not expected"),
        Json::Object(_) => return said("Start of structure or map found where not expected."),
        Json::Null => "NULL_VALUE",
        Json::Bool(true) => "TRUE_VALUE",
        Json::Bool(false) => "FALSE_VALUE",
        Json::Number(_) => "NUMBER_VALUE",
        Json::String(_) => "STRING_VALUE",
    };
    said(&format!("{token} can not be converted to {noun}"))
}

fn said(message: &str) -> Error {
    Error::Serialization { message: Some(message.to_owned()) }
}

#[cfg(test)]
mod tests {
    use redeliver_model::{Service, Shape, Value};
    use serde_json::json;

    use super::{decode, read};
    use crate::Error;

    fn input(operation: &str) -> &'static Shape {
        Service::Sqs.model().operation(operation).unwrap().input
    }

    fn refusal(body: &serde_json::Value, operation: &str) -> String {
        match decode(input(operation), body.to_string().as_bytes()) {
            Err(Error::Serialization { message: Some(message) }) => message,
            other => panic!("{body} gave {other:?}"),
        }
    }

    #[test]
    fn bodies_that_are_no_json_object_are_refused_without_a_text() {
        for body in ["", "{", "[]", "null", "7", "\"text\"", "{} {}", "{\"QueueName\":\"\\ud800\"}", "\u{feff}{}"] {
            assert_eq!(decode(input("CreateQueue"), body.as_bytes()), Err(Error::Serialization { message: None }));
        }
        assert_eq!(decode(input("CreateQueue"), b"{\"a\":\"\xff\"}"), Err(Error::Serialization { message: None }));
    }

    #[test]
    fn wrong_types_are_refused_in_the_words_of_aws() {
        let cases = [
            (json!({"QueueUrl": 7}), "NUMBER_VALUE can not be converted to a String"),
            (json!({"QueueUrl": true}), "TRUE_VALUE can not be converted to a String"),
            (json!({"QueueUrl": []}), "Start of list found where not expected"),
            (json!({"QueueUrl": {}}), "Start of structure or map found where not expected."),
            (json!({"DelaySeconds": "7"}), "STRING_VALUE can not be converted to an Integer"),
            (json!({"DelaySeconds": 2_147_483_648_u32}), "NUMBER_VALUE can not be converted to an Integer"),
            (json!({"DelaySeconds": 1e300}), "NUMBER_VALUE can not be converted to an Integer"),
            (json!({"MessageAttributes": "x"}), "Expected map or null"),
            (json!({"MessageAttributes": []}), "Start of list found where not expected"),
            (json!({"MessageAttributes": {"a": 1}}), "Expected null"),
            (
                json!({"MessageAttributes": {"a": {"BinaryValue": "abc"}}}),
                "'abc' can not be converted to a Blob: Base64 encoded length is expected a multiple of 4 bytes but found: 3",
            ),
            (
                json!({"MessageAttributes": {"a": {"BinaryValue": "ab!="}}}),
                "'ab!=' can not be converted to a Blob: Invalid Base64 character: '!'",
            ),
        ];
        for (body, expected) in cases {
            assert_eq!(refusal(&body, "SendMessage"), expected, "{body}");
        }
        assert_eq!(refusal(&json!({"Entries": 7}), "SendMessageBatch"), "Expected list or null");
        let structure = "Start of structure or map found where not expected.";
        assert_eq!(refusal(&json!({"Entries": {}}), "SendMessageBatch"), structure);
    }

    #[test]
    fn unknown_members_and_nulls_are_ignored() {
        let body =
            json!({"QueueUrl": null, "Nobody": {"knows": [1]}, "MessageBody": "hi", "MessageAttributes": {"a": null}});
        let Ok(Value::Structure(fields)) = read(input("SendMessage"), body) else { panic!("not a structure") };
        let found: Vec<_> = fields.iter().map(|(name, value)| (name, value.clone())).collect();
        let body = ("MessageBody", Value::String("hi".to_owned()));
        let attributes = ("MessageAttributes", Value::Map(indexmap::IndexMap::new()));
        assert!(found.len() == 2 && found.contains(&body) && found.contains(&attributes), "{found:?}");
    }

    #[test]
    fn entries_of_maps_come_in_the_order_of_their_keys() {
        let Ok(Value::Structure(fields)) = read(input("TagQueue"), json!({"Tags": {"b": "1", "c": "2", "a": "3"}}))
        else {
            panic!("not a structure")
        };
        let Some(Value::Map(tags)) = fields.get("Tags") else { panic!("no tags") };
        assert_eq!(tags.keys().collect::<Vec<_>>(), ["a", "b", "c"]);
    }

    #[test]
    fn fractions_of_integers_are_cut_off() {
        let read = |number| {
            let value = read(input("SendMessage"), json!({ "DelaySeconds": number }));
            match value {
                Ok(Value::Structure(fields)) => fields.get("DelaySeconds").cloned(),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(read(json!(7.9)), Some(Value::Integer(7)));
        assert_eq!(read(json!(-7.9)), Some(Value::Integer(-7)));
        assert_eq!(read(json!(2_147_483_647)), Some(Value::Integer(2_147_483_647)));
    }
}
