//! Asks the backend.

use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, HOST, HeaderName};
use http::uri::PathAndQuery;
use http::{HeaderMap, HeaderValue, Request, Response, Uri, Version};
use http_body_util::{BodyExt as _, Full, Limited};
use redeliver_chaos::Unsigned;
use redeliver_model::Fault;
use redeliver_wire::{Description, Dialect, Error, JsonVersion, Origin, detect, encode};
use tokio::time::timeout;

use super::Upstream;
use crate::signing::{explain, sign};
use crate::streamed::{Streamed, boxed, is_stream};

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

impl Upstream {
    /// Asks the backend, for a client that has asked at `own`. When the backend does not answer, the answer says so.
    pub(crate) async fn send(&self, request: Request<Bytes>, own: &str) -> Response<Bytes> {
        let (head, body) = request.into_parts();
        let dialect = detect(&head, &body).dialect;
        match timeout(ANSWER_WITHIN, self.ask(Request::from_parts(head, body), own, dialect)).await {
            Ok(Ok(response)) => response,
            Ok(Err(reason)) => self.unanswered(dialect, &reason),
            Err(_) => self.unanswered(dialect, &format!("no answer within {} s", ANSWER_WITHIN.as_secs())),
        }
    }

    async fn ask(&self, request: Request<Bytes>, own: &str, dialect: Dialect) -> Result<Response<Bytes>, String> {
        let (mut head, mut body) = request.into_parts();
        let by_faults = head.extensions.remove::<Unsigned>().is_some();
        let mut by_proxy = self.is_named;
        if let Some(changed) = self.addresses.asked(&body) {
            (body, by_proxy) = (changed, true);
        }
        let own_name = || HeaderValue::from_str(self.authority()).ok();
        if let Some(host) = self.is_named.then(own_name).flatten() {
            head.headers.insert(HOST, host);
        } else if let Some(host) = head.uri.authority().and_then(|host| HeaderValue::from_str(host.as_str()).ok()) {
            // HTTP/2 has the host in its URI. It stays the one that was signed.
            head.headers.entry(HOST).or_insert(host);
        }
        let path = head.uri.path_and_query().cloned().unwrap_or_else(|| PathAndQuery::from_static("/"));
        let uri = Uri::builder().scheme(self.scheme.clone()).authority(self.authority.clone()).path_and_query(path);
        head.uri = uri.build().map_err(|error| error.to_string())?;
        head.version = Version::HTTP_11;
        pass_on(&mut head.headers);
        let mut request = Request::from_parts(head, body);
        if let (true, Some(credentials)) = (by_faults || by_proxy, &self.credentials) {
            request = sign(request, credentials)?;
        }
        let answered = self.client.request(request.map(Full::new)).await;
        let (mut head, body) = answered.map_err(|error| told(&error))?.into_parts();
        if is_stream(&head.headers) {
            pass_on(&mut head.headers);
            head.version = Version::HTTP_11;
            let mut response = Response::from_parts(head, Bytes::new());
            Streamed::put(&mut response, boxed(body));
            return Ok(response);
        }
        let body = Limited::new(body, ANSWER_BYTES_MAX).collect().await.map_err(|error| error.to_string())?;
        pass_on(&mut head.headers);
        head.version = Version::HTTP_11;
        let response = Response::from_parts(head, self.addresses.told(&body.to_bytes(), own));
        // Whoever made the faults knows what the call has come to.
        Ok(if by_proxy && !by_faults { explain(dialect, response, false) } else { response })
    }

    fn unanswered(&self, dialect: Dialect, reason: &str) -> Response<Bytes> {
        let description = Description {
            shape: "ServiceUnavailable",
            origin: Origin::Framework,
            code: "ServiceUnavailable",
            status: 502,
            fault: Fault::Server,
            message: Some(format!("the backend at {} does not answer: {reason}", self.authority)),
        };
        let dialect = match dialect {
            Dialect::Unrecognized => Dialect::Json(JsonVersion::V1_0),
            known => known,
        };
        let mut response = encode(dialect, Err(Error::Described(Box::new(description))), "").map(Bytes::from);
        // Nobody has given the request an id.
        response.headers_mut().remove("x-amzn-requestid");
        response
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
