//! A server that answers as it is told.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};

/// What it does with a call.
pub(crate) enum Reply {
    /// Answers with this status, these headers and this body.
    Answer(u16, &'static str, String),
    /// Never answers, and keeps the connection.
    Hang,
    /// Closes the connection.
    Close,
}

impl Reply {
    /// A success with this body.
    pub(crate) fn ok(body: &str) -> Self {
        Self::Answer(200, "", body.to_owned())
    }
}

/// A server in a thread of its own, for as long as the test process lives; gives its URL. `reply` gets the operation; of a request
/// without one the first line and the body.
pub(crate) fn start(reply: impl Fn(&str) -> Reply + Send + Sync + Clone + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || serve(&listener, reply));
    url
}

/// Serves connections until the listener fails.
pub(crate) fn serve(listener: &TcpListener, reply: impl Fn(&str) -> Reply + Send + Sync + Clone + 'static) {
    for stream in listener.incoming() {
        let reply = reply.clone();
        std::thread::spawn(move || answer_all(stream.unwrap(), reply));
    }
}

/// Answers the requests of one connection.
fn answer_all(stream: TcpStream, reply: impl Fn(&str) -> Reply) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut writer = stream;
    while let Some(operation) = read_request(&mut reader) {
        match reply(&operation) {
            Reply::Answer(status, headers, body) => {
                let length = body.len();
                let head = format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\n{headers}\r\n");
                if writer.write_all(format!("{head}{body}").as_bytes()).is_err() {
                    return;
                }
                if operation.contains(" http/1.0 ") {
                    return;
                }
            }
            Reply::Hang => {
                // Until the other side gives up.
                let _ = reader.read_to_end(&mut Vec::new());
                return;
            }
            Reply::Close => return,
        }
    }
}

/// The operation of the next request, or its first line and body; `None` at the end of the connection.
fn read_request(reader: &mut impl BufRead) -> Option<String> {
    let (mut first, mut operation, mut length) = (None, None, 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim_end().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        first.get_or_insert_with(|| line.clone());
        if let Some(target) = line.strip_prefix("x-amz-target: amazonsqs.") {
            operation = Some(target.to_owned());
        }
        if let Some(digits) = line.strip_prefix("content-length: ") {
            length = digits.parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    operation.or_else(|| Some(format!("{} {}", first?, String::from_utf8_lossy(&body))))
}
