//! One exchange with a control API.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::target::Endpoint;

/// How long an answer may take that needs no time at all.
const LIMIT: Duration = Duration::from_secs(10);

/// Asks for a path; gives the body of a success, and otherwise what is said instead. It holds up the thread.
pub(crate) fn ask(endpoint: &Endpoint, method: &str, path: &str, body: &str) -> Result<String, String> {
    let told = |what: &dyn std::fmt::Display| format!("`{endpoint}` cannot be asked for `{path}`: {what}");
    let answer = exchange(endpoint, method, path, body).map_err(|error| told(&error))?;
    let (head, body) = answer.split_once("\r\n\r\n").ok_or_else(|| told(&"its answer is not whole"))?;
    let status = head.lines().next().unwrap_or_default();
    if !status.contains(" 200 ") && !status.contains(" 204 ") {
        return Err(told(&format!("{status}: {}", body.trim())));
    }
    Ok(body.to_owned())
}

/// The answer as it comes. HTTP/1.0: the server closes the connection after it.
fn exchange(endpoint: &Endpoint, method: &str, path: &str, body: &str) -> std::io::Result<String> {
    if endpoint.is_secure() {
        return Err(std::io::Error::other("a control API is asked over plain HTTP alone"));
    }
    let (host, port) = (endpoint.host(), endpoint.port());
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let mut stream = TcpStream::connect((bare, port))?;
    stream.set_read_timeout(Some(LIMIT))?;
    let length = body.len();
    let request = format!("{method} {path} HTTP/1.0\r\nHost: {host}:{port}\r\nContent-Length: {length}\r\n\r\n{body}");
    stream.write_all(request.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}
