//! Why there can't be such a backend.

use std::path::PathBuf;

/// Why there can't be such a backend.
#[derive(Debug, thiserror::Error)]
pub enum UpstreamProblem {
    /// The text is no address.
    #[error(
        "`{0}` is no address of a backend: write scheme, host and port, such as `http://127.0.0.1:9324` or `https://sqs.test`"
    )]
    Url(String),
    /// Authorities are named for a backend that has no certificate.
    #[error("`{0}` is plain HTTP, where nobody has a certificate: leave `--upstream-ca` out, or write `https://`")]
    Plain(String),
    /// The authorities can't be used.
    #[error(
        "`{}` cannot be used as `--upstream-ca`: {reason}: give the PEM file of the authority that vouches for the backend, or of the \
         backend's own certificate",
        path.display()
    )]
    Authorities {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The system knows no authorities.
    #[error("this system has no certificates of authorities{0}: name a PEM file of some by `--upstream-ca`")]
    NoAuthorities(String),
}
