//! Binds, takes connections, and stops.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep_until, timeout};
use tokio_rustls::TlsAcceptor;
use tracing::{debug, info, warn};

use super::connection::serve;
use super::link::{Links, Open, Stage};
use super::{Settings, Shared, StartProblem};
use crate::Harness;

/// Pause after a connection could not be taken, such as for lack of file descriptors: trying at once would spin.
const PAUSE: Duration = Duration::from_millis(50);

/// A harness behind a socket.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    acceptor: Option<TlsAcceptor>,
    shared: Arc<Shared>,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Server").field("url", &self.shared.url).finish_non_exhaustive()
    }
}

impl Server {
    /// Listens, for a harness that may be used in this process at the same time.
    pub async fn bind(harness: &Harness, settings: Settings) -> Result<Self, StartProblem> {
        let acceptor = settings.tls.as_ref().map(super::Tls::acceptor).transpose()?;
        let wanted = settings.address;
        let listen = |source| StartProblem::Listen { address: wanted, source };
        let listener = TcpListener::bind(wanted).await.map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        let scheme = if acceptor.is_some() { "https" } else { "http" };
        let (engine, home) = harness.parts();
        let shared = Arc::new(Shared::new(engine, home, format!("{scheme}://{address}"), settings));
        Ok(Self { listener, address, acceptor, shared })
    }

    /// Scheme, host and port at which it answers.
    pub fn url(&self) -> &str {
        &self.shared.url
    }

    /// The address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Tells the history as JSON lines whenever it is called, also after the end.
    pub fn history(&self) -> impl Fn() -> String + use<> {
        let shared = Arc::clone(&self.shared);
        move || {
            let seed = shared.engine.steer(|state, _| state.seed());
            shared.history.lines(&shared.engine, &shared.url, seed).0
        }
    }

    /// Serves until `stop` comes back. Then nobody new is let in, long polls are answered without messages, and what is still in
    /// flight has its time of grace.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let Self { listener, acceptor, shared, .. } = self;
        let most = shared.bounds.connections.clamp(1, Semaphore::MAX_PERMITS.min(u32::MAX as usize));
        let room = Arc::new(Semaphore::new(most));
        let links = Arc::new(Links::default());
        let connections = async {
            loop {
                let (stream, peer) = match listener.accept().await {
                    Ok(accepted) => accepted,
                    Err(error) => {
                        warn!(%error, "no connection could be taken");
                        sleep_until(tokio::time::Instant::now() + PAUSE).await;
                        continue;
                    }
                };
                let Ok(permit) = Arc::clone(&room).try_acquire_owned() else {
                    debug!(%peer, "closed at once: too many connections");
                    continue;
                };
                let shared = Arc::clone(&shared);
                tokio::spawn(connect(stream, acceptor.clone(), shared, links.open(), permit));
            }
        };
        tokio::select! {
            () = connections => {}
            () = links.close_idle(shared.bounds.idle) => {}
            () = stop => {}
        }
        drop(listener);
        info!("stopping");
        links.tell(Stage::Ending);
        shared.engine.steer(|state, clock| state.end_waits(clock.now()));
        let all = u32::try_from(most).unwrap_or(u32::MAX);
        if timeout(shared.bounds.grace, room.acquire_many(all)).await.is_err() {
            warn!("some requests were cut off");
        }
        links.tell(Stage::Over);
    }
}

/// One connection, from its handshake to its end.
async fn connect(
    stream: TcpStream,
    acceptor: Option<TlsAcceptor>,
    shared: Arc<Shared>,
    open: Open,
    _permit: OwnedSemaphorePermit,
) {
    // Answers are small and awaited: they must not wait to be sent together.
    let _ = stream.set_nodelay(true);
    let link = Arc::clone(&open.link);
    let Some(acceptor) = acceptor else { return serve(stream, shared, link).await };
    match timeout(shared.bounds.handshake_within, acceptor.accept(stream)).await {
        Ok(Ok(stream)) => serve(stream, shared, link).await,
        Ok(Err(error)) => debug!(%error, "no handshake"),
        Err(_) => debug!("no handshake in time"),
    }
}
