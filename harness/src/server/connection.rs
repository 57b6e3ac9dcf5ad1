//! One connection.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;

use http_body_util::Full;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::watch;
use tracing::debug;

use super::Shared;
use super::activity::Activity;
use super::exchange::exchange;

/// What of a connection's head and body is buffered at most, in bytes.
const BUFFER_BYTES: usize = 64 << 10;
/// Requests at the same time on a connection of HTTP/2.
const STREAMS: u32 = 256;

/// How far the server is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// It takes requests.
    Running,
    /// It answers those that it has.
    Ending,
    /// It is gone.
    Over,
}

/// Serves a connection until it ends, is idle for too long, or the server stops.
pub(super) async fn serve(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    shared: Arc<Shared>,
    mut stages: watch::Receiver<Stage>,
) {
    let activity = Arc::new(Activity::new());
    let requests = Arc::clone(&activity);
    let idle = shared.bounds.idle;
    let service = service_fn(move |request| {
        let (shared, requests) = (Arc::clone(&shared), Arc::clone(&requests));
        async move {
            let _in_flight = requests.begin();
            Ok::<_, Infallible>(exchange(&shared, request).await.map(Full::new))
        }
    });
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().max_buf_size(BUFFER_BYTES);
    builder.http2().max_concurrent_streams(STREAMS);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
    loop {
        tokio::select! {
            biased;
            ended = connection.as_mut() => {
                if let Err(error) = ended {
                    debug!(error, "connection broke");
                }
                return;
            }
            changed = stages.changed() => match changed.map(|()| *stages.borrow_and_update()) {
                Ok(Stage::Running) => {}
                Ok(Stage::Ending) => connection.as_mut().graceful_shutdown(),
                Ok(Stage::Over) | Err(_) => return,
            },
            () = activity.idle(idle) => {
                debug!("closed: idle");
                return;
            }
        }
    }
}
