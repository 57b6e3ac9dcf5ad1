//! Channels of Kinesis: objects are put to an endpoint, and the control API shows what there is.

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use redeliver::server::{Bucket, Settings};
use redeliver::signing::Credentials;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use super::served::{Served, settings};

/// An endpoint that takes objects: tells method and path, the signature, and what was sent.
async fn endpoint() -> (String, mpsc::UnboundedReceiver<(String, String, Bytes)>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (sender, objects) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let sender = sender.clone();
            let service = service_fn(move |request: Request<Incoming>| {
                let sender = sender.clone();
                async move {
                    let (head, body) = request.into_parts();
                    let signature = head.headers["authorization"].to_str().unwrap().to_owned();
                    assert!(head.headers.contains_key("x-amz-content-sha256"), "{head:?}");
                    let body = body.collect().await?.to_bytes();
                    sender.send((format!("{} {}", head.method, head.uri.path()), signature, body)).unwrap();
                    Ok::<_, hyper::Error>(Response::new(Full::<Bytes>::default()))
                }
            });
            tokio::spawn(hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service));
        }
    });
    (address, objects)
}

impl Served {
    async fn kinesis(&self, operation: &str, body: Value) -> Value {
        let mut request = self.json(operation, &[], body.to_string());
        request.headers_mut().insert("content-type", "application/x-amz-json-1.1".parse().unwrap());
        request.headers_mut().insert("x-amz-target", format!("Kinesis_20131202.{operation}").parse().unwrap());
        let response = self.send(request).await;
        assert_eq!(response.status(), 200, "{operation}: {:?}", response.body());
        serde_json::from_slice(response.body()).unwrap_or_default()
    }

    async fn pass(&self, millis: u64) {
        self.control("POST", "/clock", json!({ "advance_ms": millis }).to_string()).await;
    }
}

/// A stream `s` with a channel that is ready.
async fn channel(served: &Served) {
    served
        .kinesis("CreateStream", json!({ "StreamName": "s", "StreamModeDetails": { "StreamMode": "ON_DEMAND" } }))
        .await;
    let (_, state) = served.control("GET", "/state", "").await;
    assert_eq!(state["streams"][0]["status"], "CREATING");
    served.pass(1_000).await;
    let created = json!({
        "ChannelName": "c",
        "ServiceExecutionRoleARN": "arn:aws:iam::000000000000:role/delivery",
        "StreamConfigurationList": [{
            "StreamARN": "arn:aws:kinesis:us-east-1:000000000000:stream/s",
            "RecordConfiguration": { "RecordFormatType": "STRING" },
        }],
        "S3DestinationConfiguration": { "StorageConfiguration": {
            "BucketARN": "arn:aws:s3:::bucket",
            "ExpectedBucketOwner": "000000000000",
            "CompressionType": "NONE",
            "OutputKeyTemplate": "a=!{stream-name}/it's",
        } },
    });
    let answer = served.kinesis("CreateChannel", created).await;
    assert_eq!(answer["ChannelDescription"]["ChannelStatus"], "CREATING");
    served.pass(1_000).await;
}

#[tokio::test]
async fn objects_are_put_to_the_endpoint_that_was_named() {
    let (url, mut objects) = endpoint().await;
    let bucket = Bucket::new(&url, Credentials::new("AKIA", "secret", None));
    let served = Served::with(Settings { channel_bucket: Some(bucket), ..settings() }).await;
    channel(&served).await;
    served.kinesis("PutRecord", json!({ "StreamName": "s", "PartitionKey": "k", "Data": "aGVsbG8=" })).await;
    served.pass(300_000).await;
    let (what, signature, body) = objects.recv().await.unwrap();
    assert!(what.starts_with("PUT /bucket/a%3Ds/it%27s-"), "{what}");
    assert!(signature.contains("Credential=AKIA/") && signature.contains("/us-east-1/s3/aws4_request"), "{signature}");
    assert_eq!(&*body, b"hello");
}

#[tokio::test]
async fn state_shows_streams_with_their_shards_and_channels() {
    let served = Served::start().await;
    channel(&served).await;
    served.kinesis("PutRecord", json!({ "StreamName": "s", "PartitionKey": "k", "Data": "aGVsbG8=" })).await;
    served.pass(300_000).await;
    let (_, outbox) = served.control("GET", "/outbox", "").await;
    assert_eq!((&outbox["entries"][0]["protocol"], &outbox["entries"][0]["message"]), (&json!("s3"), &json!("hello")));
    let (_, state) = served.control("GET", "/state", "").await;
    let stream = &state["streams"][0];
    assert_eq!(
        (&stream["name"], &stream["status"], &stream["mode"]),
        (&json!("s"), &json!("ACTIVE"), &json!("ON_DEMAND"))
    );
    let shards = stream["shards"].as_array().unwrap();
    let taken: u64 = shards.iter().map(|shard| shard["records_taken"].as_u64().unwrap()).sum();
    assert_eq!((shards.len(), taken, &shards[0]["id"]), (4, 1, &json!("shardId-000000000000")));
    let channel = &stream["channels"][0];
    assert_eq!(
        (&channel["status"], &channel["objects"], &channel["records"], &channel["due_at_ms"]),
        (&json!("ACTIVE"), &json!(1), &json!(1), &Value::Null)
    );
}
