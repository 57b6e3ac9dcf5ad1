//! Why a server could not start.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Why a server could not start; the text says what to do.
#[derive(Debug, thiserror::Error)]
pub enum StartProblem {
    /// The address can't be listened on.
    #[error("cannot listen on `{address}`: {source}{}", remedy(.source))]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// A file with a certificate or key can't be read.
    #[error("cannot read `{}`: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Certificate and key can't be used.
    #[error("the certificate and key cannot be used: {0}: give PEM files that belong together")]
    Tls(String),
}

fn remedy(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::AddrInUse => ": choose another port, or port 0 for any free one",
        io::ErrorKind::AddrNotAvailable => ": give an address of this machine",
        io::ErrorKind::PermissionDenied => ": choose a port above 1023",
        _ => "",
    }
}
