//! Requests and replies as AWS JSON, whatever their protocol: for histories, which know one form.

use http::request::Parts;
use redeliver_core::Reply;

use crate::{Detected, Dialect, cbor, detect, json, query};

/// The parameters of a request as JSON; `None` when they cannot be read.
pub fn parameters(head: &Parts, body: &[u8]) -> Option<Vec<u8>> {
    let Detected { dialect, operation, parameters } = detect(head, body);
    let shape = operation.ok()?.input;
    let value = match (dialect, parameters) {
        (Dialect::Query { .. }, Some(parameters)) => query::decode(shape, &parameters),
        (Dialect::Cbor, _) => cbor::decode(shape, body),
        (Dialect::Json(_), _) => return Some(body.to_vec()),
        (Dialect::Query { .. } | Dialect::Unrecognized, _) => return None,
    };
    value.ok().map(json::encode)
}

/// A reply as JSON.
pub fn reply(reply: Reply) -> Vec<u8> {
    json::encode(match reply {
        Reply::Sqs(reply) => reply.into_value(),
        Reply::Sns(reply) => reply.into_value(),
    })
}

#[cfg(test)]
mod tests {
    use http::Request;
    use redeliver_core::Reply;
    use redeliver_model::sqs;

    use super::{parameters, reply};

    #[test]
    fn parameters_are_the_same_in_every_protocol() {
        let json = Request::post("/").header("content-type", "application/x-amz-json-1.0");
        let (json, ()) = json.header("x-amz-target", "AmazonSQS.GetQueueUrl").body(()).unwrap().into_parts();
        let (query, ()) = Request::get("/?Action=GetQueueUrl&QueueName=q").body(()).unwrap().into_parts();
        let expected = br#"{"QueueName":"q"}"#;
        assert_eq!(parameters(&json, expected).as_deref(), Some(&expected[..]));
        assert_eq!(parameters(&query, b"").as_deref(), Some(&expected[..]));
        let (none, ()) = Request::get("/").body(()).unwrap().into_parts();
        assert_eq!(parameters(&none, b""), None);
    }

    #[test]
    fn reply_is_its_json() {
        let result = sqs::GetQueueUrlResult { queue_url: Some("http://h/1/q".to_owned()) };
        assert_eq!(reply(Reply::Sqs(sqs::Reply::GetQueueUrl(result))), br#"{"QueueUrl":"http://h/1/q"}"#);
    }
}
