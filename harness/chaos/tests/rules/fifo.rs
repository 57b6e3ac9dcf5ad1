//! Rules on FIFO queues.

use std::time::Duration;

use redeliver_chaos::Break;
use redeliver_chaos::plan::Parameters;
use serde_json::{Value as Json, json};

use crate::backend::{Backend, Got, rule};

fn none() -> Parameters {
    Parameters::default()
}

fn queue(rule: &str, parameters: &Parameters) -> (Backend, String) {
    let mut backend = Backend::under(rule, parameters);
    let url = backend.queue("q.fifo", &json!({ "FifoQueue": "true" }));
    (backend, url)
}

fn message(url: &str, group: &str, id: &str) -> Json {
    json!({ "QueueUrl": url, "MessageBody": id, "MessageGroupId": group, "MessageDeduplicationId": id })
}

fn receive(url: &str, most: u32) -> Json {
    json!({ "QueueUrl": url, "MaxNumberOfMessages": most, "MessageSystemAttributeNames": ["All"] })
}

fn bodies(got: &Json) -> Vec<&str> {
    got["Messages"].as_array().into_iter().flatten().map(|message| message["Body"].as_str().unwrap()).collect()
}

#[test]
fn deduplication_window_passed_queues_a_retry_again() {
    let (mut backend, url) = queue("deduplication-window-passed", &none());
    let send = message(&url, "g", "a");
    backend.call("SendMessage", &send).result();
    assert_eq!(backend.passed(), Duration::from_secs(301));
    assert_eq!(bodies(&backend.direct("ReceiveMessage", &receive(&url, 10)).result()), ["a", "a"]);
}

#[test]
fn deduplication_swallows_a_message_that_was_accepted() {
    let (mut backend, url) = queue("deduplication-swallows", &none());
    let got = backend.call("SendMessage", &message(&url, "g", "a")).result();
    assert_eq!(got["MD5OfMessageBody"], "0cc175b9c0f1b6a831c399e269772661");
    assert_eq!(backend.direct("ReceiveMessage", &receive(&url, 10)), Got::Result(json!({})));
    assert!(rule("deduplication-swallows").legality().breaks_contract);
}

#[test]
fn orphaned_group_waits_while_others_go_on() {
    let (mut backend, url) = queue("orphaned-group", &none());
    for (group, id) in [("g", "a"), ("h", "b"), ("g", "c")] {
        backend.direct("SendMessage", &message(&url, group, id)).result();
    }
    let got = backend.call("ReceiveMessage", &receive(&url, 1)).result();
    assert_eq!(bodies(&got), [] as [&str; 0]);
    assert_eq!(bodies(&backend.direct("ReceiveMessage", &receive(&url, 10)).result()), ["b"]);
    backend.pass(Duration::from_secs(31));
    let again = backend.direct("ReceiveMessage", &receive(&url, 10)).result();
    assert_eq!(bodies(&again).iter().filter(|body| **body != "b").collect::<Vec<_>>(), [&"a", &"c"]);
}

#[test]
fn lost_fifo_receive_locks_its_group_for_the_whole_timeout() {
    let (mut backend, url) = queue("lost-fifo-receive", &none());
    backend.direct("SendMessage", &message(&url, "g", "a")).result();
    let got = backend.call("ReceiveMessage", &receive(&url, 1));
    assert_eq!(got, Got::Broken(Break::Reset));
    assert_eq!(backend.direct("ReceiveMessage", &receive(&url, 1)), Got::Result(json!({})));
    backend.pass(Duration::from_secs(31));
    assert_eq!(bodies(&backend.direct("ReceiveMessage", &receive(&url, 1)).result()), ["a"]);
}

#[test]
fn mixed_groups_come_in_one_receive() {
    let (mut backend, url) = queue("mixed-groups", &none());
    // A call that takes two of a group in flight, so that the next receive is not full.
    for (group, id) in [("g", "a"), ("h", "b"), ("g", "c")] {
        backend.direct("SendMessage", &message(&url, group, id)).result();
    }
    let got = backend.call("ReceiveMessage", &receive(&url, 10)).result();
    let mut found = bodies(&got);
    found.sort_unstable();
    assert_eq!((found, backend.fired()), (vec!["a", "b", "c"], 1));
}

#[test]
fn fifo_throttle_refuses_before_the_effect() {
    let (mut backend, url) = queue("fifo-throttle", &none());
    let got = backend.call("SendMessage", &message(&url, "g", "a"));
    assert_eq!(got, Got::error("RequestThrottled", 403));
    assert_eq!(backend.direct("ReceiveMessage", &receive(&url, 1)), Got::Result(json!({})));
}

#[test]
fn expired_handle_is_refused_by_the_queue_itself() {
    let (mut backend, url) = queue("expired-handle", &none());
    backend.direct("SendMessage", &message(&url, "g", "a")).result();
    let got = backend.direct("ReceiveMessage", &receive(&url, 1)).result();
    let delete = json!({ "QueueUrl": url, "ReceiptHandle": got["Messages"][0]["ReceiptHandle"] });
    let got = backend.call("DeleteMessage", &delete);
    assert_eq!(got, Got::error("InvalidParameterValueException", 400));
    assert_eq!(bodies(&backend.direct("ReceiveMessage", &receive(&url, 1)).result()), ["a"]);
}
