//! Calls as clients make them: JSON, query, the SDK, over HTTP/1.1, HTTP/2 and TLS.

use std::sync::Arc;

use bytes::Bytes;
use http::Request;
use http_body_util::{BodyExt, Full};
use hyper_util::rt::TokioIo;
use redeliver::server::{Settings, Tls};
use serde_json::json;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::served::{Served, send_http2, settings};

#[tokio::test]
async fn message_goes_there_and_back() {
    let served = Served::start().await;
    let url = served.queue("q").await;
    assert_eq!(url, format!("{}/000000000000/q", served.url));
    let (status, sent) =
        served.call("SendMessage", json!({ "QueueUrl": url, "MessageBody": "hello" }).to_string()).await;
    assert_eq!((status, &sent["MD5OfMessageBody"]), (200, &json!("5d41402abc4b2a76b9719d911017c592")));
    let (_, received) = served.call("ReceiveMessage", json!({ "QueueUrl": url }).to_string()).await;
    assert_eq!(received["Messages"][0]["Body"], "hello");
    served.stop().await;
}

#[tokio::test]
async fn queue_urls_carry_the_host_that_was_asked() {
    let served = Served::start().await;
    let request = served.json("CreateQueue", &[], r#"{"QueueName":"q"}"#);
    let (mut head, body) = request.into_parts();
    head.headers.insert("host", "queues.test:99".parse().unwrap());
    let response = served.send(Request::from_parts(head, body)).await;
    assert_eq!(response.body(), r#"{"QueueUrl":"http://queues.test:99/000000000000/q"}"#);
    let request = b"GET /?Action=ListQueues HTTP/1.0\r\n\r\n";
    let listed = served.raw(request).await;
    assert!(
        listed.contains(&format!("<QueueUrl>{}/000000000000/q</QueueUrl>", served.url)),
        "without a host: {listed}"
    );
}

#[tokio::test]
async fn accounts_and_regions_are_those_of_the_signature() {
    let served = Served::start().await;
    let signed = |key: &str, region: &str| {
        let value = format!(
            "AWS4-HMAC-SHA256 Credential={key}/20250101/{region}/sqs/aws4_request, SignedHeaders=host, Signature=0"
        );
        let request = served.json("CreateQueue", &[("authorization", &value)], r#"{"QueueName":"q"}"#);
        served.send(request)
    };
    assert_eq!(signed("111122223333", "eu-west-1").await.status(), 200);
    assert_eq!(signed("AKIAEXAMPLE", "us-east-1").await.status(), 200);
    let (_, state) = served.control("GET", "/state", "").await;
    let arns: Vec<_> = state["queues"].as_array().unwrap().iter().map(|queue| queue["arn"].as_str().unwrap()).collect();
    assert_eq!(arns, ["arn:aws:sqs:us-east-1:000000000000:q", "arn:aws:sqs:eu-west-1:111122223333:q"]);
}

#[tokio::test]
async fn callers_learn_who_they_are() {
    let served = Served::start().await;
    let request = Request::post("/")
        .header("content-type", "application/x-www-form-urlencoded; charset=utf-8")
        .header("authorization", "AWS4-HMAC-SHA256 Credential=111122223333/20250101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=0")
        .body(Full::new(Bytes::from("Action=GetCallerIdentity&Version=2011-06-15")))
        .unwrap();
    let response = served.send(request).await;
    let body = String::from_utf8(response.body().to_vec()).unwrap();
    assert_eq!((response.status().as_u16(), response.headers()["content-type"].to_str().unwrap()), (200, "text/xml"));
    for part in
        ["<Account>111122223333</Account>", "<Arn>arn:aws:iam::111122223333:user/redeliver</Arn>", "<UserId>AIDA"]
    {
        assert!(body.contains(part), "{body}");
    }
}

#[tokio::test]
async fn sdk_is_served_as_it_is() {
    let served = Served::start().await;
    let sqs = aws_sdk_sqs::Client::from_conf(served.sdk("test", "test", None).build());
    let url = sqs.create_queue().queue_name("q").send().await.unwrap().queue_url.unwrap();
    sqs.send_message().queue_url(&url).message_body("m").send().await.unwrap();
    let received = sqs.receive_message().queue_url(&url).wait_time_seconds(20).send().await.unwrap();
    let handle = received.messages()[0].receipt_handle().unwrap();
    sqs.delete_message().queue_url(&url).receipt_handle(handle).send().await.unwrap();
    let gone = sqs.get_queue_url().queue_name("none").send().await.unwrap_err();
    assert!(gone.into_service_error().is_queue_does_not_exist());
}

#[tokio::test]
async fn http2_is_spoken_on_the_same_port() {
    let served = Served::start().await;
    let (mut head, body) = served.json("CreateQueue", &[], r#"{"QueueName":"q"}"#).into_parts();
    head.headers.remove("host");
    head.uri = format!("{}/", served.url).parse().unwrap();
    let response = send_http2(served.address, Request::from_parts(head, body)).await;
    let expected = format!(r#"{{"QueueUrl":"{}/000000000000/q"}}"#, served.url);
    assert_eq!((response.version(), response.body().as_ref()), (http::Version::HTTP_2, expected.as_bytes()));
}

#[tokio::test]
async fn tls_takes_a_client_that_trusts_the_certificate() {
    let tls = Tls::self_signed(&["localhost".to_owned()]).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(tls.certificate().as_bytes()).unwrap()).unwrap();
    let served = Served::with(Settings { tls: Some(tls), ..settings() }).await;
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let config = config.with_safe_default_protocol_versions().unwrap();
    let config = config.with_root_certificates(roots).with_no_client_auth();
    let stream = TcpStream::connect(served.address).await.unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    let stream = TlsConnector::from(Arc::new(config)).connect(name, stream).await.unwrap();
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    let response = sender.send_request(served.json("CreateQueue", &[], r#"{"QueueName":"q"}"#)).await.unwrap();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    assert_eq!(body, format!(r#"{{"QueueUrl":"https://{}/000000000000/q"}}"#, served.address));
    let plain = served.raw(b"GET /_redeliver/health HTTP/1.0\r\n\r\n").await;
    assert!(!plain.contains("200"), "plain HTTP is not answered: {plain}");
}
