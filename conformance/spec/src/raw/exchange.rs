//! The map below `raw`.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::text::{RawMethod, RawSentence};
use crate::Signing;

/// An HTTP request with exact bytes.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Request", title = "a raw request")]
pub(crate) struct RawRequest {
    /// the service that it is signed for, `sqs` when left out
    pub(crate) service: Option<RawService>,
    /// the HTTP method, `POST` when left out
    pub(crate) method: Option<RawMethod>,
    /// the path, `/` when left out; of a URL its path
    pub(crate) path: Option<RawSentence>,
    /// what stands behind `?`: a map from names to texts that are encoded, or text that is sent as it is
    pub(crate) query: Option<Value>,
    /// headers by name; `Host` and the signature come by themselves
    pub(crate) headers: Option<Map<String, Value>>,
    /// the body: text, or one of `{ base64: text }`, `{ json: value }`, `{ form: map }`, `{ cbor: value }`
    pub(crate) body: Option<Value>,
    /// how it is signed, `header` when left out
    pub(crate) sign: Option<Signing>,
}

/// A service by the prefix of its calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Service")]
pub(crate) enum RawService {
    /// Amazon SQS
    Sqs,
    /// Amazon SNS
    Sns,
    /// Amazon Kinesis Data Streams
    Kinesis,
}
