//! Responses of the control API.

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderValue, Response, StatusCode};
use serde_json::Value;

/// A JSON document.
pub(super) fn json(status: StatusCode, value: &Value) -> Response<Bytes> {
    text(status, "application/json", format!("{value}\n"))
}

/// A text of this media type.
pub(super) fn text(status: StatusCode, media: &'static str, text: impl Into<Bytes>) -> Response<Bytes> {
    let mut response = Response::new(text.into());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
