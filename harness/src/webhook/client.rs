//! Real HTTP.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

use bytes::Bytes;
use http::header::HOST;
use http::uri::{Authority, Scheme};
use http::{HeaderValue, Request, Uri};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use redeliver_core::sns::Attempted;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;

use super::trust::connector;

/// Longest answer that is read, in bytes; what it says does not matter.
const ANSWER_BYTES_MAX: usize = 1 << 20;

/// What goes wrong on the way.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Sends deliveries to loopback addresses, and to hosts that were named. Each has a connection of its own.
#[derive(Clone)]
pub(crate) struct Client {
    tls: TlsConnector,
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
        Self { tls: connector(), hosts: hosts.into() }
    }

    /// Whether it sends to this address.
    pub(super) fn may_reach(&self, address: &str) -> bool {
        let Ok(uri) = address.parse::<Uri>() else { return false };
        let Some(host) = uri.authority().map(Authority::host) else { return false };
        let is_allowed = || self.hosts.iter().any(|allowed| allowed == "*" || allowed.eq_ignore_ascii_case(host));
        uri.scheme().is_some() && (is_loopback(host) || is_allowed())
    }

    /// Sends a request; what an answer says beside its status does not matter.
    pub(crate) async fn send(&self, request: Request<Bytes>) -> Attempted {
        match self.exchange(request).await {
            Ok(status) => Attempted::Answered(status),
            Err(failure) => Attempted::Failed(format!("it could not be reached: {failure}")),
        }
    }

    async fn exchange(&self, mut request: Request<Bytes>) -> Result<u16, Failure> {
        let authority = request.uri().authority().ok_or("the address names no host")?.clone();
        let is_secure = request.uri().scheme() == Some(&Scheme::HTTPS);
        let host = authority.host().trim_start_matches('[').trim_end_matches(']').to_owned();
        let port = authority.port_u16().unwrap_or(if is_secure { 443 } else { 80 });
        request.headers_mut().insert(HOST, HeaderValue::from_str(authority.as_str())?);
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        *request.uri_mut() = path.parse()?;
        let stream = TcpStream::connect((host.as_str(), port)).await?;
        if is_secure {
            let name = ServerName::try_from(host)?;
            post(self.tls.connect(name, stream).await?, request).await
        } else {
            post(stream, request).await
        }
    }
}

async fn post<S>(stream: S, request: Request<Bytes>) -> Result<u16, Failure>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let answered = async {
        let (head, body) = sender.send_request(request.map(Full::new)).await?.into_parts();
        // An answer counts when it is there as a whole.
        Limited::new(body, ANSWER_BYTES_MAX).collect().await?;
        Ok(head.status.as_u16())
    };
    tokio::pin!(connection, answered);
    let mut is_open = true;
    loop {
        tokio::select! {
            biased;
            answered = &mut answered => return answered,
            // What has come before the end is still to be read.
            closed = &mut connection, if is_open => {
                closed?;
                is_open = false;
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

    #[test]
    fn nothing_goes_beyond_loopback_unless_it_was_named() {
        let client = Client::new(&["hooks.test".to_owned()]);
        let reached = [
            "http://localhost:80/a",
            "http://127.0.0.1/",
            "https://127.9.9.9:1",
            "http://[::1]:5/",
            "http://HOOKS.test/x",
            "http://localhost.evil.test/",
            "http://10.0.0.1/",
            "/2015-03-31/functions/f/invocations",
            "http://example.com/",
        ]
        .map(|address| client.may_reach(address));
        assert_eq!(reached, [true, true, true, true, true, false, false, false, false]);
        assert!(Client::new(&["*".to_owned()]).may_reach("https://example.com/"));
    }
}
