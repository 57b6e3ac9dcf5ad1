//! Results and errors as JSON: the form that XML would have, not that of AWS JSON.
//!
//! Objects are sorted by name, and members without a value are null, as AWS was seen to answer
//! (<https://github.com/aws-samples/serverless-patterns>, `apigw-sqs`; <https://github.com/JuliaCloud/AWS.jl/pull/127>).

use redeliver_model::{Fields, Kind, Operation, Shape, Value};
use serde_json::{Map, Value as Json};

use super::answer::side;
use crate::Description;
use crate::json::scalar;

/// Members that have another name here, with that name.
const OTHERWISE: [(&str, &str); 2] = [("Messages", "messages"), ("QueueUrls", "queueUrls")];

/// `{"OpResponse":{"OpResult":{..},"ResponseMetadata":{..}}}`.
pub(super) fn success(operation: &'static Operation, value: Value, request_id: &str) -> Vec<u8> {
    let mut response = vec![("ResponseMetadata".to_owned(), object([("RequestId".to_owned(), request_id.into())]))];
    if let Some(result) = operation.result_name {
        response.push((result.to_owned(), json(operation.output, value)));
    }
    object([(format!("{}Response", operation.name), object(response))]).to_string().into_bytes()
}

/// `{"Error":{"Code":..,"Message":..,"Type":..},"RequestId":..}`.
pub(super) fn failure(description: &Description, request_id: &str) -> Vec<u8> {
    let error = object([
        ("Code".to_owned(), description.code.into()),
        ("Message".to_owned(), description.message.clone().into()),
        ("Type".to_owned(), side(description.fault).into()),
    ]);
    object([("Error".to_owned(), error), ("RequestId".to_owned(), request_id.into())]).to_string().into_bytes()
}

fn json(shape: &'static Shape, value: Value) -> Json {
    match (&shape.kind, value) {
        (_, Value::Structure(fields)) => structure(shape, fields),
        (Kind::List { member, .. }, Value::List(items)) => items.into_iter().map(|item| json(member, item)).collect(),
        (Kind::Map { value: shape, key_name, value_name, .. }, Value::Map(entries)) => entries
            .into_iter()
            .map(|(key, value)| {
                object([((*key_name).to_owned(), key.into()), ((*value_name).to_owned(), json(shape, value))])
            })
            .collect(),
        (_, value) => scalar(value),
    }
}

fn structure(shape: &'static Shape, mut fields: Fields) -> Json {
    object(shape.members().iter().map(|member| {
        let value = fields.remove(member.name).map_or(Json::Null, |value| json(member.shape, value));
        (name_of(member.name).to_owned(), value)
    }))
}

/// The name that a member has here.
pub(super) fn name_of(member: &'static str) -> &'static str {
    let other = OTHERWISE.iter().find(|(name, _)| *name == member);
    other.map_or(member, |(_, other)| other)
}

fn object(entries: impl IntoIterator<Item = (String, Json)>) -> Json {
    let mut object: Map<_, _> = entries.into_iter().collect();
    object.sort_keys();
    Json::Object(object)
}
