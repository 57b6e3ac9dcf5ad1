//! Which operation a request asks for, and in which protocol.

use http::HeaderMap;
use http::header::CONTENT_TYPE;
use redeliver_model::{Operation, Service};

use crate::Error;

/// Version of the AWS JSON protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonVersion {
    /// 1.0, as SQS speaks it: error names carry a namespace.
    V1_0,
    /// 1.1, as Kinesis speaks it: error names are bare.
    V1_1,
}

/// The protocol of a request, which is that of its response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// AWS JSON.
    Json(JsonVersion),
    /// AWS CBOR 1.1: AWS JSON 1.1 with bodies in CBOR, as the SDKs for Java speak it to Kinesis.
    Cbor,
    /// None that is known: the answer is a plain XML document.
    Unrecognized,
}

impl Dialect {
    /// The value of `Content-Type` in responses.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Json(JsonVersion::V1_0) => "application/x-amz-json-1.0",
            Self::Json(JsonVersion::V1_1) => "application/x-amz-json-1.1",
            Self::Cbor => "application/x-amz-cbor-1.1",
            Self::Unrecognized => "text/xml",
        }
    }

    fn of(content_type: &str) -> Self {
        let essence = content_type.split(';').next().unwrap_or_default().trim();
        [Self::Json(JsonVersion::V1_0), Self::Json(JsonVersion::V1_1), Self::Cbor]
            .into_iter()
            .find(|dialect| essence.eq_ignore_ascii_case(dialect.content_type()))
            .unwrap_or(Self::Unrecognized)
    }
}

/// What a request asks for.
#[derive(Debug)]
pub struct Detected {
    /// The protocol to read it and to answer it in.
    pub dialect: Dialect,
    /// The operation, or why there is none.
    pub operation: Result<&'static Operation, Error>,
}

/// Reads `Content-Type` and `X-Amz-Target`. SQS requires both and takes requests at any path.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-json.html>
pub fn detect(headers: &HeaderMap) -> Detected {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let dialect = Dialect::of(text(CONTENT_TYPE.as_str()));
    let operation = match dialect {
        Dialect::Json(_) | Dialect::Cbor => operation(text("x-amz-target")),
        Dialect::Unrecognized => Err(Error::Unrecognized { content_type: text(CONTENT_TYPE.as_str()).to_owned() }),
    };
    Detected { dialect, operation }
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

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue};

    use super::{Dialect, JsonVersion, detect};
    use crate::Error;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|&(name, value)| (http::HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn target_names_the_operation_and_content_type_the_version() {
        let (v1_0, v1_1) = (Dialect::Json(JsonVersion::V1_0), Dialect::Json(JsonVersion::V1_1));
        let cases = [
            ("application/x-amz-json-1.0", "AmazonSQS.SendMessage", v1_0, "SendMessage"),
            ("application/x-amz-json-1.0; charset=utf-8", "AmazonSQS.ListQueues", v1_0, "ListQueues"),
            ("application/x-amz-json-1.1", "Kinesis_20131202.PutRecord", v1_1, "PutRecord"),
            ("application/x-amz-cbor-1.1", "Kinesis_20131202.PutRecord", Dialect::Cbor, "PutRecord"),
        ];
        for (content_type, target, dialect, name) in cases {
            let found = detect(&headers(&[("content-type", content_type), ("x-amz-target", target)]));
            let operation = found.operation.map(|operation| operation.name);
            assert_eq!((found.dialect, operation), (dialect, Ok(name)), "{target}");
        }
    }

    #[test]
    fn unknown_targets_are_refused_in_json() {
        for target in ["", "AmazonSQS", "AmazonSQS.", "AmazonSQS.Frobnicate", "Nobody.SendMessage", "SendMessage"] {
            let found = detect(&headers(&[("content-type", "application/x-amz-json-1.0"), ("x-amz-target", target)]));
            assert_eq!(found.dialect, Dialect::Json(JsonVersion::V1_0));
            assert_eq!(found.operation, Err(Error::UnknownOperation { target: target.to_owned() }));
        }
    }

    #[test]
    fn other_content_types_are_not_recognized() {
        let found = detect(&headers(&[("content-type", "text/plain"), ("x-amz-target", "AmazonSQS.SendMessage")]));
        assert_eq!(found.dialect, Dialect::Unrecognized);
        assert_eq!(found.operation, Err(Error::Unrecognized { content_type: "text/plain".to_owned() }));
        assert_eq!(detect(&HeaderMap::new()).dialect, Dialect::Unrecognized);
    }
}
