//! Where a server listens, and what it lets clients do to it.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use super::{Auth, Bucket, Faults, Tls};
use crate::proxy::Upstream;

/// Settings of a [`Server`](super::Server).
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where it listens; port 0 for any free port. Default `127.0.0.1:4566`.
    pub address: SocketAddr,
    /// Certificate and key of TLS; `None` for plain HTTP.
    pub tls: Option<Tls>,
    /// Whose signatures are taken. Default: everybody's.
    pub auth: Auth,
    /// Whether the control API below `/_redeliver/` answers. Default true.
    pub control: bool,
    /// Names by which the control API may be asked besides loopback names and addresses. Default none.
    pub control_hosts: Vec<String>,
    /// How many bytes of past requests and events the control API can tell of; 0 for none. Default 16 MiB. Such a history takes the
    /// harness's events; where there is none, switch them off ([`Builder::record_events`](crate::Builder::record_events)), or they pile up.
    pub history_bytes: usize,
    /// What happens between clients and what is served. Default nothing; the control API can change it at any time.
    pub faults: Option<Faults>,
    /// A backend that answers in place of the harness, of which only the clock is used then. Default none.
    pub upstream: Option<Upstream>,
    /// Hosts to which notifications of SNS may be sent besides loopback names and addresses; `*` for all. Default none. What goes
    /// elsewhere is kept in the outbox.
    pub webhook_hosts: Vec<String>,
    /// Where channels of Kinesis put their objects, in place of the harness's folder. Default none.
    pub channel_bucket: Option<Bucket>,
    /// What it lets clients do to it.
    pub bounds: Bounds,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 4566)),
            tls: None,
            auth: Auth::Open,
            control: true,
            control_hosts: Vec::new(),
            history_bytes: 16 << 20,
            faults: None,
            upstream: None,
            webhook_hosts: Vec::new(),
            channel_bucket: None,
            bounds: Bounds::default(),
        }
    }
}

/// What a server lets clients do to it: memory and connections are bounded whatever they send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounds {
    /// Longest body in bytes. Default 16 MiB: a batch whose ten entries have 1 MiB each is a request to be refused by the service.
    pub body_bytes: usize,
    /// Bytes of all bodies that are held at the same time. Default 256 MiB.
    pub bodies_bytes: usize,
    /// Open connections; further ones are closed at once. Default 16,384.
    pub connections: usize,
    /// How long a connection without a request stays open, and how long a request may take to send its head. Default 75 s.
    pub idle: Duration,
    /// How long a request may take to send its body. Default 30 s.
    pub body_within: Duration,
    /// How long a handshake of TLS may take. Default 10 s.
    pub handshake_within: Duration,
    /// How long requests may go on when the server is to stop. Default 5 s.
    pub grace: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            body_bytes: 16 << 20,
            bodies_bytes: 256 << 20,
            connections: 16_384,
            idle: Duration::from_secs(75),
            body_within: Duration::from_secs(30),
            handshake_within: Duration::from_secs(10),
            grace: Duration::from_secs(5),
        }
    }
}
