//! Answers to what is no request of a service.

use bytes::Bytes;
use http::header::{CONNECTION, CONTENT_TYPE};
use http::{HeaderValue, Response, StatusCode};

/// Why a request was not even read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Its body is longer than this.
    TooLarge {
        /// Bytes.
        limit: usize,
    },
    /// Its body took too long.
    TooSlow,
    /// Its body broke off, or is not framed as HTTP wants it.
    Broken,
    /// The bodies of other requests take all the memory that is set aside for bodies.
    Busy,
}

impl Refusal {
    /// As a response. The connection is closed, since what is left of the body would be taken for a request.
    ///
    /// silent: what AWS answers here is documented for no service; names and texts are those of its shared framework where known.
    pub(super) fn response(&self) -> Response<Bytes> {
        let (status, name, text) = match self {
            Self::TooLarge { limit } => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "RequestEntityTooLargeException",
                format!("HTTP content length exceeded {limit} bytes."),
            ),
            Self::TooSlow => {
                (StatusCode::REQUEST_TIMEOUT, "RequestTimeoutException", "The body did not come in time.".to_owned())
            }
            Self::Broken => (StatusCode::BAD_REQUEST, "SerializationException", "The body is not whole.".to_owned()),
            Self::Busy => (
                StatusCode::SERVICE_UNAVAILABLE,
                "ServiceUnavailableException",
                "Too many large bodies at the same time, try again.".to_owned(),
            ),
        };
        let body = serde_json::json!({ "__type": name, "message": text }).to_string();
        let mut response = Response::new(Bytes::from(body));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
        response
    }
}
