//! `redeliver proxy`.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use redeliver::Harness;
use redeliver::proxy::{Upstream, UpstreamProblem};
use redeliver::server::{Faults, FaultsProblem, Server, Settings, StartProblem};
use redeliver_chaos::plan::Place;
use tokio::net::TcpStream;

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
    /// There can't be such faults.
    #[error(transparent)]
    Faults(#[from] FaultsProblem),
    /// The plan can't be read.
    #[error("cannot read the plan `{}`: {source}", path.display())]
    Read { path: PathBuf, source: io::Error },
}

/// Passes calls on until it is told to stop.
pub(super) fn proxy(args: &ProxyArgs, output: Output) -> Result<u8, Problem> {
    let upstream = Upstream::parse(&args.upstream).map_err(ProxyProblem::from)?;
    let faults = args.chaos.as_deref().map(|plan| faults(plan, args.seed)).transpose()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let stop = stop_signal()?;
        answers(&upstream).await.map_err(|reason| {
            TargetProblem::Unreachable(format!("no backend answers at {}: {reason}: start it first", args.upstream))
        })?;
        let settings = Settings {
            address: SocketAddr::new(args.bind, args.port),
            history_bytes: HISTORY_BYTES,
            faults,
            upstream: Some(upstream),
            ..Settings::default()
        };
        let harness = Harness::builder().seed(args.seed).start_at(now()).build();
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

/// The faults of a plan in a file, or of a preset.
fn faults(wish: &str, seed: u64) -> Result<Faults, ProxyProblem> {
    let path = Path::new(wish);
    let is_file = path.exists() || wish.contains(['.', '/']);
    let read = || std::fs::read_to_string(path);
    let text = if is_file { read() } else { Ok(wish.to_owned()) };
    let text = text.map_err(|source| ProxyProblem::Read { path: path.to_owned(), source })?;
    Ok(Faults::draw(wish, &text, Some(seed), seed, Place::Proxy)?)
}

/// Whether somebody takes connections there.
async fn answers(upstream: &Upstream) -> Result<(), String> {
    let authority = upstream.authority();
    let address = if authority.contains("]:") || (!authority.starts_with('[') && authority.contains(':')) {
        authority.to_owned()
    } else {
        format!("{authority}:80")
    };
    let connected = tokio::time::timeout(LIMIT, TcpStream::connect(&address)).await;
    connected.map_err(|_| format!("no connection within {} s", LIMIT.as_secs()))?.map_err(|error| error.to_string())?;
    Ok(())
}
