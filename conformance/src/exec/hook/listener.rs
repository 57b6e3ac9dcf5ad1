//! An address on loopback, for targets that are reached over sockets.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};

use super::inbox::Inbox;

/// Longest body that is read, in bytes: more than any message.
const BODY_BYTES_MAX: usize = 4 << 20;

/// An address on loopback; dropping it closes it.
#[derive(Debug)]
pub(super) struct Listener {
    address: SocketAddr,
    task: AbortHandle,
}

impl Listener {
    /// Takes requests at a port that is free.
    pub(super) async fn open(inbox: Arc<Inbox>) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let task = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                connections.spawn(serve(stream, Arc::clone(&inbox)));
                while connections.try_join_next().is_some() {}
            }
        });
        Ok(Self { address, task: task.abort_handle() })
    }

    /// Host and port.
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(stream: TcpStream, inbox: Arc<Inbox>) {
    let service = service_fn(|request: Request<Incoming>| {
        let inbox = Arc::clone(&inbox);
        async move {
            let (head, body) = request.into_parts();
            let Ok(body) = Limited::new(body, BODY_BYTES_MAX).collect().await else {
                let mut response = Response::new(Full::<Bytes>::default());
                *response.status_mut() = http::StatusCode::PAYLOAD_TOO_LARGE;
                return Ok::<_, Infallible>(response);
            };
            Ok(inbox.take(Request::from_parts(head, body.to_bytes())).await.map(Full::new))
        }
    });
    // A connection that breaks is the sender's affair.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}
