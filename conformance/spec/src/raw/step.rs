//! Steps with the keys of every kind.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::text::{RawCall, RawDuration, RawPointer, RawSentence, RawVariable};
use super::{RawGiven, RawHookAnswer, RawRequest, RawWorkload};
use crate::{Caller, Invariant, Stress};

/// A step: exactly one of `call`, `wait`, `parallel`, `repeat`, `drain`, `workload`, `raw`, `endpoint`, `requests`, `given`, and the keys that belong to it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Step", title = "a step", extend("oneOf" = [
    { "required": ["call"] }, { "required": ["wait"] }, { "required": ["parallel"] },
    { "required": ["repeat"] }, { "required": ["drain"] }, { "required": ["workload"] },
    { "required": ["raw"] }, { "required": ["endpoint"] }, { "required": ["requests"] }, { "required": ["given"] },
]))]
pub(crate) struct RawStep {
    /// calls an operation of the API model, for example `sqs:SendMessage`
    pub(crate) call: Option<RawCall>,
    /// lets time pass: virtual on the reference, real elsewhere
    pub(crate) wait: Option<RawDuration>,
    /// branches that run at the same time; each branch is a list of steps
    #[schemars(length(min = 2), inner(length(min = 1)))]
    #[expect(dead_code, reason = "entries are read one by one, so that a mistake in one hides none in another")]
    pub(crate) parallel: Option<Vec<Vec<RawStep>>>,
    /// runs steps several times
    #[expect(dead_code, reason = "entries are read one by one, so that a mistake in one hides none in another")]
    pub(crate) repeat: Option<RawRepeat>,
    /// URL of a queue from which to receive until nothing more comes
    pub(crate) drain: Option<RawSentence>,
    /// producers and consumers that run at the same time
    pub(crate) workload: Option<RawWorkload>,
    /// an HTTP request with exact bytes
    pub(crate) raw: Option<RawRequest>,
    /// opens an HTTP endpoint beside the runner, or changes its answers; its name becomes a variable that holds its address
    pub(crate) endpoint: Option<RawVariable>,
    /// name of an endpoint whose new requests are taken and matched
    pub(crate) requests: Option<RawVariable>,
    /// lets something outside of the services be so from now on
    pub(crate) given: Option<RawGiven>,
    /// who calls, the account of the case in its region when left out
    #[serde(rename = "as")]
    pub(crate) caller: Option<Caller>,
    /// parameters by their API names
    pub(crate) with: Option<Map<String, Value>>,
    /// pattern that the response must match
    pub(crate) ok: Option<Map<String, Value>>,
    /// pattern that the answer to a raw request must match: `status`, `headers`, `body`, `text`
    pub(crate) answer: Option<Map<String, Value>>,
    /// what an endpoint answers, one after another; the last one is given to all that come
    #[schemars(length(min = 1))]
    pub(crate) answers: Option<Vec<RawHookAnswer>>,
    /// what the failure must look like
    pub(crate) error: Option<RawError>,
    /// captures: the name of a variable, and the JSON pointer into the response that gives its value
    #[schemars(extend("minProperties" = 1))]
    pub(crate) save: Option<IndexMap<RawVariable, RawPointer>>,
    /// tries again until the expectation holds, at the latest this long after the first try
    pub(crate) eventually: Option<RawDuration>,
    /// whether a drain deletes what it received, true when left out
    pub(crate) delete: Option<bool>,
    /// what must hold over a workload
    #[schemars(length(min = 1))]
    pub(crate) invariants: Option<Vec<Invariant>>,
    /// the stress without which a workload proves nothing
    pub(crate) expects: Option<Vec<Stress>>,
}

/// Runs steps several times; `${index}` counts from 0.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Repeat", title = "a repeat")]
pub(crate) struct RawRepeat {
    /// how often
    #[schemars(range(min = 1, max = 1_000_000))]
    #[expect(dead_code, reason = "kept in the schema; read with the steps")]
    pub(crate) times: u32,
    /// the steps to repeat
    #[schemars(length(min = 1))]
    #[expect(dead_code, reason = "entries are read one by one, so that a mistake in one hides none in another")]
    pub(crate) steps: Vec<RawStep>,
}

/// Whose fault an error is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Fault")]
pub(crate) enum RawFault {
    /// the caller's
    Client,
    /// the service's
    Server,
}

/// What an error must look like.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Error", title = "an error")]
pub(crate) struct RawError {
    /// the code that SDKs show; for SQS the code of the query protocol
    pub(crate) code: RawSentence,
    /// the modern name, from `__type`
    #[serde(rename = "type")]
    pub(crate) type_name: Option<RawSentence>,
    /// HTTP status
    #[schemars(range(min = 400, max = 599))]
    pub(crate) status: Option<u16>,
    /// whose fault it is
    pub(crate) fault: Option<RawFault>,
    /// the message: a text that must be equal, or a pattern
    pub(crate) message: Option<Value>,
    /// errors that are documented to be possible as well
    #[schemars(length(min = 1))]
    pub(crate) or: Option<Vec<RawAlternative>>,
}

/// An error that is documented to be possible as well.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Alternative", title = "an alternative error")]
pub(crate) struct RawAlternative {
    /// the code that SDKs show; for SQS the code of the query protocol
    pub(crate) code: RawSentence,
    /// the modern name, from `__type`
    #[serde(rename = "type")]
    pub(crate) type_name: Option<RawSentence>,
    /// HTTP status
    #[schemars(range(min = 400, max = 599))]
    pub(crate) status: Option<u16>,
    /// whose fault it is
    pub(crate) fault: Option<RawFault>,
    /// the message: a text that must be equal, or a pattern
    pub(crate) message: Option<Value>,
}

impl From<RawAlternative> for RawError {
    fn from(alternative: RawAlternative) -> Self {
        let RawAlternative { code, type_name, status, fault, message } = alternative;
        Self { code, type_name, status, fault, message, or: None }
    }
}
