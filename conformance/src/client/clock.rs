//! The clock of a served reference, through its control API.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde::Deserialize;

use crate::target::Endpoint;

/// How long an answer may take that needs no time at all.
const LIMIT: Duration = Duration::from_secs(10);

/// The clock of a served reference.
#[derive(Debug, Clone)]
pub(crate) struct ServedClock {
    endpoint: Endpoint,
}

/// What it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(crate) struct Reading {
    /// The time, in milliseconds since 1970.
    pub(crate) now_ms: u64,
    /// Calls that wait for their answer.
    pub(crate) waiting: usize,
    /// When something is due next that one of them may wait for.
    pub(crate) due_ms: Option<u64>,
}

impl ServedClock {
    /// The clock of the server at this address.
    pub(crate) fn new(endpoint: Endpoint) -> Self {
        Self { endpoint }
    }

    /// Reads it.
    pub(crate) fn read(&self) -> Result<Reading, String> {
        self.ask("GET", "")
    }

    /// Lets it stand still but for what it is put ahead.
    pub(crate) fn freeze(&self) -> Result<Reading, String> {
        self.ask("POST", r#"{"frozen":true}"#)
    }

    /// Puts it ahead.
    pub(crate) fn advance(&self, milliseconds: u64) -> Result<Reading, String> {
        self.ask("POST", &format!(r#"{{"advance_ms":{milliseconds}}}"#))
    }

    /// One exchange on a connection of its own. It holds up the thread, so that nothing else of the case goes on meanwhile: what the
    /// server answers once its clock is ahead must not be seen before the clock of the case is ahead too.
    fn ask(&self, method: &str, body: &str) -> Result<Reading, String> {
        let told = |what: &dyn std::fmt::Display| format!("the clock of `{}` cannot be asked: {what}", self.endpoint);
        let answer = self.exchange(method, body).map_err(|error| told(&error))?;
        let (head, body) = answer.split_once("\r\n\r\n").ok_or_else(|| told(&"its answer is not whole"))?;
        let status = head.lines().next().unwrap_or_default();
        if !status.contains(" 200 ") {
            return Err(told(&format!("{status}: {}", body.trim())));
        }
        serde_json::from_str(body).map_err(|error| told(&error))
    }

    /// The answer as it comes. HTTP/1.0: the server closes the connection after it.
    fn exchange(&self, method: &str, body: &str) -> std::io::Result<String> {
        let (host, port) = (self.endpoint.host(), self.endpoint.port());
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let mut stream = TcpStream::connect((bare, port))?;
        stream.set_read_timeout(Some(LIMIT))?;
        let length = body.len();
        let request = format!(
            "{method} /_redeliver/clock HTTP/1.0\r\nHost: {host}:{port}\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    }
}
