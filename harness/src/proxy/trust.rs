//! Whose certificates are taken.

use std::path::Path;
use std::sync::Arc;

use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::UpstreamProblem;

/// TLS to backends that one of these authorities vouches for.
pub(super) fn config(roots: RootCertStore) -> Arc<ClientConfig> {
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("the provider speaks the versions that are safe")
        .with_root_certificates(roots)
        .with_no_client_auth();
    Arc::new(config)
}

/// The authorities of a PEM file; no others are trusted then.
pub(super) fn of_file(path: &Path) -> Result<RootCertStore, UpstreamProblem> {
    let told = |reason: String| UpstreamProblem::Authorities { path: path.to_owned(), reason };
    let text = std::fs::read(path).map_err(|error| told(error.to_string()))?;
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(&text) {
        let certificate = certificate.map_err(|error| told(error.to_string()))?;
        roots.add(certificate).map_err(|error| told(error.to_string()))?;
    }
    if roots.is_empty() {
        return Err(told("there is no certificate in it".to_owned()));
    }
    Ok(roots)
}

/// The authorities that the system trusts.
pub(super) fn of_system() -> Result<RootCertStore, UpstreamProblem> {
    let found = rustls_native_certs::load_native_certs();
    let mut roots = RootCertStore::empty();
    // Systems hold some that are no good; the others are.
    roots.add_parsable_certificates(found.certs);
    if roots.is_empty() {
        let reasons: Vec<_> = found.errors.iter().map(|error| format!(": {error}")).collect();
        return Err(UpstreamProblem::NoAuthorities(reasons.concat()));
    }
    Ok(roots)
}
