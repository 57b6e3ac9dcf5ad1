//! What clients should not send: it is answered or the connection is closed, and others are served all the while.

use std::time::Duration;

use redeliver::server::{Bounds, Settings};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::served::{Served, settings};

const SHORT: Duration = Duration::from_millis(50);

async fn bounded(bounds: Bounds) -> Served {
    Served::with(Settings { bounds, ..settings() }).await
}

/// A request in JSON, as it is sent, with these headers after the usual ones.
fn request(headers: &str, body: &str) -> Vec<u8> {
    format!(
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.0\r\n\
         X-Amz-Target: AmazonSQS.ListQueues\r\n{headers}\r\n\r\n{body}"
    )
    .into_bytes()
}

#[tokio::test]
async fn body_that_breaks_off_costs_its_own_connection_alone() {
    let served = Served::start().await;
    for broken in [
        request("Content-Length: 100", "{\"Queue"),
        request("Transfer-Encoding: chunked", "5\r\n{\"Que"),
        b"POST / HT".to_vec(),
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0".to_vec(),
        Vec::new(),
    ] {
        let answer = served.raw(&broken).await;
        assert!(!answer.contains(" 200 "), "{answer}");
    }
    assert_eq!(served.call("ListQueues", "{}").await.0, 200);
}

#[tokio::test]
async fn framing_that_makes_no_sense_is_refused() {
    let served = Served::start().await;
    for broken in [
        request("Transfer-Encoding: chunked", "zz\r\n{}\r\n0\r\n\r\n"),
        request("Content-Length: 2\r\nContent-Length: 3", "{}"),
        request("Content-Length: -2", "{}"),
        b"\0\x01\x02\x03\r\n\r\n".to_vec(),
    ] {
        let answer = served.raw(&broken).await;
        assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    }
    assert_eq!(served.call("ListQueues", "{}").await.0, 200);
}

#[tokio::test]
async fn bodies_that_are_no_text_or_no_json_are_refused_in_the_protocol() {
    let served = Served::start().await;
    let deep = vec![b'['; 100_000];
    for body in [&b"\xff\xfe"[..], b"{\"QueueName\":\"\xff\"}", b"", b"nonsense", b"[1]", &deep] {
        let (status, answer) = served.call("CreateQueue", body.to_vec()).await;
        assert_eq!((status, &answer["__type"]), (400, &"com.amazon.coral.service#SerializationException".into()));
    }
}

#[tokio::test]
async fn body_beyond_the_limit_is_refused_whether_announced_or_not() {
    let served = bounded(Bounds { body_bytes: 1_000, ..Bounds::default() }).await;
    let long = "x".repeat(2_000);
    let announced = request("Content-Length: 2000", &long);
    let chunked = request("Transfer-Encoding: chunked", &format!("7d0\r\n{long}\r\n0\r\n\r\n"));
    for sent in [announced, chunked] {
        let answer = served.raw(&sent).await;
        assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
        assert!(answer.ends_with("HTTP content length exceeded 1000 bytes.\"}"), "{answer}");
    }
}

#[tokio::test]
async fn body_for_which_there_is_no_memory_is_refused_and_small_ones_are_not() {
    let served = bounded(Bounds { bodies_bytes: 64 << 10, ..Bounds::default() }).await;
    let long = format!("{{\"QueueName\":\"{}\"}}", "x".repeat(100_000));
    assert_eq!(served.call("CreateQueue", long).await.0, 503);
    assert_eq!(served.call("ListQueues", "{}").await.0, 200);
}

#[tokio::test]
async fn slow_bodies_and_silent_connections_are_given_up() {
    let served = bounded(Bounds { idle: SHORT, body_within: SHORT, ..Bounds::default() }).await;
    let mut slow = TcpStream::connect(served.address).await.unwrap();
    slow.write_all(&request("Content-Length: 100", "{")).await.unwrap();
    let mut answer = String::new();
    slow.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    for begun in
        ["", "PRI * HTTP", "POST / HTTP/1.1\r\nHost: a", "GET /_redeliver/health HTTP/1.1\r\nHost: localhost\r\n\r\n"]
    {
        let mut silent = TcpStream::connect(served.address).await.unwrap();
        silent.write_all(begun.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        // It comes back when the server closes.
        silent.read_to_end(&mut answer).await.unwrap();
    }
}

#[tokio::test]
async fn connections_beyond_the_limit_are_closed_at_once() {
    let served = bounded(Bounds { connections: 2, ..Bounds::default() }).await;
    let first = TcpStream::connect(served.address).await.unwrap();
    let _second = TcpStream::connect(served.address).await.unwrap();
    let mut third = TcpStream::connect(served.address).await.unwrap();
    assert!(third.read_u8().await.is_err());
    drop(first);
    // As soon as the server has seen that one is gone, there is room again.
    while !served.raw(b"GET /_redeliver/health HTTP/1.0\r\nHost: localhost\r\n\r\n").await.contains(" 200 ") {}
}
