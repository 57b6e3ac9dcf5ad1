//! A backend that misbehaves.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};

/// A backend that answers so many calls as if each had created a queue, and then is gone.
pub(crate) fn dying_after(calls: usize) -> String {
    let (listener, url) = listener();
    std::thread::spawn(move || {
        let mut left = calls;
        while left > 0 {
            let (mut stream, _) = listener.accept().unwrap();
            while left > 0 && read_request(&mut stream).is_some() {
                let body = r#"{"QueueUrl":"http://127.0.0.1:1/000000000000/q"}"#;
                let head = format!("content-type: application/x-amz-json-1.0\r\ncontent-length: {}", body.len());
                if write!(stream, "HTTP/1.1 200 OK\r\n{head}\r\n\r\n{body}").is_err() {
                    break;
                }
                left -= 1;
            }
        }
    });
    url
}

/// A backend that takes calls and never answers; it tells each one that it took.
pub(crate) fn silent() -> (String, Receiver<()>) {
    answering(|_| None)
}

/// A backend that answers what a listing asks, and nothing else; it tells each call that it left without an answer.
pub(crate) fn silent_after_listing() -> (String, Receiver<()>) {
    answering(|head| head.contains("amazonsqs.listqueues").then(|| ok("{}")))
}

/// A backend that sends these bytes as its answer to each call, and then closes the connection.
pub(crate) fn sending(answer: impl Into<Vec<u8>>) -> String {
    let answer = answer.into();
    answering(move |_| Some(answer.clone())).0
}

/// A whole answer with this JSON.
pub(crate) fn ok(body: &str) -> Vec<u8> {
    let head = format!("content-type: application/x-amz-json-1.0\r\ncontent-length: {}", body.len());
    format!("HTTP/1.1 200 OK\r\nconnection: close\r\n{head}\r\n\r\n{body}").into_bytes()
}

/// A backend that answers one call a connection with what this makes of the request's head, in lower case; it tells each call that it left
/// without an answer.
pub(crate) fn answering(answer: impl Fn(&str) -> Option<Vec<u8>> + Send + 'static) -> (String, Receiver<()>) {
    let (listener, url) = listener();
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut open = Vec::new();
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let Some(head) = read_request(&mut stream) else { continue };
            if let Some(answer) = answer(&head) {
                // Whoever has seen enough may have gone.
                let _ = stream.write_all(&answer);
            } else {
                open.push(stream);
                let _ = sender.send(());
            }
        }
    });
    (url, receiver)
}

/// An address at which nothing answers.
pub(crate) fn nobody() -> String {
    listener().1
}

fn listener() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    (listener, url)
}

/// Reads one request, and gives its head in lower case; `None` when the other side had none, as a probe has not.
fn read_request(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1) => head.push(byte[0]),
            _ => return None,
        }
    }
    let head = String::from_utf8(head).unwrap().to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
    let mut body = vec![0; length.map_or(0, |length| length.trim().parse().unwrap())];
    stream.read_exact(&mut body).ok()?;
    Some(head)
}
