//! The proxy: faults before another backend, which may check signatures, speak TLS, or be asked in any protocol.

use aws_sdk_sqs::Client;
use aws_sdk_sqs::error::ProvideErrorMetadata;
use bytes::Bytes;
use http::Request;
use http_body_util::Full;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use redeliver::chaos::{ChaosHttpClient, SharedChaos};
use redeliver::proxy::Upstream;
use redeliver::server::{Auth, Faults, Place, Settings, Tls};
use redeliver::signing::Credentials;
use redeliver_chaos::{Chaos, Mode, Plan, rules};
use redeliver_check::What;
use serde_json::{Value, json};

use super::served::{Served, send_http2, settings};

/// A plan in which this always happens.
fn plan(rule: &str) -> String {
    format!("plan: \"1.0\"\nabout: A test.\nrules:\n  - {{ rule: {rule}, probability: 1.0 }}\n")
}

/// Each message is handed out twice; deletions by the second handle are changed.
const TWICE: &str = "replica-duplicate, after: 0s";
/// Leases end at once, by a call of the faults' own.
const LEASE: &str = "lease-expires";

fn credentials() -> Credentials {
    Credentials::new("AKIA", "secret", None)
}

async fn verifying() -> Served {
    Served::with(Settings { auth: Auth::Verify("AKIA:secret".parse().unwrap()), ..settings() }).await
}

fn upstream(backend: &Served) -> Upstream {
    Upstream::parse(&backend.url).unwrap()
}

async fn before(upstream: Upstream, rule: &str) -> Served {
    let faults = Faults::draw("plan.yaml", &plan(rule), None, 7, Place::Proxy).unwrap();
    Served::with(Settings { upstream: Some(upstream), faults: Some(faults), ..settings() }).await
}

fn client(served: &Served) -> Client {
    Client::from_conf(served.sdk("AKIA", "secret", None).build())
}

/// A queue with one message.
async fn queue(sqs: &Client) -> String {
    let url = sqs.create_queue().queue_name("q").send().await.unwrap().queue_url.unwrap();
    sqs.send_message().queue_url(&url).message_body("m").send().await.unwrap();
    url
}

/// Receives a message twice and deletes it by the handle of its copy; gives the code of what went wrong.
async fn delete_a_copy(sqs: &Client) -> Option<String> {
    let url = queue(sqs).await;
    let mut handle = String::new();
    for _ in 0..2 {
        let received = sqs.receive_message().queue_url(&url).send().await.unwrap();
        received.messages()[0].receipt_handle().unwrap().clone_into(&mut handle);
    }
    assert!(handle.starts_with("redeliver-copy-"), "{handle}");
    let deleted = sqs.delete_message().queue_url(&url).receipt_handle(handle).send().await;
    deleted.err().map(|error| error.code().unwrap().to_owned())
}

/// The messages that the backend has.
async fn left(backend: &Served) -> Value {
    backend.control("GET", "/state", "").await.1["queues"][0]["messages"].clone()
}

#[tokio::test]
async fn what_faults_change_or_make_is_signed_anew_and_nothing_else() {
    let backend = verifying().await;
    let served = before(upstream(&backend).credentials(credentials()), TWICE).await;
    assert_eq!(delete_a_copy(&client(&served)).await, None);
    assert_eq!(left(&backend).await, json!([]));
    let stranger = Client::from_conf(served.sdk("AKIA", "guessed", None).build());
    let refused = stranger.list_queues().send().await.unwrap_err();
    assert_eq!(refused.code(), Some("InvalidSignatureException"));

    let backend = verifying().await;
    let served = before(upstream(&backend).credentials(credentials()), LEASE).await;
    let sqs = client(&served);
    let url = queue(&sqs).await;
    for _ in 0..2 {
        let received = sqs.receive_message().queue_url(&url).send().await.unwrap();
        assert_eq!(received.messages().len(), 1, "the lease is over at once");
    }

    let backend = verifying().await;
    let served = before(upstream(&backend).credentials(credentials()), "send-reply-lost").await;
    let sqs = client(&served);
    let url = sqs.create_queue().queue_name("q").send().await.unwrap().queue_url.unwrap();
    sqs.send_message().queue_url(&url).message_body("m").send().await.unwrap_err();
    assert_eq!(left(&backend).await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn void_signature_that_is_refused_is_told_with_its_remedy() {
    let backend = verifying().await;
    let served = before(upstream(&backend), TWICE).await;
    assert_eq!(delete_a_copy(&client(&served)).await.as_deref(), Some("ChangedRequestRefused"));
    let history = served.history().await;
    let Some(What::Fail { call, code, message }) = history.last() else { panic!("{history:?}") };
    assert_eq!((call.as_str(), code.as_str()), ("sqs:DeleteMessage", "ChangedRequestRefused"));
    assert!(message.contains("`--credentials`"), "{message}");

    // The faults' own call comes when the receive has had its effect.
    let backend = verifying().await;
    let served = before(upstream(&backend), LEASE).await;
    let sqs = client(&served);
    let url = queue(&sqs).await;
    let refused = sqs.receive_message().queue_url(&url).send().await.unwrap_err();
    assert_eq!(refused.code(), Some("ChangedRequestRefused"));
    assert!(matches!(served.history().await.last(), Some(What::Info { .. })));

    let backend = verifying().await;
    let served = before(upstream(&backend).credentials(Credentials::new("AKIA", "old", None)), TWICE).await;
    assert_eq!(delete_a_copy(&client(&served)).await.as_deref(), Some("ChangedRequestRefused"));
}

#[tokio::test]
async fn client_of_the_sdk_with_faults_in_it_signs_anew() {
    let wrapped = |backend: &Served, credentials: Option<Credentials>| {
        let plan = Plan::load("plan.yaml", &plan(TWICE), &rules::known(), None).unwrap();
        let chaos = SharedChaos::by_tokio(Chaos::new(&plan, 7, Mode::Draw));
        let mut http = ChaosHttpClient::wrap(aws_smithy_http_client::Builder::new().build_http(), &chaos);
        if let Some(credentials) = credentials {
            http = http.credentials(credentials);
        }
        Client::from_conf(backend.sdk("AKIA", "secret", None).http_client(http).build())
    };
    let backend = verifying().await;
    assert_eq!(delete_a_copy(&wrapped(&backend, Some(credentials()))).await, None);
    assert_eq!(left(&backend).await, json!([]));
    let refused = delete_a_copy(&wrapped(&verifying().await, None)).await;
    assert_eq!(refused.as_deref(), Some("ChangedRequestRefused"));
}

/// A form to the proxy; at the URL of a queue if that is about one.
fn form(served: &Served, pairs: &[(&str, &str)]) -> Request<Full<Bytes>> {
    let escaped = |text| utf8_percent_encode(text, NON_ALPHANUMERIC);
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
    Request::post("/")
        .header("host", served.address.to_string())
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Full::new(pairs.join("&").into()))
        .unwrap()
}

/// Asks for something in the query protocol.
async fn ask(served: &Served, pairs: &[(&str, &str)]) -> String {
    let response = served.send(form(served, pairs)).await;
    assert_eq!(response.status(), 200, "{:?}", response.body());
    String::from_utf8(response.body().to_vec()).unwrap()
}

fn part<'a>(text: &'a str, name: &str) -> &'a str {
    let (_, rest) = text.split_once(&format!("<{name}>")).unwrap_or_else(|| panic!("no {name} in {text}"));
    rest.split_once("</").unwrap().0
}

#[tokio::test]
async fn client_of_the_query_protocol_gets_copies_and_deletes_by_their_handles() {
    let backend = Served::start().await;
    let served = before(upstream(&backend), TWICE).await;
    let url = part(&ask(&served, &[("Action", "CreateQueue"), ("QueueName", "q")]).await, "QueueUrl").to_owned();
    ask(&served, &[("Action", "SendMessage"), ("QueueUrl", &url), ("MessageBody", "a <&> b")]).await;
    let receive = [("Action", "ReceiveMessage"), ("QueueUrl", &url), ("AttributeName.1", "All")];
    let (first, copy) = (ask(&served, &receive).await, ask(&served, &receive).await);
    for name in ["MessageId", "Body", "MD5OfBody"] {
        assert_eq!(part(&first, name), part(&copy, name));
    }
    assert_eq!(part(&copy, "Body"), "a &lt;&amp;&gt; b");
    let handle = part(&copy, "ReceiptHandle").to_owned();
    assert!(handle.starts_with("redeliver-copy-"), "{handle}");
    ask(&served, &[("Action", "DeleteMessage"), ("QueueUrl", &url), ("ReceiptHandle", &handle)]).await;
    assert_eq!(left(&backend).await, json!([]));
    // The history is read by the same invariants as that of other clients.
    let history = served.history().await;
    let bodies: Vec<_> = history
        .iter()
        .filter_map(|what| match what {
            What::Ok { call, output } if call == "sqs:ReceiveMessage" => Some(&output["Messages"][0]["Body"]),
            _ => None,
        })
        .collect();
    assert_eq!(bodies, ["a <&> b", "a <&> b"]);
}

#[tokio::test]
async fn clients_of_http2_are_passed_on_in_every_protocol() {
    let backend = Served::start().await;
    let served = before(upstream(&backend), TWICE).await;
    let by_http2 = async |request: Request<Full<Bytes>>| {
        let (mut head, body) = request.into_parts();
        head.headers.remove("host");
        head.uri = format!("{}/", served.url).parse().unwrap();
        let response = send_http2(served.address, Request::from_parts(head, body)).await;
        assert_eq!(response.status(), 200, "{:?}", response.body());
        String::from_utf8(response.body().to_vec()).unwrap()
    };
    let made = by_http2(served.json("CreateQueue", &[], r#"{"QueueName":"q"}"#)).await;
    let url = serde_json::from_str::<Value>(&made).unwrap()["QueueUrl"].as_str().unwrap().to_owned();
    assert_eq!(url, format!("{}/000000000000/q", served.url));
    by_http2(form(&served, &[("Action", "SendMessage"), ("QueueUrl", &url), ("MessageBody", "m")])).await;
    let receive = [("Action", "ReceiveMessage"), ("QueueUrl", &url)];
    by_http2(form(&served, &receive)).await;
    let copy = by_http2(form(&served, &receive)).await;
    let delete = json!({ "QueueUrl": url, "ReceiptHandle": part(&copy, "ReceiptHandle") });
    by_http2(served.json("DeleteMessage", &[], delete.to_string())).await;
    assert_eq!(left(&backend).await, json!([]));
}

/// The file of a certificate, in a folder that goes with it.
fn file(tls: &Tls) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ca.pem");
    std::fs::write(&path, tls.certificate()).unwrap();
    (folder, path)
}

#[tokio::test]
async fn backend_with_tls_is_asked_if_an_authority_vouches_for_it() {
    let tls = Tls::self_signed(&["127.0.0.1".to_owned()]).unwrap();
    let auth = Auth::Verify("AKIA:secret".parse().unwrap());
    let backend = Served::with(Settings { tls: Some(tls.clone()), auth, ..settings() }).await;
    let (_folder, path) = file(&tls);
    let trusting = Upstream::parse_trusting(&backend.url, &path).unwrap();
    assert_eq!(trusting.connect().await, Ok(()));
    // Named as itself, which changes every request, and the queue URLs, too.
    let served = before(trusting.named().credentials(credentials()), TWICE).await;
    let sqs = client(&served);
    assert_eq!(delete_a_copy(&sqs).await, None);
    let urls = sqs.list_queues().send().await.unwrap();
    assert_eq!(urls.queue_urls(), [format!("{}/000000000000/q", served.url)]);

    let (_folder, path) = file(&Tls::self_signed(&["127.0.0.1".to_owned()]).unwrap());
    let doubting = Upstream::parse_trusting(&backend.url, &path).unwrap();
    let reason = doubting.connect().await.unwrap_err();
    assert!(reason.contains("certificate"), "{reason}");
    let served = Served::with(Settings { upstream: Some(doubting), ..settings() }).await;
    let (status, answer) = served.call("ListQueues", "{}").await;
    let message = answer["Message"].as_str().unwrap();
    assert!(status == 502 && message.contains("does not answer") && message.contains("certificate"), "{answer}");
}

#[tokio::test]
async fn backend_that_is_gone_is_told_in_the_protocol_of_the_call() {
    let backend = Served::start().await;
    let served = Served::with(Settings { upstream: Some(upstream(&backend)), ..settings() }).await;
    backend.stop().await;
    let (status, answer) = served.call("ListQueues", "{}").await;
    assert_eq!((status, answer["__type"].as_str()), (502, Some("com.amazon.coral.service#ServiceUnavailable")));
    let response = served.send(form(&served, &[("Action", "ListQueues")])).await;
    let body = String::from_utf8(response.body().to_vec()).unwrap();
    assert_eq!((response.status().as_u16(), part(&body, "Code")), (502, "ServiceUnavailable"));
    assert!(part(&body, "Message").starts_with("the backend at 127.0.0.1:"), "{body}");
}
