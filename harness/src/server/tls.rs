//! Certificate and key of TLS.

use std::path::Path;
use std::sync::Arc;

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::StartProblem;

/// Certificate and key, as PEM.
#[derive(Clone)]
pub struct Tls {
    certificate: String,
    key: String,
}

impl std::fmt::Debug for Tls {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Tls").field("certificate", &self.certificate).finish_non_exhaustive()
    }
}

impl Tls {
    /// A new certificate for these names and addresses, signed by its own key. It is what clients have to trust.
    pub fn self_signed(names: &[String]) -> Result<Self, StartProblem> {
        let made = rcgen::generate_simple_self_signed(names).map_err(|error| StartProblem::Tls(error.to_string()))?;
        Ok(Self { certificate: made.cert.pem(), key: made.signing_key.serialize_pem() })
    }

    /// Reads a certificate, followed by those that vouch for it, and its key from PEM files.
    pub fn read(certificate: &Path, key: &Path) -> Result<Self, StartProblem> {
        let read = |path: &Path| {
            std::fs::read_to_string(path).map_err(|source| StartProblem::Read { path: path.to_owned(), source })
        };
        Ok(Self { certificate: read(certificate)?, key: read(key)? })
    }

    /// The certificate as PEM.
    pub fn certificate(&self) -> &str {
        &self.certificate
    }

    /// What takes connections.
    pub(super) fn acceptor(&self) -> Result<TlsAcceptor, StartProblem> {
        let told = |error: &dyn std::fmt::Display| StartProblem::Tls(error.to_string());
        let chain: Vec<_> = CertificateDer::pem_slice_iter(self.certificate.as_bytes())
            .collect::<Result<_, _>>()
            .map_err(|error| told(&error))?;
        let key = PrivateKeyDer::from_pem_slice(self.key.as_bytes()).map_err(|error| told(&error))?;
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| told(&error))?
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .map_err(|error| told(&error))?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}
