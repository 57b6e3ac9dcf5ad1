//! A client of the query protocol.

use bytes::Bytes;
use http::{Request, Response};
use redeliver_model::{Operation, Service};
use redeliver_wire::query;
use serde_json::{Map, Value as Json, json};

use crate::backend::Got;

fn operation(name: &str) -> &'static Operation {
    Service::Sqs.model().operation(name).unwrap()
}

/// The request as a form; it asks at the queue's own URL if it is about a queue.
pub(crate) fn request(name: &str, input: &Json) -> Request<Bytes> {
    let operation = operation(name);
    let value = redeliver_wire::json::decode(operation.input, input.to_string().as_bytes()).unwrap();
    Request::post(input["QueueUrl"].as_str().unwrap_or("http://localhost/"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Bytes::from(query::form(operation, None, &value)))
        .unwrap()
}

pub(crate) fn got(name: &str, response: &Response<Bytes>) -> Got {
    let body = response.body();
    if response.status().is_success() {
        let reply = query::reply(operation(name), body).unwrap();
        assert!(reply.request_id.is_some());
        return Got::Result(serde_json::from_slice(&redeliver_wire::json::encode(reply.output)).unwrap());
    }
    let text = std::str::from_utf8(body).unwrap();
    let (_, rest) = text.split_once("<Code>").unwrap();
    Got::error(rest.split_once("</Code>").unwrap().0, response.status().as_u16())
}

/// Both clients see the same, but for the names of errors and for lists without elements, which XML cannot say.
pub(crate) fn same(json: &Got, query: &Got) {
    match (json, query) {
        (Got::Result(json), Got::Result(query)) => assert_eq!(filled(json), filled(query)),
        (Got::Error(..), Got::Error(..)) => {}
        _ => assert_eq!(json, query),
    }
}

fn filled(json: &Json) -> Json {
    match json {
        Json::Object(members) => {
            let filled = members.iter().filter(|(_, value)| **value != json!([]));
            filled.map(|(name, value)| (name.clone(), self::filled(value))).collect::<Map<_, _>>().into()
        }
        Json::Array(items) => items.iter().map(filled).collect(),
        other => other.clone(),
    }
}
