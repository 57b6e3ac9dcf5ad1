//! Real HTTP.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

use bytes::Bytes;
use http::header::HOST;
use http::uri::Authority;
use http::{HeaderValue, Request, Uri};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use redeliver_core::sns::Attempted;

/// Longest answer that is read, in bytes; what it says does not matter.
const ANSWER_BYTES_MAX: usize = 1 << 20;

/// Sends deliveries to loopback addresses, and to hosts that were named.
#[derive(Clone)]
pub(crate) struct Client {
    client: Arc<hyper_util::client::legacy::Client<HttpConnector, Full<Bytes>>>,
    hosts: Arc<[String]>,
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Client").field("hosts", &self.hosts).finish_non_exhaustive()
    }
}

impl Client {
    /// A client that may reach these hosts, too.
    pub(crate) fn new(hosts: &[String]) -> Self {
        let client = hyper_util::client::legacy::Client::builder(TokioExecutor::new()).build_http();
        Self { client: Arc::new(client), hosts: hosts.into() }
    }

    /// Whether it sends to this address. Of TLS it speaks none.
    pub(super) fn may_reach(&self, address: &str) -> bool {
        let Ok(uri) = address.parse::<Uri>() else { return false };
        let Some(host) = uri.authority().map(Authority::host) else { return false };
        let is_allowed = || self.hosts.iter().any(|allowed| allowed == "*" || allowed.eq_ignore_ascii_case(host));
        uri.scheme_str() == Some("http") && (is_loopback(host) || is_allowed())
    }

    pub(super) async fn send(&self, mut request: Request<Bytes>) -> Attempted {
        if let Some(host) = request.uri().authority().and_then(|host| HeaderValue::from_str(host.as_str()).ok()) {
            request.headers_mut().insert(HOST, host);
        }
        match self.client.request(request.map(Full::new)).await {
            Ok(response) => {
                let (head, body) = response.into_parts();
                // An answer counts when it is there as a whole.
                match Limited::new(body, ANSWER_BYTES_MAX).collect().await {
                    Ok(_) => Attempted::Answered(head.status.as_u16()),
                    Err(error) => Attempted::Failed(format!("its answer broke off: {error}")),
                }
            }
            Err(error) => {
                let source = std::error::Error::source(&error).map_or_else(String::new, |source| format!(": {source}"));
                Attempted::Failed(format!("it could not be reached: {error}{source}"))
            }
        }
    }
}

/// Whether a host is this machine.
fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::Client;

    #[tokio::test]
    async fn nothing_goes_beyond_loopback_unless_it_was_named() {
        let client = Client::new(&["hooks.test".to_owned()]);
        let reached = [
            "http://localhost:80/a",
            "http://127.0.0.1/",
            "http://127.9.9.9:1",
            "http://[::1]:5/",
            "http://HOOKS.test/x",
            "http://localhost.evil.test/",
            "http://10.0.0.1/",
            "https://localhost/",
            "/2015-03-31/functions/f/invocations",
            "http://example.com/",
        ]
        .map(|address| client.may_reach(address));
        assert_eq!(reached, [true, true, true, true, true, false, false, false, false, false]);
    }
}
