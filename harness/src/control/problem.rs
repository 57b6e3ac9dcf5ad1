//! Errors of the control API.

use bytes::Bytes;
use http::{Response, StatusCode};
use serde_json::json;

use super::reply;

/// Why a request of the control API is not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    status: StatusCode,
    code: &'static str,
    text: String,
}

impl Problem {
    pub(super) fn bad_request(text: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, code: "bad-request", text: text.into() }
    }

    pub(super) fn forbidden(text: impl Into<String>) -> Self {
        Self { status: StatusCode::FORBIDDEN, code: "forbidden", text: text.into() }
    }

    pub(super) fn not_found(text: impl Into<String>) -> Self {
        Self { status: StatusCode::NOT_FOUND, code: "not-found", text: text.into() }
    }

    pub(super) fn no_history() -> Self {
        Self::not_found("no history is kept: start the server with `--history` above 0")
    }

    pub(super) fn method_not_allowed(text: impl Into<String>) -> Self {
        Self { status: StatusCode::METHOD_NOT_ALLOWED, code: "method-not-allowed", text: text.into() }
    }

    pub(super) fn response(&self) -> Response<Bytes> {
        reply::json(self.status, &json!({ "error": { "code": self.code, "message": self.text } }))
    }
}
