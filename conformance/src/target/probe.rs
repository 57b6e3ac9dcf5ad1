//! Whether an address answers.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::Endpoint;

/// How long one try may take.
const TRY_MAX: Duration = Duration::from_secs(5);

/// Tries once; with a path it has to answer a GET with a status below 500, without one an accepted connection is enough.
pub(super) async fn probe(endpoint: &Endpoint, path: Option<&str>) -> Result<(), String> {
    match tokio::time::timeout(TRY_MAX, attempt(endpoint, path)).await {
        Ok(result) => result,
        Err(_) => Err(format!("no answer within {} s", TRY_MAX.as_secs())),
    }
}

async fn attempt(endpoint: &Endpoint, path: Option<&str>) -> Result<(), String> {
    let text = |error: std::io::Error| error.to_string();
    let host = endpoint.host().trim_start_matches('[').trim_end_matches(']');
    let mut stream = TcpStream::connect((host, endpoint.port())).await.map_err(text)?;
    let Some(path) = path else { return Ok(()) };
    let request = format!("GET {path} HTTP/1.0\r\nHost: {}:{}\r\n\r\n", endpoint.host(), endpoint.port());
    stream.write_all(request.as_bytes()).await.map_err(text)?;
    // `HTTP/1.1 200` is all that is looked at.
    let mut head = [0; 12];
    stream.read_exact(&mut head).await.map_err(text)?;
    let status = std::str::from_utf8(&head[9..]).ok().and_then(|digits| digits.parse::<u16>().ok());
    match status {
        Some(status) if status < 500 => Ok(()),
        Some(status) => Err(format!("GET {path} answers {status}")),
        None => Err(format!("GET {path} is not answered by HTTP")),
    }
}
