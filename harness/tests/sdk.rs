//! The unmodified AWS SDK against the reference: calls, errors, accounts, regions, long times.

#![expect(clippy::unwrap_used, reason = "a failure of what surrounds a test is a failure of the test")]

use std::time::Duration;

use aws_sdk_kinesis::primitives::Blob;
use aws_sdk_kinesis::types::ShardIteratorType;
use aws_sdk_sqs::Client;
use aws_sdk_sqs::config::Region;
use aws_sdk_sqs::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_sqs::types::MessageSystemAttributeName;
use redeliver::{Harness, Oracle, Profile, credentials};

async fn queue(sqs: &Client, name: &str) -> String {
    sqs.create_queue().queue_name(name).send().await.unwrap().queue_url.unwrap()
}

#[tokio::test(start_paused = true)]
async fn message_is_sent_received_and_deleted() {
    let harness = Harness::builder().build();
    let sqs = harness.sqs();
    let url = queue(&sqs, "jobs").await;
    assert_eq!(url, "https://sqs.us-east-1.amazonaws.com/000000000000/jobs");

    let sent = sqs.send_message().queue_url(&url).message_body("hello").send().await.unwrap();
    assert_eq!(sent.md5_of_message_body(), Some("5d41402abc4b2a76b9719d911017c592"));

    let receive =
        || sqs.receive_message().queue_url(&url).message_system_attribute_names(MessageSystemAttributeName::All);
    let received = receive().send().await.unwrap();
    let [message] = received.messages() else { panic!("{received:?}") };
    assert_eq!((message.body(), message.message_id()), (Some("hello"), sent.message_id()));
    let attributes = message.attributes().unwrap();
    assert_eq!(attributes[&MessageSystemAttributeName::SenderId], "AIDAXXXXX000000000000");
    assert_eq!(attributes[&MessageSystemAttributeName::SentTimestamp], "1735689600000");

    let handle = message.receipt_handle().unwrap();
    sqs.delete_message().queue_url(&url).receipt_handle(handle).send().await.unwrap();
    harness.clock().advance(Duration::from_mins(1)).await;
    assert_eq!(receive().send().await.unwrap().messages(), []);
}

#[tokio::test(start_paused = true)]
async fn errors_have_the_query_code_the_type_and_the_request_id() {
    let harness = Harness::builder().build();
    let sqs = harness.sqs();
    let error = sqs.get_queue_url().queue_name("nobody").send().await.unwrap_err();
    assert_eq!(error.code(), Some("AWS.SimpleQueueService.NonExistentQueue"));
    assert_eq!(error.message(), Some("The specified queue does not exist."));
    assert!(error.meta().extra("aws_request_id").is_some_and(|id| id.len() == 36), "{error:?}");
    let SdkError::ServiceError(error) = error else { panic!("{error:?}") };
    assert_eq!(error.raw().status().as_u16(), 400);
    assert!(error.err().is_queue_does_not_exist());

    let url = queue(&sqs, "jobs").await;
    let error = sqs.send_message().queue_url(&url).message_body("").send().await.unwrap_err();
    assert_eq!(error.code(), Some("MissingParameter"));
    assert_eq!(error.message(), Some("The request must contain the parameter MessageBody."));

    sqs.purge_queue().queue_url(&url).send().await.unwrap();
    let SdkError::ServiceError(error) = sqs.purge_queue().queue_url(&url).send().await.unwrap_err() else { panic!() };
    assert_eq!(error.raw().status().as_u16(), 403);
    assert_eq!(error.err().code(), Some("AWS.SimpleQueueService.PurgeQueueInProgress"));
}

#[tokio::test(start_paused = true)]
async fn fourteen_days_of_retention_cost_nothing() {
    let harness = Harness::builder().build();
    let sqs = harness.sqs();
    let create = sqs.create_queue().queue_name("slow").attributes("MessageRetentionPeriod".into(), "1209600");
    let url = create.send().await.unwrap().queue_url.unwrap();
    let send = || sqs.send_message().queue_url(&url).message_body("job").send();
    let count = || async {
        let receive = sqs.receive_message().queue_url(&url).visibility_timeout(0).max_number_of_messages(10);
        receive.send().await.unwrap().messages().len()
    };
    send().await.unwrap();
    let nearly = Duration::from_hours(14 * 24) - Duration::from_secs(1);
    harness.clock().advance(nearly).await;
    assert_eq!(count().await, 1);
    harness.clock().advance(Duration::from_secs(2)).await;
    assert_eq!(count().await, 0);
}

#[tokio::test(start_paused = true)]
async fn clients_of_one_harness_share_its_queues_and_harnesses_do_not() {
    let harness = Harness::builder().build();
    let url = queue(&harness.sqs(), "jobs").await;
    harness.sqs().send_message().queue_url(&url).message_body("job").send().await.unwrap();
    let received = harness.clone().sqs().receive_message().queue_url(&url).send().await.unwrap();
    assert_eq!(received.messages().len(), 1);

    let other = Harness::builder().build();
    let error = other.sqs().receive_message().queue_url(&url).send().await.unwrap_err();
    assert_eq!(error.code(), Some("AWS.SimpleQueueService.NonExistentQueue"));
}

#[tokio::test(start_paused = true)]
async fn accounts_and_regions_have_queues_of_their_own() {
    let harness = Harness::builder().account("111122223333").region("eu-west-1").build();
    let home = queue(&harness.sqs(), "jobs").await;
    assert_eq!(home, "https://sqs.eu-west-1.amazonaws.com/111122223333/jobs");

    let elsewhere = Client::from_conf(harness.sqs_config().region(Region::new("us-west-2")).build());
    assert_eq!(elsewhere.list_queues().send().await.unwrap().queue_urls(), [] as [String; 0]);

    let config = harness.sqs_config().credentials_provider(credentials("444455556666"));
    let other = Client::from_conf(config.build());
    assert_eq!(other.list_queues().send().await.unwrap().queue_urls(), [] as [String; 0]);
    assert_eq!(queue(&other, "jobs").await, "https://sqs.eu-west-1.amazonaws.com/444455556666/jobs");
    assert_eq!(harness.sqs().list_queues().send().await.unwrap().queue_urls(), [home]);
}

#[tokio::test(start_paused = true)]
async fn queue_urls_carry_the_host_that_was_asked() {
    let harness = Harness::builder().build();
    let local = Client::from_conf(harness.sqs_config().endpoint_url("http://localhost:4566").build());
    assert_eq!(queue(&local, "jobs").await, "http://localhost:4566/000000000000/jobs");
}

#[tokio::test(start_paused = true)]
async fn events_tell_the_story_once() {
    let harness = Harness::builder().build();
    let sqs = harness.sqs();
    let url = queue(&sqs, "jobs").await;
    harness.clock().advance(Duration::from_secs(1)).await;
    sqs.send_message().queue_url(&url).message_body("job").send().await.unwrap();
    let story: Vec<_> = harness
        .events()
        .into_iter()
        .map(|event| {
            let redeliver::Event::Sqs(event) = event else { panic!("it is of SQS: {event:?}") };
            let what = format!("{:?}", event.what);
            (event.at.as_millis(), what.split(' ').next().unwrap().to_owned())
        })
        .collect();
    let at = |millis, what: &str| (millis, what.to_owned());
    assert_eq!(story, [at(1_735_689_600_000, "QueueCreated"), at(1_735_689_601_000, "Sent")]);
    assert_eq!(harness.events(), []);

    let silent = Harness::builder().record_events(false).build();
    queue(&silent.sqs(), "jobs").await;
    assert_eq!(silent.events(), []);
}

/// Goal: the profiles differ as they say. Method: the same messages received one after the other under both.
#[tokio::test(start_paused = true)]
async fn profiles_differ_in_order_and_lose_nothing() {
    let mut orders = Vec::new();
    for profile in [Profile::Calm, Profile::Lifelike] {
        let harness = Harness::builder().seed(7).profile(profile).build();
        let sqs = harness.sqs();
        let url = queue(&sqs, "jobs").await;
        for number in 0..40 {
            sqs.send_message().queue_url(&url).message_body(format!("{number:02}")).send().await.unwrap();
        }
        let mut order: Vec<String> = Vec::new();
        while order.len() < 40 {
            let receive = sqs.receive_message().queue_url(&url).wait_time_seconds(1).max_number_of_messages(10);
            let received = receive.send().await.unwrap();
            assert!(!received.messages().is_empty(), "a long poll on a queue with messages came back empty");
            order.extend(received.messages().iter().map(|message| message.body().unwrap().to_owned()));
        }
        orders.push(order);
    }
    assert!(orders[0].is_sorted(), "calm: {:?}", orders[0]);
    assert!(!orders[1].is_sorted(), "lifelike: {:?}", orders[1]);
    orders[1].sort();
    assert_eq!(orders[0], orders[1]);
}

/// Breaks when a queue is made.
struct Broken;

impl Oracle for Broken {
    fn shards(&mut self) -> u16 {
        panic!("no shards today")
    }
}

#[tokio::test(start_paused = true)]
async fn panics_reach_callers_as_errors_of_the_service() {
    let harness = Harness::builder().oracle(Broken).build();
    let sqs = harness.sqs();
    for name in ["one", "two"] {
        let error = sqs.create_queue().queue_name(name).send().await.unwrap_err();
        assert_eq!(error.code(), Some("InternalFailure"));
        assert_eq!(error.message(), Some("internal failure: panicked: no shards today"));
    }
}

/// Streams are there at once, and reads find nothing.
struct Blind;

impl Oracle for Blind {
    fn transition(&mut self, _planned: Duration) -> Duration {
        Duration::ZERO
    }

    fn read(&mut self, _available: usize) -> usize {
        0
    }
}

#[tokio::test(start_paused = true)]
async fn answers_of_an_oracle_reach_streams() {
    let harness = Harness::builder().oracle(Blind).build();
    let kinesis = harness.kinesis();
    kinesis.create_stream().stream_name("s").shard_count(1).send().await.unwrap();
    let put = kinesis.put_record().stream_name("s").partition_key("k").data(Blob::new("d")).send().await.unwrap();
    let position = ShardIteratorType::TrimHorizon;
    let iterator = kinesis.get_shard_iterator().stream_name("s").shard_id(put.shard_id()).shard_iterator_type(position);
    let iterator = iterator.send().await.unwrap();
    let read = kinesis.get_records().set_shard_iterator(iterator.shard_iterator).send().await.unwrap();
    assert_eq!(read.records(), []);
}

#[tokio::test(start_paused = true)]
async fn raw_requests_are_answered_in_their_protocol() {
    let harness = Harness::builder().build();
    let json = |target: &str, body: &'static str| {
        http::Request::post("http://localhost/")
            .header("content-type", "application/x-amz-json-1.0")
            .header("x-amz-target", target)
            .body(body.into())
            .unwrap()
    };
    let texts = [
        (json("AmazonSQS.ListQueues", "{}"), 200, "{}"),
        (json("AmazonSQS.ListQueues", "{"), 400, r#"{"__type":"com.amazon.coral.service#SerializationException"}"#),
        (
            json("AmazonSQS.CreateQueue", r#"{"QueueName":"raw","Unknown":[1]}"#),
            200,
            r#"{"QueueUrl":"http://localhost/000000000000/raw"}"#,
        ),
        (
            json("AmazonSQS.CreateQueue", r#"{"QueueName":7}"#),
            400,
            r#"{"__type":"com.amazon.coral.service#SerializationException","Message":"NUMBER_VALUE can not be converted to a String"}"#,
        ),
    ];
    for (request, status, body) in texts {
        let response = harness.respond(request).await;
        let text = String::from_utf8(response.body().to_vec()).unwrap();
        assert_eq!((response.status().as_u16(), text.as_str()), (status, body));
        assert_eq!(response.headers()["content-type"], "application/x-amz-json-1.0");
    }
    let get = http::Request::get("http://localhost/000000000000/raw").body("".into()).unwrap();
    assert_eq!(harness.respond(get).await.status().as_u16(), 404);
}
