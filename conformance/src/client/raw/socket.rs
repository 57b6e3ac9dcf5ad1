//! One exchange over a connection of its own.

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;

use crate::client::{NoReply, trust};
use crate::target::Endpoint;

/// The longest body that is read: more than any answer of these services.
pub(crate) const BODY_BYTES_MAX: usize = 32 * 1024 * 1024;

/// Sends a request and reads its answer, by HTTP/1.1.
pub(super) async fn exchange(endpoint: &Endpoint, request: Request<Bytes>) -> Result<Response<Bytes>, NoReply> {
    let host = endpoint.host().trim_start_matches('[').trim_end_matches(']');
    let stream =
        TcpStream::connect((host, endpoint.port())).await.map_err(|error| NoReply::NotSent(error.to_string()))?;
    if endpoint.is_secure() {
        let stream = trust::secured(stream, host).await.map_err(NoReply::NotSent)?;
        over(stream, request).await
    } else {
        over(stream, request).await
    }
}

/// The exchange itself, over an open connection.
async fn over<S>(stream: S, request: Request<Bytes>) -> Result<Response<Bytes>, NoReply>
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let (mut sender, connection) =
        http1::handshake(TokioIo::new(stream)).await.map_err(|error| NoReply::NotSent(error.to_string()))?;
    // Ends with the exchange: nothing else holds the connection.
    let driver = tokio::spawn(connection);
    let answered = async {
        let response = sender.send_request(request.map(Full::new)).await.map_err(|error| told(&error))?;
        let (head, body) = response.into_parts();
        let body = Limited::new(body, BODY_BYTES_MAX).collect().await.map_err(|error| error.to_string())?;
        Ok(Response::from_parts(head, body.to_bytes()))
    };
    let answered = answered.await.map_err(NoReply::Lost);
    driver.abort();
    answered
}

/// An error of hyper with what lies behind it, which its own text leaves out.
fn told(error: &hyper::Error) -> String {
    match std::error::Error::source(error) {
        Some(behind) => format!("{error}: {behind}"),
        None => error.to_string(),
    }
}
