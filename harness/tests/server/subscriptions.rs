//! Subscriptions to shards pass through servers and proxies event by event, and faults end them there.

use aws_sdk_kinesis::Client;
use aws_sdk_kinesis::primitives::Blob;
use aws_sdk_kinesis::types::{ShardIteratorType, StartingPosition, SubscribeToShardEventStream};
use redeliver::proxy::Upstream;
use redeliver::server::{Faults, Place, Settings};

use super::served::{Served, settings};

const SHARD: &str = "shardId-000000000000";

fn faults(rule: &str, place: Place) -> Faults {
    let plan = format!("plan: \"1.0\"\nabout: A test.\nrules:\n  - {{ rule: {rule}, probability: 1.0 }}\n");
    Faults::draw("plan.yaml", &plan, None, 7, place).unwrap()
}

/// A client of this server.
fn client(served: &Served) -> Client {
    let sdk = served.sdk("AKIA", "secret", None).build();
    let config = aws_sdk_kinesis::Config::builder()
        .behavior_version_latest()
        .endpoint_url(&served.url)
        .region(aws_sdk_kinesis::config::Region::new("eu-west-1"))
        .credentials_provider(aws_sdk_kinesis::config::Credentials::new("AKIA", "secret", None, None, "test"))
        .retry_config(aws_sdk_kinesis::config::retry::RetryConfig::disabled());
    Client::from_conf(config.http_client(sdk.http_client().unwrap()).build())
}

/// A stream `orders` with one record and a consumer; the consumer's ARN. `backend` has them, `client` asks for them.
async fn consumer(backend: &Served, client: &Client) -> String {
    let later = || backend.control("POST", "/clock", r#"{"advance_ms":60000}"#);
    client.create_stream().stream_name("orders").shard_count(1).send().await.unwrap();
    later().await;
    let put = client.put_record().stream_name("orders").partition_key("k").data(Blob::new("a"));
    put.send().await.unwrap();
    let stream = client.describe_stream_summary().stream_name("orders").send().await.unwrap();
    let arn = stream.stream_description_summary.unwrap().stream_arn;
    let registered = client.register_stream_consumer().stream_arn(arn).consumer_name("c").send().await.unwrap();
    later().await;
    registered.consumer.unwrap().consumer_arn
}

/// How many records a subscription brings before it ends, and whether it breaks.
async fn subscribed(client: &Client, consumer: &str) -> (usize, bool) {
    let from = StartingPosition::builder().r#type(ShardIteratorType::TrimHorizon).build().unwrap();
    let subscribe = client.subscribe_to_shard().consumer_arn(consumer).shard_id(SHARD).starting_position(from);
    let (mut events, mut records) = (subscribe.send().await.unwrap().event_stream, 0);
    loop {
        match events.recv().await {
            Ok(Some(SubscribeToShardEventStream::SubscribeToShardEvent(event))) => records += event.records.len(),
            Ok(Some(other)) => panic!("{other:?}"),
            Ok(None) => return (records, false),
            Err(_) => return (records, true),
        }
    }
}

#[tokio::test]
async fn faults_end_subscriptions_in_a_server_and_before_another_backend() {
    // The first event comes at once, and is passed on or torn.
    for (rule, seen) in [("subscription-ends, after: 1", (1, false)), ("subscription-cut, after: 0", (0, true))] {
        let served = Served::with(Settings { faults: Some(faults(rule, Place::Serve)), ..settings() }).await;
        let sdk = client(&served);
        let arn = consumer(&served, &sdk).await;
        assert_eq!(subscribed(&sdk, &arn).await, seen, "{rule} in a server");

        let backend = Served::start().await;
        let upstream = Some(Upstream::parse(&backend.url).unwrap());
        let proxy = Served::with(Settings { upstream, faults: Some(faults(rule, Place::Proxy)), ..settings() }).await;
        let sdk = client(&proxy);
        let arn = consumer(&backend, &sdk).await;
        assert_eq!(subscribed(&sdk, &arn).await, seen, "{rule} in a proxy");
    }
}
