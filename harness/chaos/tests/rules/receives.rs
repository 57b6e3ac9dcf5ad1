//! Rules on receives, and on what queues say of themselves.

use std::time::Duration;

use redeliver_chaos::plan::Parameters;
use serde_json::{Value as Json, json};

use crate::backend::{Backend, Got};

fn none() -> Parameters {
    Parameters::default()
}

fn send(backend: &mut Backend, url: &str, bodies: &[&str]) {
    for body in bodies {
        backend.direct("SendMessage", &json!({ "QueueUrl": url, "MessageBody": body })).result();
    }
}

fn receive(url: &str, most: u32) -> Json {
    json!({ "QueueUrl": url, "MaxNumberOfMessages": most, "MessageSystemAttributeNames": ["All"] })
}

fn bodies(got: &Json) -> Vec<&str> {
    got["Messages"].as_array().into_iter().flatten().map(|message| message["Body"].as_str().unwrap()).collect()
}

#[test]
fn duplicate_in_batch_brings_one_message_twice_with_two_handles() {
    let mut backend = Backend::on("duplicate-in-batch", &none(), Some("a"));
    let url = backend.queue("q", &json!({}));
    send(&mut backend, &url, &["a"]);
    let got = backend.call("ReceiveMessage", &receive(&url, 10)).result();
    assert_eq!(bodies(&got), ["a", "a"]);
    let [first, second] = [0, 1].map(|index| &got["Messages"][index]);
    assert_eq!(first["MessageId"], second["MessageId"]);
    assert_ne!(first["ReceiptHandle"], second["ReceiptHandle"]);
    // The copy's handle deletes the message.
    let delete = json!({ "QueueUrl": url, "ReceiptHandle": second["ReceiptHandle"] });
    backend.call("DeleteMessage", &delete).result();
    backend.pass(Duration::from_secs(31));
    assert_eq!(backend.direct("ReceiveMessage", &receive(&url, 10)), Got::Result(json!({})));
}

#[test]
fn duplicate_in_batch_needs_room() {
    let mut backend = Backend::under("duplicate-in-batch", &none());
    let url = backend.queue("q", &json!({}));
    send(&mut backend, &url, &["a"]);
    assert_eq!(bodies(&backend.call("ReceiveMessage", &receive(&url, 1)).result()), ["a"]);
    assert_eq!(backend.fired(), 0);
}

#[test]
fn late_delivery_brings_the_message_minutes_later() {
    let mut backend = Backend::under("late-delivery", &none().with("for", "5m"));
    let url = backend.queue("q", &json!({}));
    send(&mut backend, &url, &["a"]);
    assert_eq!(backend.call("ReceiveMessage", &receive(&url, 10)), Got::Result(json!({})));
    backend.pass(Duration::from_secs(299));
    assert_eq!(backend.direct("ReceiveMessage", &receive(&url, 10)), Got::Result(json!({})));
    backend.pass(Duration::from_secs(2));
    assert_eq!(bodies(&backend.direct("ReceiveMessage", &receive(&url, 10)).result()), ["a"]);
}

#[test]
fn small_batch_brings_one_of_many() {
    let mut backend = Backend::under("small-batch", &none());
    let url = backend.queue("q", &json!({}));
    send(&mut backend, &url, &["a", "b", "c"]);
    let got = backend.call("ReceiveMessage", &receive(&url, 10)).result();
    assert_eq!(bodies(&got).len(), 1);
    assert_eq!(bodies(&backend.direct("ReceiveMessage", &receive(&url, 10)).result()).len(), 2);
}

#[test]
fn stale_counts_say_none_or_too_many() {
    for (parameters, expected) in [(none(), "0"), (none().with("add", 5), "7")] {
        let mut backend = Backend::under("stale-counts", &parameters);
        let url = backend.queue("q", &json!({}));
        send(&mut backend, &url, &["a", "b"]);
        let input = json!({ "QueueUrl": url, "AttributeNames": ["ApproximateNumberOfMessages", "QueueArn"] });
        let got = backend.call("GetQueueAttributes", &input).result();
        let arn = "arn:aws:sqs:us-east-1:000000000000:q";
        assert_eq!(got, json!({ "Attributes": { "ApproximateNumberOfMessages": expected, "QueueArn": arn } }));
    }
}

#[test]
fn receive_count_jump_counts_receives_that_nobody_saw() {
    let mut backend = Backend::under("receive-count-jump", &none().with("by", 3));
    let url = backend.queue("q", &json!({}));
    send(&mut backend, &url, &["a"]);
    let got = backend.call("ReceiveMessage", &receive(&url, 1)).result();
    assert_eq!(got["Messages"][0]["Attributes"]["ApproximateReceiveCount"], "4");
}

#[test]
fn late_receive_hands_over_messages_that_have_aged() {
    let mut backend = Backend::under("late-receive", &none().with("by", "25s"));
    let url = backend.queue("q", &json!({}));
    send(&mut backend, &url, &["a"]);
    let got = backend.call("ReceiveMessage", &receive(&url, 1)).result();
    assert_eq!((bodies(&got), backend.passed()), (vec!["a"], Duration::from_secs(25)));
    // Six seconds later the lease that the consumer believes to have is over.
    backend.pass(Duration::from_secs(6));
    assert_eq!(bodies(&backend.direct("ReceiveMessage", &receive(&url, 1)).result()), ["a"]);
}

#[test]
fn in_flight_limit_is_an_error_for_short_polls_and_nothing_for_long_ones() {
    let mut backend = Backend::under("in-flight-limit", &none());
    let url = backend.queue("q", &json!({}));
    send(&mut backend, &url, &["a"]);
    let short = backend.call("ReceiveMessage", &receive(&url, 1));
    assert_eq!(short, Got::error("OverLimit", 403));
    let long = json!({ "QueueUrl": url, "WaitTimeSeconds": 20 });
    assert_eq!(backend.call("ReceiveMessage", &long), Got::Result(json!({})));
    assert_eq!(backend.passed(), Duration::from_secs(20));
}

#[test]
fn retention_expiry_ends_a_message() {
    let mut backend = Backend::under("retention-expiry", &none());
    let url = backend.queue("q", &json!({}));
    send(&mut backend, &url, &["a"]);
    let got = backend.call("ReceiveMessage", &receive(&url, 10));
    assert_eq!(got, Got::Result(json!({})));
    backend.pass(Duration::from_hours(1));
    assert_eq!(backend.direct("ReceiveMessage", &receive(&url, 10)), Got::Result(json!({})));
}

#[test]
fn dangling_pointer_names_a_key_that_nobody_has_written() {
    let mut backend = Backend::under("dangling-pointer", &none());
    let url = backend.queue("q", &json!({}));
    let pointer = r#"["software.amazon.payloadoffloading.PayloadS3Pointer",{"s3BucketName":"b","s3Key":"k"}]"#;
    send(&mut backend, &url, &[pointer, "[1]"]);
    let got = backend.call("ReceiveMessage", &receive(&url, 10)).result();
    let mut found = bodies(&got);
    found.sort_unstable();
    assert_eq!(found, [&pointer.replace("\"k\"", "\"k-gone\""), "[1]"]);
    let changed = got["Messages"].as_array().unwrap().iter().find(|message| message["Body"] != "[1]").unwrap();
    assert_eq!(changed["MD5OfBody"], "8f3f561b24f1236af90a6805fb3b3411");
}

#[test]
fn late_redrive_brings_back_what_was_dead_lettered() {
    let mut backend = Backend::under("late-redrive", &none().with("from", "arn:aws:sqs:us-east-1:000000000000:dead"));
    let dead = backend.queue("dead", &json!({}));
    let policy = json!({ "deadLetterTargetArn": "arn:aws:sqs:us-east-1:000000000000:dead", "maxReceiveCount": 1 });
    let url = backend.queue("q", &json!({ "RedrivePolicy": policy.to_string() }));
    send(&mut backend, &url, &["a"]);
    backend.direct("ReceiveMessage", &receive(&url, 1)).result();
    backend.pass(Duration::from_secs(31));
    assert_eq!(backend.direct("ReceiveMessage", &receive(&url, 1)), Got::Result(json!({})));
    backend.call("ReceiveMessage", &receive(&url, 1)).result();
    backend.pass(Duration::from_secs(5));
    assert_eq!(bodies(&backend.direct("ReceiveMessage", &receive(&url, 1)).result()), ["a"]);
    assert_eq!(backend.direct("ReceiveMessage", &receive(&dead, 1)), Got::Result(json!({})));
}
