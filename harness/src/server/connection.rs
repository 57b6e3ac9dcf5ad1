//! One connection.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

use http_body_util::{Either, Full};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use tokio::io::{AsyncRead, AsyncWrite};
use tracing::debug;

use super::Shared;
use super::exchange::exchange;
use super::link::{Link, Stage};
use crate::streamed::Streamed;

/// What of a connection's head and body is buffered at most, in bytes.
const BUFFER_BYTES: usize = 64 << 10;
/// Requests at the same time on a connection of HTTP/2.
const STREAMS: u32 = 256;

/// Serves a connection until it ends, or is told to.
pub(super) async fn serve(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    shared: Arc<Shared>,
    link: Arc<Link>,
) {
    let requests = Arc::clone(&link);
    let service = service_fn(move |request| {
        let (shared, requests) = (Arc::clone(&shared), Arc::clone(&requests));
        async move {
            let _in_flight = requests.begin();
            exchange(&shared, request).await.map(|mut response| {
                let streamed = Streamed::take(&mut response);
                response.map(|body| streamed.map_or_else(|| Either::Left(Full::new(body)), Either::Right))
            })
        }
    });
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().max_buf_size(BUFFER_BYTES);
    builder.http2().max_concurrent_streams(STREAMS);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
    let mut is_ending = false;
    poll_fn(|context| {
        match link.stage(context) {
            Stage::Running => {}
            Stage::Ending if is_ending => {}
            Stage::Ending => {
                is_ending = true;
                connection.as_mut().graceful_shutdown();
            }
            Stage::Over => return Poll::Ready(()),
        }
        connection.as_mut().poll(context).map(|ended| {
            if let Err(error) = ended {
                debug!(error, "connection broke");
            }
        })
    })
    .await;
}
