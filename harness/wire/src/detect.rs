//! Which operation a request asks for, and in which protocol.

use http::header::CONTENT_TYPE;
use http::request::Parts;
use http::{HeaderMap, Method};
use redeliver_model::{Operation, Service, Value};

use crate::query::{self, Parameters};
use crate::{Dialect, Error, JsonVersion, cbor, json};

/// What a request asks for.
#[derive(Debug)]
pub struct Detected {
    /// The protocol to read it and to answer it in.
    pub dialect: Dialect,
    /// The operation, or why there is none.
    pub operation: Result<&'static Operation, Error>,
    /// The parameters, when the protocol has them beside the body.
    pub(crate) parameters: Option<Parameters>,
}

impl Detected {
    /// The parameters of the operation: a structure of its input shape, of which nothing is checked but the form.
    pub fn input(&self, body: &[u8]) -> Result<Value, Error> {
        let shape = self.operation.clone()?.input;
        match (self.dialect, &self.parameters) {
            (Dialect::Json(_), _) => json::decode(shape, body),
            (Dialect::Cbor, _) => cbor::decode(shape, body),
            (Dialect::Query { .. }, Some(parameters)) => query::decode(shape, parameters),
            (Dialect::Query { .. } | Dialect::Unrecognized, _) => {
                Err(Error::Unrecognized { content_type: String::new() })
            }
        }
    }
}

/// Reads method, URL, headers and, for the query protocol, the body.
///
/// - AWS JSON and CBOR: a POST of such a `Content-Type`, at any path; `X-Amz-Target` names the operation. SQS requires both headers.
///   <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-json.html>
/// - AWS query: the parameter `Action` in the URL or in a form.
///   <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-xml.html>
/// - Anything else is none: AWS answers it with 404.
pub fn detect(head: &Parts, body: &[u8]) -> Detected {
    let content_type = text(&head.headers, CONTENT_TYPE.as_str());
    if let Some(dialect) = by_target(content_type).filter(|_| head.method == Method::POST) {
        let operation = operation(text(&head.headers, "x-amz-target"));
        return Detected { dialect, operation, parameters: None };
    }
    query::detect(head, body).unwrap_or_else(|| Detected {
        dialect: Dialect::Unrecognized,
        operation: Err(Error::Unrecognized { content_type: content_type.to_owned() }),
        parameters: None,
    })
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// The protocol of this content type, if it is one whose requests name their operation in `X-Amz-Target`.
fn by_target(content_type: &str) -> Option<Dialect> {
    let essence = essence(content_type);
    let dialects = [Dialect::Json(JsonVersion::V1_0), Dialect::Json(JsonVersion::V1_1), Dialect::Cbor];
    dialects.into_iter().find(|dialect| essence.eq_ignore_ascii_case(dialect.content_type()))
}

/// A media type without its parameters.
pub(crate) fn essence(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default().trim()
}

/// The operation of a target such as `AmazonSQS.SendMessage`.
fn operation(target: &str) -> Result<&'static Operation, Error> {
    target
        .split_once('.')
        .and_then(|(prefix, name)| {
            let service = Service::ALL.into_iter().find(|service| service.model().target_prefix == Some(prefix))?;
            service.model().operation(name)
        })
        .ok_or_else(|| Error::UnknownOperation { target: target.to_owned() })
}
