//! Outcomes as HTTP responses.

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use redeliver_core::Reply;
use redeliver_model::Fault;

use crate::{Description, Dialect, Error, Origin, cbor, json, query};

pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");
const QUERY_ERROR: HeaderName = HeaderName::from_static("x-amzn-query-error");

/// The response for an outcome; `request_id` becomes `x-amzn-RequestId` and, in the query protocol, a part of the body.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-json-api-responses.html>
pub fn encode(dialect: Dialect, outcome: Result<Reply, Error>, request_id: &str) -> Response<Vec<u8>> {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(dialect.content_type()));
    if let Ok(id) = HeaderValue::from_str(request_id) {
        headers.insert(REQUEST_ID, id);
    }
    let (status, body) = match outcome {
        Ok(reply) => (StatusCode::OK, success(dialect, reply, request_id)),
        Err(error) => {
            let description = error.describe_in(dialect);
            headers.extend(query_error(dialect, &description).map(|value| (QUERY_ERROR, value)));
            let status = StatusCode::from_u16(description.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, failure(dialect, &error, &description, request_id))
        }
    };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

fn success(dialect: Dialect, reply: Reply, request_id: &str) -> Vec<u8> {
    let (operation, value) = match reply {
        Reply::Sqs(reply) => (reply.operation(), reply.into_value()),
        Reply::Sns(reply) => (reply.operation(), reply.into_value()),
        Reply::Kinesis(reply) => (reply.operation(), reply.into_value()),
    };
    match dialect {
        Dialect::Json(_) => json::encode(value),
        Dialect::Cbor => cbor::encode(value),
        Dialect::Query { format, .. } => query::success(format, operation, value, request_id),
        // A request that was not recognised has no reply.
        Dialect::Unrecognized => Vec::new(),
    }
}

fn failure(dialect: Dialect, error: &Error, description: &Description, request_id: &str) -> Vec<u8> {
    match dialect {
        Dialect::Json(version) => json::error(version, description),
        Dialect::Cbor => cbor::error(description),
        Dialect::Query { service, format } => query::failure(service, format, error, description, request_id),
        // All that AWS says.
        Dialect::Unrecognized => format!("<{}/>\n", description.shape).into_bytes(),
    }
}

/// `code;Sender`, which lets clients of the older protocol keep the codes that they know.
/// <https://smithy.io/2.0/aws/protocols/aws-query-protocol.html>
fn query_error(dialect: Dialect, description: &Description) -> Option<HeaderValue> {
    let Dialect::Json(_) = dialect else { return None };
    let compatible = match description.origin {
        Origin::Service(service) => service.model().query_compatible,
        // silent: whether the shared framework's errors carry the header.
        Origin::Framework => false,
    };
    let side = match description.fault {
        Fault::Client => "Sender",
        Fault::Server => "Receiver",
    };
    compatible.then(|| HeaderValue::from_str(&format!("{};{side}", description.code)).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use redeliver_core::{Reply, sqs};
    use redeliver_model::sqs as model;

    use super::encode;
    use crate::{Dialect, Error, JsonVersion};

    const JSON: Dialect = Dialect::Json(JsonVersion::V1_0);

    /// Status, headers and body as one text.
    fn shown(dialect: Dialect, outcome: Result<Reply, Error>) -> String {
        let response = encode(dialect, outcome, "id-1");
        let mut text = format!("{}\n", response.status().as_u16());
        for (name, value) in response.headers() {
            writeln!(text, "{name}: {}", value.to_str().unwrap()).unwrap();
        }
        text + &String::from_utf8(response.into_body()).unwrap()
    }

    #[test]
    fn errors_carry_the_modern_name_and_the_query_code() {
        let error = Error::Service(sqs::Error::QueueDoesNotExist.into());
        assert_eq!(
            shown(JSON, Err(error)),
            "400\ncontent-type: application/x-amz-json-1.0\nx-amzn-requestid: id-1\n\
             x-amzn-query-error: AWS.SimpleQueueService.NonExistentQueue;Sender\n\
             {\"__type\":\"com.amazonaws.sqs#QueueDoesNotExist\",\"message\":\"The specified queue does not exist.\"}"
        );
        let error = Error::Service(sqs::Error::MissingParameter { parameter: "MessageBody" }.into());
        assert_eq!(
            shown(JSON, Err(error)),
            "400\ncontent-type: application/x-amz-json-1.0\nx-amzn-requestid: id-1\n\
             x-amzn-query-error: MissingParameter;Sender\n\
             {\"__type\":\"com.amazonaws.sqs#MissingRequiredParameterException\",\
             \"message\":\"The request must contain the parameter MessageBody.\"}"
        );
    }

    #[test]
    fn status_is_the_models() {
        let cases = [
            (sqs::Error::PurgeQueueInProgress { queue: "q".to_owned() }, 403),
            (sqs::Error::ResourceNotFound { text: "gone".to_owned() }, 404),
            (sqs::Error::MessageNotInflight, 400),
        ];
        for (error, status) in cases {
            assert_eq!(encode(JSON, Err(Error::Service(error.into())), "id").status().as_u16(), status);
        }
    }

    #[test]
    fn bad_requests_and_bugs_are_told_as_the_shared_framework_does() {
        assert_eq!(
            shown(JSON, Err(Error::Serialization { message: None })),
            "400\ncontent-type: application/x-amz-json-1.0\nx-amzn-requestid: id-1\n\
             {\"__type\":\"com.amazon.coral.service#SerializationException\"}"
        );
        assert_eq!(
            shown(Dialect::Json(JsonVersion::V1_1), Err(Error::Serialization { message: Some("why".to_owned()) })),
            "400\ncontent-type: application/x-amz-json-1.1\nx-amzn-requestid: id-1\n\
             {\"__type\":\"SerializationException\",\"Message\":\"why\"}"
        );
        assert_eq!(
            shown(JSON, Err(Error::Internal { detail: "broken".to_owned() })),
            "500\ncontent-type: application/x-amz-json-1.0\nx-amzn-requestid: id-1\n\
             {\"__type\":\"com.amazon.coral.service#InternalFailure\",\"Message\":\"internal failure: broken\"}"
        );
        let unknown = shown(Dialect::Unrecognized, Err(Error::Unrecognized { content_type: "<a>".to_owned() }));
        assert_eq!(unknown, "404\ncontent-type: text/xml\nx-amzn-requestid: id-1\n<UnknownOperationException/>\n");
    }

    #[test]
    fn replies_without_members_are_an_empty_object() {
        let empty = "200\ncontent-type: application/x-amz-json-1.0\nx-amzn-requestid: id-1\n{}";
        assert_eq!(shown(JSON, Ok(Reply::Sqs(model::Reply::DeleteMessage))), empty);
        let nothing = model::ReceiveMessageResult::default();
        assert_eq!(shown(JSON, Ok(Reply::Sqs(model::Reply::ReceiveMessage(nothing)))), empty);
    }
}
