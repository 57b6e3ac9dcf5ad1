//! A raw HTTP exchange.

use std::time::Duration;

use indexmap::IndexMap;
use redeliver_model::Service;
use serde_json::{Map, Value};

use crate::Signing;

/// The parts of an answer, which are the keys of a pattern for it.
pub const ANSWER_PARTS: [&str; 4] = ["status", "headers", "body", "text"];

/// The forms that a body can have besides text.
pub const BODY_FORMS: [&str; 4] = ["base64", "json", "form", "cbor"];

/// An HTTP request with exact bytes, and what it must be answered.
#[derive(Debug, Clone, PartialEq)]
pub struct HttpStep {
    /// The service that it is signed for.
    pub service: Service,
    /// HTTP method.
    pub method: String,
    /// Path, or a URL whose path is meant; may hold variables.
    pub path: String,
    /// What stands behind `?`: text as it is, or a map from names to a text or a list of texts, which are yet to be encoded. Variables and
    /// functions are not yet replaced, as in the other parts.
    pub query: Option<Value>,
    /// Headers besides those of every request.
    pub headers: Map<String, Value>,
    /// Body: text, or a map whose one key is a form of [`BODY_FORMS`].
    pub body: Option<Value>,
    /// How it is signed.
    pub sign: Signing,
    /// Pattern for the answer, a map of some of [`ANSWER_PARTS`]; variables are not yet replaced. Without `status` in it the answer must
    /// be a success.
    pub answer: Map<String, Value>,
    /// Name of a variable, and the JSON pointer into the answer that gives its value.
    pub save: IndexMap<String, String>,
    /// Try again until the expectation holds, at the latest this long after the first try.
    pub eventually: Option<Duration>,
}
