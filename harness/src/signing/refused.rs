//! What a client is told when a backend does not take what was changed.

use bytes::Bytes;
use http::{Response, StatusCode};
use redeliver_model::Fault;
use redeliver_wire::{Description, Dialect, Error, Origin, encode};

/// Names and codes of refusals because of signatures; each in JSON and in the query protocol.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html>
const REFUSALS: [&[u8]; 6] = [
    b"InvalidSignature",
    b"SignatureDoesNotMatch",
    b"IncompleteSignature",
    b"MissingAuthenticationToken",
    b"UnrecognizedClient",
    b"InvalidClientTokenId",
];

/// A mark among the extensions of such answers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Refused;

/// The answer to a request that was changed, and maybe signed anew: the backend's, or, where it says that the signature is wrong, one
/// that says why. `is_effective` tells whether the call has already had an effect.
pub(crate) fn explain(dialect: Dialect, response: Response<Bytes>, is_effective: bool) -> Response<Bytes> {
    let status = response.status();
    let is_refusal = [StatusCode::BAD_REQUEST, StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&status)
        && REFUSALS.iter().any(|name| contains(response.body(), name));
    if !is_refusal {
        return response;
    }
    let message = "the backend checks signatures and does not take that of this request, which a fault or the proxy changed or made: \
                   give credentials that it takes, by `--credentials` of `redeliver proxy` or `ChaosHttpClient::credentials`";
    let description = Description {
        shape: "ChangedRequestRefused",
        origin: Origin::Framework,
        code: "ChangedRequestRefused",
        // Nobody can tell from a client error that there was an effect.
        status: if is_effective { 502 } else { 403 },
        fault: if is_effective { Fault::Server } else { Fault::Client },
        message: Some(message.to_owned()),
    };
    let id = response.headers().get("x-amzn-requestid").and_then(|id| id.to_str().ok()).unwrap_or_default();
    let mut told = encode(dialect, Err(Error::Described(Box::new(description))), id).map(Bytes::from);
    told.extensions_mut().insert(Refused);
    told
}

fn contains(body: &[u8], name: &[u8]) -> bool {
    body.windows(name.len()).any(|part| part == name)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::Response;
    use redeliver_model::Service;
    use redeliver_wire::{Dialect, Format, JsonVersion};

    use super::explain;

    const JSON: Dialect = Dialect::Json(JsonVersion::V1_0);

    fn told(dialect: Dialect, status: u16, body: &'static str, is_effective: bool) -> (u16, String) {
        let response = Response::builder().status(status).body(Bytes::from_static(body.as_bytes())).unwrap();
        let told = explain(dialect, response, is_effective);
        (told.status().as_u16(), String::from_utf8(told.body().to_vec()).unwrap())
    }

    #[test]
    fn refusal_of_a_signature_says_what_to_do_in_the_protocol_of_the_call() {
        let body = r#"{"__type":"com.amazon.coral.service#InvalidSignatureException","Message":"no"}"#;
        let (status, json) = told(JSON, 400, body, false);
        assert!(status == 403 && json.contains("#ChangedRequestRefused") && json.contains("`--credentials`"), "{json}");
        assert_eq!(told(JSON, 400, body, true).0, 502);
        let query = Dialect::Query { service: Service::Sns, format: Format::Xml };
        let (_, xml) = told(query, 403, "<Code>SignatureDoesNotMatch</Code>", false);
        assert!(xml.contains("<Code>ChangedRequestRefused</Code>"), "{xml}");
    }

    #[test]
    fn other_answers_stay_as_they_are() {
        for (status, body) in [(200, "SignatureDoesNotMatch"), (400, "QueueDoesNotExist"), (500, "InvalidSignature")] {
            assert_eq!(told(JSON, status, body, false), (status, body.to_owned()));
        }
    }
}
