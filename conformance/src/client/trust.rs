//! Whose certificates are taken: those that the system trusts, or those of the file that `AWS_CA_BUNDLE` names, as AWS's own tools do.

use std::sync::{Arc, OnceLock};

use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// The variable that names a file of authorities.
const BUNDLE: &str = "AWS_CA_BUNDLE";

/// The text of the file of authorities, where one is named that can be read.
fn bundle() -> Option<Vec<u8>> {
    let path = std::env::var_os(BUNDLE).filter(|path| !path.is_empty())?;
    std::fs::read(&path)
        .inspect_err(
            |error| tracing::warn!(%error, path = %path.display(), "the file of `AWS_CA_BUNDLE` cannot be read"),
        )
        .ok()
}

/// An HTTP client for the SDK. It asks no proxy.
pub(crate) fn http_client(is_secure: bool) -> SharedHttpClient {
    if !is_secure {
        return Builder::new().build_http();
    }
    let store = match bundle() {
        Some(pem) => TrustStore::empty().with_pem_certificate(pem),
        None => TrustStore::default(),
    };
    let context = TlsContext::builder().with_trust_store(store).build().expect("a trust store needs nothing else");
    Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).tls_context(context).build_https()
}

/// A connection with TLS on it, to a host of this name.
pub(crate) async fn secured(stream: TcpStream, host: &str) -> Result<TlsStream<TcpStream>, String> {
    let name = ServerName::try_from(host.to_owned()).map_err(|error| error.to_string())?;
    TlsConnector::from(config()).connect(name, stream).await.map_err(|error| error.to_string())
}

/// Read once: the authorities of a system are many.
fn config() -> Arc<ClientConfig> {
    static CONFIG: OnceLock<Arc<ClientConfig>> = OnceLock::new();
    let made = || {
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("the provider speaks the versions that are safe")
            .with_root_certificates(roots())
            .with_no_client_auth();
        Arc::new(config)
    };
    Arc::clone(CONFIG.get_or_init(made))
}

fn roots() -> RootCertStore {
    let mut roots = RootCertStore::empty();
    match bundle() {
        Some(pem) => roots.add_parsable_certificates(CertificateDer::pem_slice_iter(&pem).filter_map(Result::ok)),
        None => roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs),
    };
    roots
}
