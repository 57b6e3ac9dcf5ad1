//! Notifications of SNS over real HTTP, to this machine alone.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use redeliver::server::{Settings, Tls};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::Notify;

use super::served::{Served, settings};

/// What a webhook has got so far: type, content type and body of each request.
#[derive(Default)]
struct Seen {
    requests: Mutex<Vec<(String, String, String)>>,
    more: Notify,
}

impl Seen {
    /// The `number`-th request, from 0, once it is there.
    async fn request(&self, number: usize) -> (String, String, String) {
        loop {
            let more = self.more.notified();
            if let Some(request) = self.requests.lock().unwrap().get(number) {
                return request.clone();
            }
            more.await;
        }
    }
}

/// A webhook on a port of its own that answers with these statuses, and then with 200; gives its address.
async fn hook(seen: &Arc<Seen>, statuses: &'static [u16]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/hook?x=1", listener.local_addr().unwrap());
    let seen = Arc::clone(seen);
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let seen = Arc::clone(&seen);
            let service = service_fn(move |request: Request<Incoming>| {
                let seen = Arc::clone(&seen);
                async move {
                    let (head, body) = request.into_parts();
                    let body = String::from_utf8(body.collect().await?.to_bytes().to_vec()).unwrap();
                    let header = |name| head.headers[name].to_str().unwrap().to_owned();
                    assert_eq!(
                        (head.method.as_str(), head.uri.path(), head.uri.query()),
                        ("POST", "/hook", Some("x=1"))
                    );
                    let mut requests = seen.requests.lock().unwrap();
                    let status = statuses.get(requests.len()).copied().unwrap_or(200);
                    requests.push((header("x-amz-sns-message-type"), header("content-type"), body));
                    drop(requests);
                    seen.more.notify_waiters();
                    Ok::<_, hyper::Error>(Response::builder().status(status).body(Full::<Bytes>::default()).unwrap())
                }
            });
            tokio::spawn(hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service));
        }
    });
    address
}

impl Served {
    /// Calls SNS; gives what is in an element of the answer.
    async fn sns(&self, parameters: &[(&str, &str)], element: &str) -> String {
        let form: Vec<_> =
            parameters.iter().map(|(name, value)| format!("{name}={}", value.replace('&', "%26"))).collect();
        let request = Request::post("/")
            .header("host", self.address.to_string())
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Full::new(Bytes::from(format!("Version=2010-03-31&{}", form.join("&")))))
            .unwrap();
        let response = self.send(request).await;
        let xml = String::from_utf8(response.body().to_vec()).unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{xml}");
        let after = xml.split_once(&format!("<{element}>")).unwrap_or_else(|| panic!("{xml}")).1;
        after.split_once('<').unwrap().0.to_owned()
    }

    async fn topic(&self) -> String {
        self.sns(&[("Action", "CreateTopic"), ("Name", "t")], "TopicArn").await
    }

    async fn subscribe(&self, topic: &str, protocol: &str, endpoint: &str) {
        let parameters = [("Action", "Subscribe"), ("TopicArn", topic), ("Protocol", protocol), ("Endpoint", endpoint)];
        self.sns(&parameters, "SubscriptionArn").await;
    }

    async fn publish(&self, topic: &str, message: &str) {
        self.sns(&[("Action", "Publish"), ("TopicArn", topic), ("Message", message)], "MessageId").await;
    }

    /// Visits an address that a message told.
    async fn visit(&self, url: &str) -> Response<Bytes> {
        let path = url.strip_prefix(&self.url).unwrap_or_else(|| panic!("{url} is not below {}", self.url));
        let request = Request::get(path).header("host", self.address.to_string()).body(Full::default()).unwrap();
        self.send(request).await
    }
}

#[tokio::test]
async fn webhook_is_asked_confirms_fails_and_is_tried_again_when_the_clock_is_put_ahead() {
    let served = Served::start().await;
    let seen = Arc::new(Seen::default());
    let address = hook(&seen, &[200, 500]).await;
    let topic = served.topic().await;
    served.subscribe(&topic, "http", &address).await;
    let (kind, media, body) = seen.request(0).await;
    assert_eq!((kind.as_str(), media.as_str()), ("SubscriptionConfirmation", "text/plain; charset=UTF-8"));
    let asked: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(served.visit(asked["SubscribeURL"].as_str().unwrap()).await.status(), StatusCode::OK);
    let certificate = served.visit(asked["SigningCertURL"].as_str().unwrap()).await;
    assert!(certificate.body().starts_with(b"-----BEGIN CERTIFICATE-----"));

    served.publish(&topic, "m").await;
    let (kind, _, first) = seen.request(1).await;
    assert_eq!(kind, "Notification");
    // The next attempt is due 20 seconds after the answer, which the server may not have seen yet.
    let mut advanced = 0;
    while seen.requests.lock().unwrap().len() < 3 {
        served.control("POST", "/clock", r#"{"advance_ms":20000}"#).await;
        advanced += 1;
        tokio::task::yield_now().await;
        assert!(advanced < 10_000, "no further attempt is made");
    }
    assert_eq!(seen.request(2).await.2, first, "the same message");
    served.stop().await;
}

#[tokio::test]
async fn clock_tells_of_deliveries_in_the_air_and_ends_those_that_get_no_answer() {
    let served = Served::start().await;
    served.control("POST", "/clock", r#"{"frozen":true}"#).await;
    // The kernel takes connections, and nobody ever answers.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let topic = served.topic().await;
    served.subscribe(&topic, "http", &format!("http://{}/", silent.local_addr().unwrap())).await;
    let due = |clock: &Value| clock["due_ms"].as_u64().unwrap() - clock["now_ms"].as_u64().unwrap();
    // Until the attempt is made nothing is due.
    let clock = loop {
        let (_, clock) = served.control("GET", "/clock", "").await;
        if clock["due_ms"].is_u64() {
            break clock;
        }
        tokio::task::yield_now().await;
    };
    assert_eq!((&clock["posting"], due(&clock)), (&1.into(), 15_000));
    served.control("POST", "/clock", r#"{"advance_ms":15000}"#).await;
    let clock = loop {
        let (_, clock) = served.control("GET", "/clock", "").await;
        if clock["posting"] == 0 {
            break clock;
        }
        tokio::task::yield_now().await;
    };
    assert_eq!(due(&clock), 20_000, "the next attempt");
    served.stop().await;
}

#[tokio::test]
async fn what_may_not_leave_this_machine_is_in_the_outbox() {
    let served = Served::start().await;
    let topic = served.topic().await;
    served.subscribe(&topic, "https", "https://hooks.example.com/a").await;
    let (status, outbox) = served.control("GET", "/outbox", "").await;
    let entry = &outbox["entries"][0];
    assert_eq!(
        (status, &entry["protocol"], &entry["endpoint"]),
        (200, &"https".into(), &"https://hooks.example.com/a".into())
    );
    assert_eq!(entry["attributes"]["x-amz-sns-message-type"], "SubscriptionConfirmation");
    served.stop().await;
}

#[tokio::test]
async fn webhook_may_speak_tls_with_a_certificate_of_its_own() {
    let tls = Tls::self_signed(&["localhost".to_owned()]).unwrap();
    let receiver = Served::with(Settings { tls: Some(tls), ..settings() }).await;
    let served = Served::start().await;
    let topic = served.topic().await;
    let address = format!("https://localhost:{}/", receiver.address.port());
    served.subscribe(&topic, "https", &address).await;
    // Another server of ours is no webhook: it refuses what it does not know, which is its last word.
    let dropped = loop {
        if let Some(line) = served.told().await.into_iter().find(|line| line.contains("dropped")) {
            break line;
        }
        tokio::task::yield_now().await;
    };
    assert!(dropped.starts_with("event "), "{dropped}");
    assert_eq!(served.control("GET", "/outbox", "").await.1["entries"], serde_json::json!([]));
    served.stop().await;
    receiver.stop().await;
}
