//! Requests and replies as AWS JSON, whatever their protocol: for histories, which know one form.

use http::request::Parts;
use redeliver_core::Reply;
use redeliver_model::Operation;

use crate::{Dialect, cbor, detect, json, query};

/// The parameters of a request as JSON; `None` when they cannot be read.
pub fn parameters(head: &Parts, body: &[u8]) -> Option<Vec<u8>> {
    let detected = detect(head, body);
    if matches!(detected.dialect, Dialect::Json(_)) {
        return detected.operation.is_ok().then(|| body.to_vec());
    }
    detected.input(body).ok().map(json::encode)
}

/// An answer of any backend that tells of success, as JSON; `None` when it cannot be read.
pub fn answer(dialect: Dialect, operation: &'static Operation, body: &[u8]) -> Option<Vec<u8>> {
    let output = match dialect {
        Dialect::Json(_) if body.is_empty() => return Some(b"{}".to_vec()),
        Dialect::Json(_) => return Some(body.to_vec()),
        Dialect::Cbor => cbor::decode(operation.output, body).ok()?,
        Dialect::Query { .. } => query::reply(operation, body).ok()?.output,
        Dialect::Unrecognized => return None,
    };
    Some(json::encode(output))
}

/// A reply as JSON.
pub fn reply(reply: Reply) -> Vec<u8> {
    json::encode(match reply {
        Reply::Sqs(reply) => reply.into_value(),
        Reply::Sns(reply) => reply.into_value(),
        Reply::Kinesis(reply) => reply.into_value(),
    })
}

#[cfg(test)]
mod tests {
    use http::Request;
    use redeliver_core::Reply;
    use redeliver_model::{Service, sqs};

    use super::{answer, parameters, reply};
    use crate::{Dialect, Format, JsonVersion, cbor, json, query};

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
    fn answers_are_the_same_in_every_protocol() {
        let operation = Service::Sqs.model().operation("GetQueueUrl").unwrap();
        let expected = br#"{"QueueUrl":"http://h/1/q"}"#;
        let output = json::decode(operation.output, expected).unwrap();
        let query = |format| Dialect::Query { service: Service::Sqs, format };
        let [xml, plain] =
            [Format::Xml, Format::Json].map(|format| query::success(format, operation, output.clone(), "id"));
        let bodies = [
            (Dialect::Json(JsonVersion::V1_0), expected.to_vec()),
            (Dialect::Cbor, cbor::encode(output)),
            (query(Format::Xml), xml),
            (query(Format::Json), plain),
        ];
        for (dialect, body) in bodies {
            assert_eq!(answer(dialect, operation, &body).as_deref(), Some(&expected[..]), "{dialect:?}");
        }
        assert_eq!(answer(Dialect::Json(JsonVersion::V1_0), operation, b"").as_deref(), Some(&b"{}"[..]));
        assert_eq!(answer(query(Format::Xml), operation, b"oops"), None);
    }

    #[test]
    fn reply_is_its_json() {
        let result = sqs::GetQueueUrlResult { queue_url: Some("http://h/1/q".to_owned()) };
        assert_eq!(reply(Reply::Sqs(sqs::Reply::GetQueueUrl(result))), br#"{"QueueUrl":"http://h/1/q"}"#);
    }
}
