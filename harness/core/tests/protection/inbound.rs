//! Messages on their way into a topic.

use redeliver_model::sns::{Command, PublishBatchInput, PublishBatchRequestEntry, Reply};
use serde_json::{Value, json};

use super::driver::{Driver, policy};

const DENIED: &str = "The data protection policy of the topic denies messages with EmailAddress";

#[test]
fn denied_message_is_refused_alone_in_its_batch() {
    let mut driver = Driver::new(Some(policy("Inbound", &json!({ "Deny": {} }))));
    assert_eq!(driver.publish("fine"), Ok(()));
    let error = driver.publish("write to me@example.com").unwrap_err().describe();
    assert_eq!((error.code, error.status, error.message.as_str()), ("AuthorizationError", 403, DENIED));
    let entry = |id: &str, message: &str| PublishBatchRequestEntry {
        id: Some(id.to_owned()),
        message: Some(message.to_owned()),
        ..Default::default()
    };
    let entries = vec![entry("a", "fine"), entry("b", "me@example.com")];
    let batch = PublishBatchInput { topic_arn: Some(driver.topic()), publish_batch_request_entries: Some(entries) };
    let Ok(Reply::PublishBatch(reply)) = driver.call(Command::PublishBatch(batch)) else { panic!("it is taken") };
    let ids = |ids: Vec<Option<String>>| ids.into_iter().flatten().collect::<Vec<_>>();
    assert_eq!(ids(reply.successful.unwrap().into_iter().map(|entry| entry.id).collect()), ["a"]);
    assert_eq!(ids(reply.failed.unwrap().into_iter().map(|entry| entry.id).collect()), ["b"]);
}

#[test]
fn what_is_found_is_told_to_every_destination() {
    let destinations = json!({ "CloudWatchLogs": { "LogGroup": "/aws/vendedlogs/x" }, "S3": { "Bucket": "b" } });
    let audit = json!({ "Audit": { "SampleRate": 99, "FindingsDestination": destinations } });
    let mut driver = Driver::new(Some(policy("Inbound", &audit)));
    // The first of a hundred is the one that is not taken.
    for message in ["me@example.com", "nothing", "to a@b.de"] {
        driver.publish(message).unwrap();
    }
    let entries = driver.outbox();
    let endpoints: Vec<&str> = entries.iter().map(|entry| entry.endpoint.as_str()).collect();
    assert_eq!(endpoints, ["CloudWatchLogs /aws/vendedlogs/x", "S3 b"]);
    let mut record: Value = serde_json::from_str(&entries[0].message).unwrap();
    assert_eq!(record["messageId"].take(), entries[0].message_id.to_text());
    let expected = json!({
        "messageId": null,
        "auditTimestamp": "2026-01-31T12:00:00.000Z",
        "callerPrincipal": "AIDAEXAMPLE",
        "resourceArn": "arn:aws:sns:us-east-1:000000000000:topic",
        "dataIdentifiers": [{ "name": "EmailAddress", "count": 1, "detections": [{ "start": 3, "end": 9 }] }],
    });
    assert_eq!(record, expected);
}
