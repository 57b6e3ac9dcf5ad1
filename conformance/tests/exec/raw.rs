//! Raw requests over a socket: what is sent, byte by byte, and what becomes of the answer.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};

use redeliver_conformance::exec::{Cancel, run_case};
use redeliver_conformance::finding::{CaseRun, Finding};
use redeliver_conformance::target::{Options, Target, find};

use crate::given::{calls, case, failure};

/// What a server was sent: the first line, the other lines of the head in lowercase, the body.
#[derive(Debug)]
struct Sent {
    line: String,
    head: Vec<String>,
    body: Vec<u8>,
}

impl Sent {
    /// The value of a header that must be there.
    fn header(&self, name: &str) -> &str {
        let found = self.head.iter().filter_map(|line| line.split_once(": ")).find(|(found, _)| *found == name);
        found.unwrap_or_else(|| panic!("no `{name}` in {self:?}")).1
    }
}

/// What the SDK is answered, by which a target is greeted before the first case.
const GREETED: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";

/// A server that answers every raw request with these bytes and tells what it was sent; it lives as long as the test process.
fn server(answer: &'static [u8]) -> (String, Receiver<Sent>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (tell, told) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            // One that looks whether there is a server sends nothing.
            let mut stream = stream.unwrap();
            if let Some(sent) = read(&stream) {
                if sent.head.iter().any(|line| line.contains("aws-sdk-rust")) {
                    let _ = stream.write_all(GREETED);
                    continue;
                }
                let _ = tell.send(sent);
                let _ = stream.write_all(answer);
            }
        }
    });
    (url, told)
}

fn read(stream: &TcpStream) -> Option<Sent> {
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let line = lines.remove(0);
    let head: Vec<_> = lines
        .iter()
        .map(|line| {
            line.split_once(": ").map_or(line.clone(), |(name, value)| format!("{}: {value}", name.to_lowercase()))
        })
        .collect();
    let length = head.iter().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Sent { line, head, body })
}

fn run(url: &str, steps: &str) -> CaseRun {
    // With an account the target is not asked for it: what the case sends is the first request.
    let options = Options { account: Some("000000000000".to_owned()), ..Options::default() };
    let target = Target::open(find(url).unwrap(), &options).unwrap();
    run_case(&target, &case(steps), &Cancel::new())
}

const XML: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 8\r\n\r\n<a>1</a>";

#[test]
fn the_bytes_of_the_spec_are_sent_signed_to_the_endpoint() {
    let (url, told) = server(XML);
    let run = run(
        &url,
        r#"
      - raw:
          path: https://sqs.eu-west-1.amazonaws.com/123456789012/jobs
          query: { Action: SendMessage, b: "x y" }
          headers: { X-Amz-Target: AmazonSQS.SendMessage, Content-Type: text/plain }
          body: { base64: "AP8NCg==" }
        answer: { status: 200, body: { a: "1" }, text: "<a>1</a>" }
"#,
    );
    assert_eq!(run.finding, Finding::Held);
    let sent = told.recv().unwrap();
    assert_eq!(sent.line, "POST /123456789012/jobs?Action=SendMessage&b=x%20y HTTP/1.1");
    assert_eq!(sent.body, b"\0\xff\r\n");
    assert_eq!(sent.header("host"), url.trim_start_matches("http://"));
    assert_eq!((sent.header("content-type"), sent.header("x-amz-target")), ("text/plain", "AmazonSQS.SendMessage"));
    let signature = sent.header("authorization");
    assert!(signature.starts_with("AWS4-HMAC-SHA256 Credential=test/"), "{signature}");
    assert!(
        signature.contains("/us-east-1/sqs/aws4_request, SignedHeaders=content-type;host;x-amz-date"),
        "{signature}"
    );
}

#[test]
fn nothing_is_added_to_a_request_that_is_not_signed() {
    let (url, told) = server(XML);
    let run = run(
        &url,
        r#"
      - raw: { method: GET, sign: none, query: "a=%zz&&b" }
"#,
    );
    assert_eq!(run.finding, Finding::Held);
    let sent = told.recv().unwrap();
    assert_eq!((sent.line.as_str(), sent.body.len()), ("GET /?a=%zz&&b HTTP/1.1", 0));
    let names: Vec<_> = sent.head.iter().filter_map(|line| line.split(':').next()).collect();
    assert_eq!(names, ["host"]);
}

#[test]
fn a_presigned_request_has_its_signature_behind_the_query() {
    let (url, told) = server(XML);
    let run = run(
        &url,
        "
      - raw: { method: GET, sign: presigned, query: { Action: ListQueues } }
",
    );
    assert_eq!(run.finding, Finding::Held);
    let sent = told.recv().unwrap();
    assert!(sent.line.starts_with("GET /?Action=ListQueues&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=test%2F"));
    assert!(sent.line.contains("&X-Amz-Expires=300&") && sent.line.contains("&X-Amz-Signature="), "{sent:?}");
    assert!(!sent.head.iter().any(|line| line.starts_with("authorization")), "{sent:?}");
}

#[test]
fn what_a_server_that_fails_did_is_not_known() {
    let (url, _told) = server(b"HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n");
    let run = run(&url, "      - raw: {}\n");
    assert_eq!(failure(&run).title, "`raw:POST /` failed with `HTTP 503`");
    assert_eq!(failure(&run).pointer, "/cases/0/steps/0/raw");
    assert_eq!(calls(&run.history), ["0 raw:POST / (status 503)"]);
}

#[test]
fn an_answer_that_never_ends_in_one_is_no_answer() {
    let (url, _told) = server(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
    let run = run(&url, "      - raw: {}\n");
    // The server hangs up after it has answered once, and goes on listening.
    let Finding::CouldNotRun { reason, unreachable: false } = &run.finding else { panic!("{run:?}") };
    assert!(reason.starts_with("`raw:POST /` got no reply: "), "{reason}");
}
