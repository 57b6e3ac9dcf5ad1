//! Rules on batch calls.

use std::time::Duration;

use redeliver_chaos::plan::Parameters;
use serde_json::{Value as Json, json};

use crate::backend::{Backend, Got};

/// A queue with messages `m0` to `m2`, all in flight, and their handles as entries of a batch; the rule acts on those of the key.
fn in_flight(rule: &str, key: Option<&str>) -> (Backend, String, Json) {
    let mut backend = Backend::on(rule, &Parameters::default(), key);
    let url = backend.queue("q", &json!({}));
    for body in ["m0", "m1", "m2"] {
        backend.direct("SendMessage", &json!({ "QueueUrl": url, "MessageBody": body })).result();
    }
    let got = backend.call("ReceiveMessage", &json!({ "QueueUrl": url, "MaxNumberOfMessages": 10 })).result();
    let entries: Vec<_> = got["Messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|message| json!({ "Id": message["Body"], "ReceiptHandle": message["ReceiptHandle"] }))
        .collect();
    let mut entries = entries;
    entries.sort_by_key(|entry| entry["Id"].as_str().unwrap().to_owned());
    assert_eq!(entries.len(), 3);
    (backend, url, entries.into())
}

/// Ids that succeeded, and those that failed with code and blame.
fn told(got: Got) -> (Vec<String>, Vec<(String, String, bool)>) {
    let got = got.result();
    let text = |value: &Json| value.as_str().unwrap().to_owned();
    let rows = |name: &str| got[name].as_array().cloned().unwrap_or_default();
    let succeeded = rows("Successful").iter().map(|entry| text(&entry["Id"])).collect();
    let failed = rows("Failed")
        .iter()
        .map(|entry| (text(&entry["Id"]), text(&entry["Code"]), entry["SenderFault"].as_bool().unwrap()))
        .collect();
    (succeeded, failed)
}

/// Bodies that come back when all visibility timeouts are over.
fn left(backend: &mut Backend, url: &str) -> Vec<String> {
    backend.pass(Duration::from_hours(1));
    let got = backend.direct("ReceiveMessage", &json!({ "QueueUrl": url, "MaxNumberOfMessages": 10 })).result();
    let mut bodies: Vec<_> = got["Messages"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|message| message["Body"].as_str().unwrap().to_owned())
        .collect();
    bodies.sort();
    bodies
}

fn service(id: &str) -> (String, String, bool) {
    (id.to_owned(), "InternalError".to_owned(), false)
}

#[test]
fn delete_batch_partial_keeps_the_messages_of_entries_that_failed() {
    let (mut backend, url, entries) = in_flight("delete-batch-partial", Some("m1"));
    let got = backend.call("DeleteMessageBatch", &json!({ "QueueUrl": url, "Entries": entries }));
    assert_eq!(told(got), (vec!["m0".to_owned(), "m2".to_owned()], vec![service("m1")]));
    assert_eq!(left(&mut backend, &url), ["m1"]);
}

#[test]
fn a_batch_of_which_all_fails_never_reaches_the_backend() {
    let (mut backend, url, entries) = in_flight("delete-batch-partial", None);
    let got = backend.call("DeleteMessageBatch", &json!({ "QueueUrl": url, "Entries": entries }));
    assert_eq!(told(got), (vec![], vec![service("m0"), service("m1"), service("m2")]));
    assert_eq!(left(&mut backend, &url), ["m0", "m1", "m2"]);
}

#[test]
fn delete_batch_invalid_handle_blames_the_sender() {
    let (mut backend, url, entries) = in_flight("delete-batch-invalid-handle", Some("m1"));
    let got = backend.call("DeleteMessageBatch", &json!({ "QueueUrl": url, "Entries": entries }));
    let refused = ("m1".to_owned(), "ReceiptHandleIsInvalid".to_owned(), true);
    assert_eq!(told(got), (vec!["m0".to_owned(), "m2".to_owned()], vec![refused]));
    assert_eq!(left(&mut backend, &url), ["m1"]);
}

#[test]
fn delete_batch_false_failure_has_deleted_all() {
    let (mut backend, url, entries) = in_flight("delete-batch-false-failure", Some("m1"));
    let got = backend.call("DeleteMessageBatch", &json!({ "QueueUrl": url, "Entries": entries }));
    assert_eq!(told(got), (vec!["m0".to_owned(), "m2".to_owned()], vec![service("m1")]));
    assert_eq!(left(&mut backend, &url), [] as [&str; 0]);
}

#[test]
fn visibility_batch_partial_leaves_the_timeouts_of_entries_that_failed() {
    let (mut backend, url, mut entries) = in_flight("visibility-batch-partial", Some("m1"));
    for entry in entries.as_array_mut().unwrap() {
        entry["VisibilityTimeout"] = 600.into();
    }
    let got = backend.call("ChangeMessageVisibilityBatch", &json!({ "QueueUrl": url, "Entries": entries }));
    assert_eq!(told(got), (vec!["m0".to_owned(), "m2".to_owned()], vec![service("m1")]));
    backend.pass(Duration::from_secs(31));
    let got = backend.direct("ReceiveMessage", &json!({ "QueueUrl": url, "MaxNumberOfMessages": 10 })).result();
    let bodies: Vec<_> = got["Messages"].as_array().unwrap().iter().map(|message| &message["Body"]).collect();
    assert_eq!(bodies, ["m1"]);
}

/// A queue, and what sends `m0` to `m2` to it.
fn sending(rule: &str) -> (Backend, String, Json) {
    let mut backend = Backend::on(rule, &Parameters::default(), Some("m1"));
    let url = backend.queue("q", &json!({}));
    let entries: Vec<_> = ["m0", "m1", "m2"].iter().map(|id| json!({ "Id": id, "MessageBody": id })).collect();
    let batch = json!({ "QueueUrl": url, "Entries": entries });
    (backend, url, batch)
}

#[test]
fn send_batch_partial_never_queues_the_entries_that_failed() {
    let (mut backend, url, batch) = sending("send-batch-partial");
    let got = told(backend.call("SendMessageBatch", &batch));
    assert_eq!(got, (vec!["m0".to_owned(), "m2".to_owned()], vec![service("m1")]));
    assert_eq!(left(&mut backend, &url), ["m0", "m2"]);
}

#[test]
fn send_batch_false_failure_has_queued_all() {
    let (mut backend, url, batch) = sending("send-batch-false-failure");
    let got = told(backend.call("SendMessageBatch", &batch));
    assert_eq!(got, (vec!["m0".to_owned(), "m2".to_owned()], vec![service("m1")]));
    assert_eq!(left(&mut backend, &url), ["m0", "m1", "m2"]);
}
