//! A bare hyper server that answers every request with the same bytes: what `redeliver serve` is measured against.
//! `conformance/benches/serve.py` starts it.

#![expect(clippy::print_stdout, reason = "the address goes to whoever started this")]

use std::convert::Infallible;
use std::net::Ipv4Addr;

use bytes::Bytes;
use http::Response;
use http_body_util::{BodyExt, Full};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

/// As long as an answer to `SendMessage`.
const ANSWER: &[u8] =
    br#"{"MD5OfMessageBody":"5d41402abc4b2a76b9719d911017c592","MessageId":"00000000-0000-4000-8000-000000000000"}"#;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    println!("bare is listening on http://{}", listener.local_addr()?);
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service_fn(answer)));
    }
}

async fn answer(request: http::Request<hyper::body::Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    // Whoever measures sends whole bodies.
    let _ = request.into_body().collect().await;
    let mut response = Response::new(Full::new(Bytes::from_static(ANSWER)));
    let headers = response.headers_mut();
    headers.insert("content-type", http::HeaderValue::from_static("application/x-amz-json-1.0"));
    headers.insert("x-amzn-requestid", http::HeaderValue::from_static("00000000-0000-4000-8000-000000000000"));
    Ok(response)
}
