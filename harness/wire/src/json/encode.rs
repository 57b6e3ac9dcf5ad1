//! A value as JSON, and the error document.

use redeliver_model::{Service, Timestamp, Value};
use serde_json::{Map, Number, Value as Json};

use crate::{Description, JsonVersion, Origin, base64};

/// The body for a value; a structure without members is `{}`.
pub fn encode(value: Value) -> Vec<u8> {
    let mut body = Vec::new();
    write(&mut body, value);
    body
}

/// Straight into the body: thousands of records in one answer are no reason for a tree beside it.
fn write(body: &mut Vec<u8>, value: Value) {
    match value {
        Value::List(items) => {
            body.push(b'[');
            for (at, item) in items.into_iter().enumerate() {
                separate(body, at);
                write(body, item);
            }
            body.push(b']');
        }
        Value::Map(entries) => object(body, entries),
        Value::Structure(fields) => object(body, fields),
        // Nothing in base64 has to be escaped.
        Value::Blob(bytes) => {
            body.push(b'"');
            base64::encode_to(body, &bytes);
            body.push(b'"');
        }
        Value::String(text) => text_to(body, &text),
        other => serde_json::to_writer(body, &scalar(other)).expect("a vector takes everything"),
    }
}

fn object<N: AsRef<str>>(body: &mut Vec<u8>, entries: impl IntoIterator<Item = (N, Value)>) {
    body.push(b'{');
    for (at, (name, value)) in entries.into_iter().enumerate() {
        separate(body, at);
        text_to(body, name.as_ref());
        body.push(b':');
        write(body, value);
    }
    body.push(b'}');
}

fn separate(body: &mut Vec<u8>, at: usize) {
    if at > 0 {
        body.push(b',');
    }
}

fn text_to(body: &mut Vec<u8>, text: &str) {
    serde_json::to_writer(body, text).expect("a vector takes everything");
}

/// The JSON of a value that is neither list, map nor structure.
pub(crate) fn scalar(value: Value) -> Json {
    match value {
        Value::Boolean(truth) => Json::Bool(truth),
        Value::Integer(number) => number.into(),
        // JSON has no infinities; no service here answers any.
        Value::Double(number) => Number::from_f64(number).map_or(Json::Null, Json::Number),
        Value::String(text) => Json::String(text),
        Value::Blob(bytes) => Json::String(base64::encode(bytes)),
        Value::Timestamp(time) => timestamp(time),
        // The callers have taken these apart.
        Value::List(_) | Value::Map(_) | Value::Structure(_) => Json::Null,
    }
}

/// Seconds since 1970, with three decimals where they are not whole.
fn timestamp(time: Timestamp) -> Json {
    let millis = time.as_millis();
    if millis.is_multiple_of(1_000) {
        return time.as_secs().into();
    }
    let seconds: Option<f64> = format!("{}.{:03}", time.as_secs(), millis % 1_000).parse().ok();
    seconds.and_then(Number::from_f64).map_or(Json::Null, Json::Number)
}

/// The body for an error.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-json-api-responses.html>
pub fn error(version: JsonVersion, description: &Description) -> Vec<u8> {
    let namespace = match (version, description.origin) {
        (JsonVersion::V1_0, Origin::Service(Service::Sqs)) => "com.amazonaws.sqs#",
        (JsonVersion::V1_0, Origin::Service(Service::Sns)) => "com.amazonaws.sns#",
        (JsonVersion::V1_0, Origin::Service(Service::Kinesis)) => "com.amazonaws.kinesis#",
        (JsonVersion::V1_0, Origin::Framework) => "com.amazon.coral.service#",
        (JsonVersion::V1_1, _) => "",
    };
    let mut document = Map::new();
    document.insert("__type".to_owned(), format!("{namespace}{}", description.shape).into());
    if let Some(message) = &description.message {
        let member = match description.origin {
            Origin::Service(_) => "message",
            Origin::Framework => "Message",
        };
        document.insert(member.to_owned(), message.as_str().into());
    }
    Json::Object(document).to_string().into_bytes()
}

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;
    use redeliver_model::{Fields, Timestamp, Value};

    use super::encode;

    #[test]
    fn values_have_the_form_of_the_protocol() {
        let mut fields = Fields::new();
        fields.push("Truth", Value::Boolean(true));
        fields.push("Number", Value::Integer(-7));
        fields.push("Ratio", Value::Double(0.5));
        fields.push("Text", Value::String("a\"\r\n\u{1F600}".to_owned()));
        fields.push("Bytes", Value::Blob(vec![0, 255].into()));
        fields.push("Whole", Value::Timestamp(Timestamp(1_700_000_000_000)));
        fields.push("Part", Value::Timestamp(Timestamp(1_700_000_000_050)));
        fields.push("List", Value::List(vec![Value::Integer(1), Value::Integer(2)]));
        fields.push("Map", Value::Map(IndexMap::from([("k".to_owned(), Value::Integer(1))])));
        fields.push("Empty", Value::Structure(Fields::new()));
        let text = String::from_utf8(encode(Value::Structure(fields))).unwrap();
        assert_eq!(
            text,
            concat!(
                r#"{"Truth":true,"Number":-7,"Ratio":0.5,"Text":"a\"\r\n😀","Bytes":"AP8=","Whole":1700000000,"#,
                r#""Part":1700000000.05,"List":[1,2],"Map":{"k":1},"Empty":{}}"#
            )
        );
    }
}
