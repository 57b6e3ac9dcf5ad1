//! A server to test, and clients for it.

use std::net::{Ipv4Addr, SocketAddr};

use aws_sdk_sqs::config::retry::RetryConfig;
use aws_sdk_sqs::config::{BehaviorVersion, Credentials, Region};
use bytes::Bytes;
use http::{HeaderMap, Request, Response};
use http_body_util::{BodyExt, Full};
use hyper_util::rt::{TokioExecutor, TokioIo};
use redeliver::Harness;
use redeliver::server::{Server, Settings};
use redeliver_check::{What, jsonl};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A running server.
pub(crate) struct Served {
    pub(crate) url: String,
    pub(crate) address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

/// A free port of this machine, and nothing else that is not by default.
pub(crate) fn settings() -> Settings {
    Settings { address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), ..Settings::default() }
}

impl Served {
    pub(crate) async fn start() -> Self {
        Self::with(settings()).await
    }

    pub(crate) async fn with(settings: Settings) -> Self {
        let server = Server::bind(&Harness::builder().seed(7).build(), settings).await.unwrap();
        let (url, address) = (server.url().to_owned(), server.address());
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(server.run(async {
            let _ = stopped.await;
        }));
        Self { url, address, stop, task }
    }

    /// Stops the server and waits until it is gone.
    pub(crate) async fn stop(self) {
        self.stop.send(()).unwrap();
        self.task.await.unwrap();
    }

    /// Sends a request on a connection of its own.
    pub(crate) async fn send(&self, request: Request<Full<Bytes>>) -> Response<Bytes> {
        send(self.address, request).await
    }

    /// Calls SQS in JSON; gives status and answer.
    pub(crate) async fn call(&self, operation: &str, body: impl Into<Bytes>) -> (u16, Value) {
        let response = self.send(self.json(operation, &[], body)).await;
        (response.status().as_u16(), serde_json::from_slice(response.body()).unwrap())
    }

    /// A call of SQS in JSON with more headers.
    pub(crate) fn json(
        &self,
        operation: &str,
        headers: &[(&'static str, &str)],
        body: impl Into<Bytes>,
    ) -> Request<Full<Bytes>> {
        let mut request = Request::post("/")
            .header("host", self.address.to_string())
            .header("content-type", "application/x-amz-json-1.0")
            .header("x-amz-target", format!("AmazonSQS.{operation}"))
            .body(Full::new(body.into()))
            .unwrap();
        let more: HeaderMap =
            headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        request.headers_mut().extend(more);
        request
    }

    /// The history, a word and a name for each line.
    pub(crate) async fn told(&self) -> Vec<String> {
        let lines = self.history().await;
        let told = lines.into_iter().map(|what| match serde_json::to_value(&what).unwrap() {
            Value::Object(what) => what.into_iter().next().unwrap(),
            other => panic!("{other}"),
        });
        let name = |what: &Value| {
            ["rule", "call", "name"].iter().find_map(|name| what.get(name)?.as_str().map(str::to_owned)).unwrap()
        };
        told.map(|(kind, what)| format!("{kind} {}", name(&what))).collect()
    }

    /// The history.
    pub(crate) async fn history(&self) -> Vec<What> {
        let request = Request::get("/_redeliver/history").header("host", "localhost").body(Full::default()).unwrap();
        let response = self.send(request).await;
        let (_, lines) = jsonl::read(std::str::from_utf8(response.body()).unwrap()).unwrap();
        lines.into_iter().map(|line| line.record.what).collect()
    }

    /// Whether a call is answered at all; sends it on a connection of its own.
    pub(crate) async fn is_answered(&self, operation: &str, body: Value) -> bool {
        let stream = TokioIo::new(TcpStream::connect(self.address).await.unwrap());
        let (mut sender, connection) = hyper::client::conn::http1::handshake(stream).await.unwrap();
        tokio::spawn(connection);
        sender.send_request(self.json(operation, &[], body.to_string())).await.is_ok()
    }

    /// Makes a queue; gives its URL.
    pub(crate) async fn queue(&self, name: &str) -> String {
        let (_, answer) = self.call("CreateQueue", format!(r#"{{"QueueName":"{name}"}}"#)).await;
        answer["QueueUrl"].as_str().unwrap().to_owned()
    }

    /// Asks the control API; gives status and answer.
    pub(crate) async fn control(&self, method: &str, path: &str, body: impl Into<Bytes>) -> (u16, Value) {
        let request = Request::builder().method(method).uri(format!("/_redeliver{path}"));
        let request = request.header("host", self.address.to_string()).body(Full::new(body.into())).unwrap();
        let response = self.send(request).await;
        (response.status().as_u16(), serde_json::from_slice(response.body()).unwrap())
    }

    /// Comes back when so many calls wait for their answer.
    pub(crate) async fn waits(&self, calls: u64) {
        while self.control("GET", "/clock", "").await.1["waiting"] != calls {}
    }

    /// Sends bytes as they are, then nothing more, and reads until the server closes.
    pub(crate) async fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(bytes).await.unwrap();
        stream.shutdown().await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// A client of the SDK that signs with this key and does not retry.
    pub(crate) fn sdk(&self, key: &str, secret: &str, token: Option<&str>) -> aws_sdk_sqs::config::Builder {
        aws_sdk_sqs::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(&self.url)
            .region(Region::new("eu-west-1"))
            .credentials_provider(Credentials::new(key, secret, token.map(str::to_owned), None, "test"))
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .retry_config(RetryConfig::disabled())
    }
}

/// Sends a request on a connection of its own.
pub(crate) async fn send(address: SocketAddr, request: Request<Full<Bytes>>) -> Response<Bytes> {
    let stream = TokioIo::new(TcpStream::connect(address).await.unwrap());
    let (mut sender, connection) = hyper::client::conn::http1::handshake(stream).await.unwrap();
    tokio::spawn(connection);
    whole(sender.send_request(request).await.unwrap()).await
}

/// Sends a request by HTTP/2 with prior knowledge.
pub(crate) async fn send_http2(address: SocketAddr, request: Request<Full<Bytes>>) -> Response<Bytes> {
    let stream = TokioIo::new(TcpStream::connect(address).await.unwrap());
    let (mut sender, connection) = hyper::client::conn::http2::handshake(TokioExecutor::new(), stream).await.unwrap();
    tokio::spawn(connection);
    whole(sender.send_request(request).await.unwrap()).await
}

/// Sends a request twice on one connection of HTTP/2; gives the statuses, none for what is not answered.
pub(crate) async fn twice_by_http2(address: SocketAddr, request: Request<Full<Bytes>>) -> [Option<u16>; 2] {
    let stream = TokioIo::new(TcpStream::connect(address).await.unwrap());
    let (mut sender, connection) = hyper::client::conn::http2::handshake(TokioExecutor::new(), stream).await.unwrap();
    tokio::spawn(connection);
    let mut statuses = [None, None];
    for status in &mut statuses {
        *status = sender.send_request(request.clone()).await.ok().map(|response| response.status().as_u16());
    }
    statuses
}

async fn whole(response: Response<hyper::body::Incoming>) -> Response<Bytes> {
    let (head, body) = response.into_parts();
    Response::from_parts(head, body.collect().await.unwrap().to_bytes())
}
