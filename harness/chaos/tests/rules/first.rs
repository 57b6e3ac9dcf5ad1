//! The rules that find most: duplicates, lost answers, leases that end, order, errors.

use std::time::Duration;

use redeliver_chaos::Break;
use redeliver_chaos::plan::Parameters;
use serde_json::{Value as Json, json};

use crate::backend::{Backend, Got};

fn none() -> Parameters {
    Parameters::default()
}

/// A standard queue with these messages.
fn queue(rule: &str, parameters: &Parameters, bodies: &[&str]) -> (Backend, String) {
    let mut backend = Backend::under(rule, parameters);
    let url = backend.queue("q", &json!({}));
    for body in bodies {
        backend.direct("SendMessage", &json!({ "QueueUrl": url, "MessageBody": body })).result();
    }
    (backend, url)
}

fn receive(url: &str) -> Json {
    json!({ "QueueUrl": url, "MaxNumberOfMessages": 10, "MessageSystemAttributeNames": ["ApproximateReceiveCount"] })
}

/// What a delete of the first message of a receive says.
fn delete(url: &str, got: &Json) -> Json {
    json!({ "QueueUrl": url, "ReceiptHandle": got["Messages"][0]["ReceiptHandle"] })
}

fn bodies(got: &Json) -> Vec<&str> {
    got["Messages"].as_array().into_iter().flatten().map(|message| message["Body"].as_str().unwrap()).collect()
}

/// How many messages are there when all visibility timeouts are over.
fn left(backend: &mut Backend, url: &str) -> usize {
    backend.pass(Duration::from_mins(1));
    bodies(&backend.direct("ReceiveMessage", &receive(url)).result()).len()
}

#[test]
fn replica_duplicate_brings_a_copy_while_the_first_is_in_flight() {
    let (mut backend, url) = queue("replica-duplicate", &none(), &["a"]);
    let first = backend.call("ReceiveMessage", &receive(&url)).result();
    backend.pass(Duration::from_secs(1));
    let second = backend.call("ReceiveMessage", &receive(&url)).result();
    assert_eq!((bodies(&first), bodies(&second)), (vec!["a"], vec!["a"]));
    assert_eq!(first["Messages"][0]["MessageId"], second["Messages"][0]["MessageId"]);
    assert_ne!(first["Messages"][0]["ReceiptHandle"], second["Messages"][0]["ReceiptHandle"]);
    assert_eq!(second["Messages"][0]["Attributes"]["ApproximateReceiveCount"], "2");
    // The copy's handle is good for the message.
    backend.call("DeleteMessage", &delete(&url, &second)).result();
    assert_eq!(left(&mut backend, &url), 0);
}

#[test]
fn resurrected_brings_a_message_after_its_delete() {
    let (mut backend, url) = queue("resurrected", &none(), &["a"]);
    let first = backend.call("ReceiveMessage", &receive(&url)).result();
    backend.call("DeleteMessage", &delete(&url, &first)).result();
    backend.pass(Duration::from_secs(3));
    let again = backend.call("ReceiveMessage", &receive(&url)).result();
    assert_eq!(bodies(&again), ["a"]);
    // A delete of what is no longer there succeeds.
    backend.call("DeleteMessage", &delete(&url, &again)).result();
}

#[test]
fn lost_receive_leaves_the_messages_in_flight() {
    let (mut backend, url) = queue("lost-receive", &none(), &["a"]);
    assert_eq!(backend.call("ReceiveMessage", &receive(&url)), Got::Broken(Break::Reset));
    assert_eq!(backend.direct("ReceiveMessage", &receive(&url)), Got::Result(json!({})));
    backend.pass(Duration::from_secs(31));
    let got = backend.direct("ReceiveMessage", &receive(&url)).result();
    assert_eq!(got["Messages"][0]["Attributes"]["ApproximateReceiveCount"], "2");
}

#[test]
fn reordered_turns_a_receive_around() {
    let (mut calm, url) = queue("outage", &none(), &["a", "b", "c"]);
    let order = calm.direct("ReceiveMessage", &receive(&url)).result();
    let (mut backend, url) = queue("reordered", &none(), &["a", "b", "c"]);
    let turned = backend.call("ReceiveMessage", &receive(&url)).result();
    assert_eq!(bodies(&turned), bodies(&order).into_iter().rev().collect::<Vec<_>>());
}

#[test]
fn empty_short_poll_misses_messages_and_a_long_one_does_not() {
    let (mut backend, url) = queue("empty-short-poll", &none(), &["a"]);
    assert_eq!(backend.call("ReceiveMessage", &receive(&url)), Got::Result(json!({})));
    let long = json!({ "QueueUrl": url, "WaitTimeSeconds": 1 });
    assert_eq!(bodies(&backend.call("ReceiveMessage", &long).result()), ["a"]);
}

#[test]
fn lease_expires_makes_a_message_visible_at_once() {
    let (mut backend, url) = queue("lease-expires", &none(), &["a"]);
    let first = backend.call("ReceiveMessage", &receive(&url)).result();
    let second = backend.direct("ReceiveMessage", &receive(&url)).result();
    assert_eq!((bodies(&first), bodies(&second)), (vec!["a"], vec!["a"]));
}

#[test]
fn delete_reply_lost_has_deleted() {
    let (mut backend, url) = queue("delete-reply-lost", &none(), &["a"]);
    let got = backend.call("ReceiveMessage", &receive(&url)).result();
    assert_eq!(backend.call("DeleteMessage", &delete(&url, &got)), Got::Broken(Break::Reset));
    assert_eq!(left(&mut backend, &url), 0);
}

#[test]
fn delete_fails_has_not_deleted() {
    let (mut backend, url) = queue("delete-fails", &none(), &["a"]);
    let got = backend.call("ReceiveMessage", &receive(&url)).result();
    assert_eq!(backend.call("DeleteMessage", &delete(&url, &got)), Got::error("InternalFailure", 500));
    assert_eq!(left(&mut backend, &url), 1);
}

#[test]
fn delete_fails_at_each_attempt_and_not_at_the_next_call() {
    let (mut backend, url) = queue("delete-fails", &none(), &["a"]);
    let got = backend.call("ReceiveMessage", &receive(&url)).result();
    let input = delete(&url, &got);
    for attempt in 1..=3 {
        assert_eq!(backend.attempt(attempt, "DeleteMessage", &input), Got::error("InternalFailure", 500), "{attempt}");
    }
    assert_eq!((backend.fired(), left(&mut backend, &url)), (1, 1));
    backend.heal();
    assert_eq!(backend.attempt(4, "DeleteMessage", &input), Got::Result(json!({})));
}

#[test]
fn send_reply_lost_has_sent() {
    let (mut backend, url) = queue("send-reply-lost", &none(), &[]);
    let send = json!({ "QueueUrl": url, "MessageBody": "a" });
    assert_eq!(backend.call("SendMessage", &send), Got::Broken(Break::Reset));
    assert_eq!(left(&mut backend, &url), 1);
}

#[test]
fn errors_and_broken_connections_come_before_the_effect() {
    let cases = [
        ("service-error", none(), Got::error("InternalFailure", 500)),
        ("service-error", none().with("error", "unavailable"), Got::error("ServiceUnavailable", 503)),
        ("service-error", none().with("error", "throttled"), Got::error("ThrottlingException", 400)),
        ("connection-reset", none(), Got::Broken(Break::Reset)),
        ("connection-reset", none().with("how", "refused"), Got::Broken(Break::Refused)),
        ("connection-reset", none().with("how", "silent"), Got::Broken(Break::Silent)),
    ];
    for (name, parameters, expected) in cases {
        let (mut backend, url) = queue(name, &parameters, &[]);
        let send = json!({ "QueueUrl": url, "MessageBody": "a" });
        assert_eq!(backend.call("SendMessage", &send), expected, "{name}");
        assert_eq!(left(&mut backend, &url), 0, "{name}");
    }
}

#[test]
fn slow_reply_comes_after_the_effect() {
    let (mut backend, url) = queue("slow-reply", &none().with("by", "35s"), &[]);
    backend.call("SendMessage", &json!({ "QueueUrl": url, "MessageBody": "a" })).result();
    assert_eq!(backend.passed(), Duration::from_secs(35));
    assert_eq!(left(&mut backend, &url), 1);
}
