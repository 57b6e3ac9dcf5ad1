//! Where the backend is, and how it is asked.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use http::Uri;
use http::uri::{Authority, Scheme};
use http_body_util::Full;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::address::Addresses;
use super::{UpstreamProblem, trust};
use crate::signing::Credentials;

/// A backend that was named by the user. Nothing is ever sent anywhere else.
#[derive(Clone)]
pub struct Upstream {
    pub(super) scheme: Scheme,
    pub(super) authority: Authority,
    pub(super) client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    pub(super) addresses: Arc<Addresses>,
    pub(super) credentials: Option<Credentials>,
    pub(super) is_named: bool,
    tls: Arc<ClientConfig>,
}

impl Upstream {
    /// The backend at this address. With `https`, an authority that the system trusts has to vouch for it.
    ///
    /// # Errors
    ///
    /// When the text is no address, or when the system trusts nobody.
    pub fn parse(url: &str) -> Result<Self, UpstreamProblem> {
        let (scheme, authority) = split(url)?;
        let roots = if scheme == Scheme::HTTPS { trust::of_system()? } else { RootCertStore::empty() };
        Ok(Self::new(scheme, authority, roots))
    }

    /// The backend at this address, for which an authority of this PEM file has to vouch, and no other may.
    ///
    /// # Errors
    ///
    /// When the text is no address with `https`, or when the file holds no certificates.
    pub fn parse_trusting(url: &str, authorities: &Path) -> Result<Self, UpstreamProblem> {
        let (scheme, authority) = split(url)?;
        if scheme != Scheme::HTTPS {
            return Err(UpstreamProblem::Plain(url.to_owned()));
        }
        Ok(Self::new(scheme, authority, trust::of_file(authorities)?))
    }

    fn new(scheme: Scheme, authority: Authority, roots: RootCertStore) -> Self {
        let tls = trust::config(roots);
        let connector = HttpsConnectorBuilder::new().with_tls_config((*tls).clone()).https_or_http().enable_http1();
        let client = Client::builder(TokioExecutor::new()).build(connector.build());
        Self { scheme, authority, client, addresses: Arc::default(), credentials: None, is_named: false, tls }
    }

    /// Signs with these what faults or the proxy itself change or make; everything else stays as clients signed it. Default: such requests
    /// have a signature that is void.
    #[must_use]
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = Some(credentials);
        self
    }

    /// Names the backend in `Host`, as AWS and other backends that tell hosts apart need it. That changes every request. Default: the name
    /// stays the one that the client has signed.
    #[must_use]
    pub fn named(mut self) -> Self {
        self.is_named = true;
        self
    }

    /// Host and port.
    pub fn authority(&self) -> &str {
        self.authority.as_str()
    }

    /// Connects to the backend, and is not heard of again.
    ///
    /// # Errors
    ///
    /// Says why nobody answers, or why TLS does not come about.
    pub async fn connect(&self) -> Result<(), String> {
        let host = self.authority.host().trim_start_matches('[').trim_end_matches(']');
        let is_secure = self.scheme == Scheme::HTTPS;
        let port = self.authority.port_u16().unwrap_or(if is_secure { 443 } else { 80 });
        let stream = TcpStream::connect((host, port)).await.map_err(|error| error.to_string())?;
        if is_secure {
            let name = ServerName::try_from(host.to_owned()).map_err(|error| error.to_string())?;
            TlsConnector::from(Arc::clone(&self.tls)).connect(name, stream).await.map_err(|error| error.to_string())?;
        }
        Ok(())
    }
}

/// Scheme, host and port of an address that has nothing else.
fn split(url: &str) -> Result<(Scheme, Authority), UpstreamProblem> {
    let wrong = || UpstreamProblem::Url(url.to_owned());
    let uri: Uri = url.parse().map_err(|_| wrong())?;
    let is_bare = uri.path_and_query().is_none_or(|path| path.as_str() == "/");
    match (uri.scheme(), uri.authority()) {
        (Some(scheme), Some(authority)) if is_bare && [Scheme::HTTP, Scheme::HTTPS].contains(scheme) => {
            Ok((scheme.clone(), authority.clone()))
        }
        _ => Err(wrong()),
    }
}

impl fmt::Debug for Upstream {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Upstream");
        shown.field("scheme", &self.scheme).field("authority", &self.authority);
        shown.field("credentials", &self.credentials).field("is_named", &self.is_named).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Upstream;

    #[test]
    fn what_is_no_address_is_refused() {
        for url in ["", "127.0.0.1:9324", "ftp://h:1", "http://h/path", "http://h?x=1", "http://"] {
            let problem = Upstream::parse(url).unwrap_err().to_string();
            assert!(problem.starts_with(&format!("`{url}` is no address of a backend: write ")), "{problem}");
        }
        for url in ["http://h", "http://127.0.0.1:9324/", "http://[::1]:5"] {
            assert!(Upstream::parse(url).is_ok(), "{url}");
        }
    }

    #[test]
    fn authorities_that_cannot_be_used_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let told = |url: &str, file: &Path| Upstream::parse_trusting(url, file).unwrap_err().to_string();
        let file = folder.path().join("ca.pem");
        let missing = told("https://h", &file);
        assert!(missing.starts_with(&format!("`{}` cannot be used as `--upstream-ca`: ", file.display())), "{missing}");
        std::fs::write(&file, "no certificate").unwrap();
        assert!(told("https://h", &file).contains("there is no certificate in it: give the PEM file"));
        std::fs::write(&file, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n").unwrap();
        assert!(told("https://h", &file).contains("give the PEM file"));
        assert!(told("http://h", &file).contains("is plain HTTP"));
    }
}
