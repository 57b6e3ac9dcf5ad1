//! `redeliver proxy`.

use std::net::SocketAddr;
use std::time::Duration;

use redeliver::Harness;
use redeliver::proxy::{Upstream, UpstreamProblem};
use redeliver::server::{Place, Server, Settings, StartProblem};
use redeliver::signing::{Source, SourceProblem};

use super::faults::{ChaosProblem, faults};
use super::output::Output;
use super::problem::Problem;
use super::proxy_args::ProxyArgs;
use super::serve::{now, stop_signal};
use crate::exit;
use crate::target::TargetProblem;

/// How long the backend may take to accept a connection at the start.
const LIMIT: Duration = Duration::from_secs(5);

/// Memory for the history, in bytes.
const HISTORY_BYTES: usize = 64 << 20;

/// Why nothing is passed on.
#[derive(Debug, thiserror::Error)]
pub(super) enum ProxyProblem {
    /// The proxy could not start.
    #[error(transparent)]
    Start(#[from] StartProblem),
    /// There can't be such a backend.
    #[error(transparent)]
    Upstream(#[from] UpstreamProblem),
    /// There are no such credentials.
    #[error(transparent)]
    Credentials(#[from] SourceProblem),
    /// There can't be such faults.
    #[error(transparent)]
    Chaos(#[from] ChaosProblem),
}

/// Passes calls on until it is told to stop.
pub(super) fn proxy(args: &ProxyArgs, output: Output) -> Result<u8, Problem> {
    let upstream = upstream(args)?;
    let wished = |wish: &String| faults(wish, args.seed, 0, Place::Proxy).map_err(ProxyProblem::from);
    let faults = args.chaos.as_ref().map(wished).transpose()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let stop = stop_signal()?;
        answers(&upstream).await.map_err(|reason| {
            let remedy = remedy(&reason);
            TargetProblem::Unreachable(format!("no backend answers at {}: {reason}: {remedy}", args.upstream))
        })?;
        let settings = Settings {
            address: SocketAddr::new(args.bind, args.port),
            history_bytes: HISTORY_BYTES,
            faults,
            upstream: Some(upstream),
            ..Settings::default()
        };
        let harness = Harness::builder().seed(args.seed.unwrap_or_default()).start_at(now()).build();
        let server = Server::bind(&harness, settings).await.map_err(ProxyProblem::from)?;
        output.print(&format!("redeliver is listening on {}\n", server.url()))?;
        let history = server.history();
        server.run(stop).await;
        if let Some(path) = &args.history {
            let told = |source| Problem::Write { path: path.clone(), source };
            std::fs::write(path, history()).map_err(told)?;
        }
        Ok(exit::OK)
    })
}

/// The backend, and what it is asked with.
fn upstream(args: &ProxyArgs) -> Result<Upstream, ProxyProblem> {
    let mut upstream = match &args.upstream_ca {
        Some(authorities) => Upstream::parse_trusting(&args.upstream, authorities)?,
        None => Upstream::parse(&args.upstream)?,
    };
    if args.upstream_host {
        upstream = upstream.named();
    }
    if let Some(source) = &args.credentials {
        let source: Source = source.parse()?;
        upstream = upstream.credentials(source.read(|name| std::env::var(name).ok())?);
    }
    Ok(upstream)
}

/// Whether somebody takes connections there.
async fn answers(upstream: &Upstream) -> Result<(), String> {
    let connected = tokio::time::timeout(LIMIT, upstream.connect()).await;
    connected.map_err(|_| format!("no connection within {} s", LIMIT.as_secs()))?
}

/// What to do about a backend that does not answer. TLS says of whom it trusts that a certificate is invalid.
fn remedy(reason: &str) -> &'static str {
    if reason.contains("certificate") {
        "name the PEM file of the authority that vouches for it by `--upstream-ca`"
    } else {
        "start it first"
    }
}
