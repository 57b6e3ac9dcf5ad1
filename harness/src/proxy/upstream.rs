//! Where the backend is, and how it is asked.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderName};
use http::uri::{Authority, PathAndQuery, Scheme};
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode, Uri, Version};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tokio::time::timeout;

use super::address::Addresses;

/// Longer than any long poll.
const ANSWER_WITHIN: Duration = Duration::from_mins(1);

/// Longest answer that is taken, in bytes.
const ANSWER_BYTES_MAX: usize = 64 << 20;

/// What belongs to a connection and not to a request.
const OF_CONNECTIONS: [&str; 8] = [
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// A backend that was named by the user. Nothing is ever sent anywhere else.
#[derive(Clone)]
pub struct Upstream {
    authority: Authority,
    client: Client<HttpConnector, Full<Bytes>>,
    addresses: Arc<Addresses>,
}

/// Why there can't be such a backend.
#[derive(Debug, thiserror::Error)]
pub enum UpstreamProblem {
    /// The text is no address.
    #[error("`{0}` is no address of a backend: write scheme, host and port, such as `http://127.0.0.1:9324`")]
    Url(String),
    /// It needs TLS.
    #[error("`{0}` needs TLS, which the proxy does not speak to backends: put something before it that does")]
    Tls(String),
}

impl Upstream {
    /// The backend at this address.
    ///
    /// # Errors
    ///
    /// When the text is no address of plain HTTP.
    pub fn parse(url: &str) -> Result<Self, UpstreamProblem> {
        let wrong = || UpstreamProblem::Url(url.to_owned());
        let uri: Uri = url.parse().map_err(|_| wrong())?;
        if uri.scheme() == Some(&Scheme::HTTPS) {
            return Err(UpstreamProblem::Tls(url.to_owned()));
        }
        let is_bare = uri.path_and_query().is_none_or(|path| path.as_str() == "/");
        let authority = uri.authority().filter(|_| uri.scheme() == Some(&Scheme::HTTP) && is_bare).ok_or_else(wrong)?;
        let client = Client::builder(TokioExecutor::new()).build_http();
        Ok(Self { authority: authority.clone(), client, addresses: Arc::default() })
    }

    /// Host and port.
    pub fn authority(&self) -> &str {
        self.authority.as_str()
    }

    /// Asks the backend. When that does not answer, the answer says so.
    pub(crate) async fn send(&self, request: Request<Bytes>, own: &str) -> Response<Bytes> {
        match timeout(ANSWER_WITHIN, self.ask(request, own)).await {
            Ok(Ok(response)) => response,
            Ok(Err(reason)) => self.unanswered(&reason),
            Err(_) => self.unanswered(&format!("no answer within {} s", ANSWER_WITHIN.as_secs())),
        }
    }

    async fn ask(&self, request: Request<Bytes>, own: &str) -> Result<Response<Bytes>, String> {
        let (mut head, mut body) = request.into_parts();
        if let Some(changed) = self.addresses.asked(&body) {
            body = changed;
        }
        // HTTP/2 has the host in its URI. It stays the one that was signed.
        if let Some(host) = head.uri.authority().and_then(|host| HeaderValue::from_str(host.as_str()).ok()) {
            head.headers.entry(HOST).or_insert(host);
        }
        let path = head.uri.path_and_query().cloned().unwrap_or_else(|| PathAndQuery::from_static("/"));
        let uri = Uri::builder().scheme(Scheme::HTTP).authority(self.authority.clone()).path_and_query(path);
        head.uri = uri.build().map_err(|error| error.to_string())?;
        head.version = Version::HTTP_11;
        pass_on(&mut head.headers);
        let answered = self.client.request(Request::from_parts(head, Full::new(body))).await;
        let (mut head, body) = answered.map_err(|error| told(&error))?.into_parts();
        let body = Limited::new(body, ANSWER_BYTES_MAX).collect().await.map_err(|error| error.to_string())?;
        pass_on(&mut head.headers);
        head.version = Version::HTTP_11;
        Ok(Response::from_parts(head, self.addresses.told(&body.to_bytes(), own)))
    }

    fn unanswered(&self, reason: &str) -> Response<Bytes> {
        let text = format!("the backend at {} does not answer: {reason}", self.authority);
        let body = serde_json::json!({ "__type": "ServiceUnavailable", "message": text }).to_string();
        let mut response = Response::new(Bytes::from(body));
        *response.status_mut() = StatusCode::BAD_GATEWAY;
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/x-amz-json-1.0"));
        response
    }
}

impl fmt::Debug for Upstream {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Upstream").field(&self.authority).finish()
    }
}

/// Leaves out what belongs to the connection; the length is that of the body that is sent.
fn pass_on(headers: &mut HeaderMap) {
    for name in OF_CONNECTIONS.map(HeaderName::from_static) {
        headers.remove(name);
    }
    headers.remove(CONTENT_LENGTH);
}

/// An error with what caused it: the client's own words are few.
fn told(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text = format!("{text}: {cause}");
        next = cause.source();
    }
    text
}
