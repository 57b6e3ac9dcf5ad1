//! Rules on deletes, extensions, and on any call.

use std::time::Duration;

use redeliver_chaos::Break;
use redeliver_chaos::plan::Parameters;
use serde_json::{Value as Json, json};

use crate::backend::{Backend, Got, rule};

fn none() -> Parameters {
    Parameters::default()
}

/// A queue with one message, which is in flight, and what names it in a call.
fn in_flight(rule: &str, parameters: &Parameters) -> (Backend, String, Json) {
    let mut backend = Backend::under(rule, parameters);
    let url = backend.queue("q", &json!({}));
    backend.direct("SendMessage", &json!({ "QueueUrl": url, "MessageBody": "a" })).result();
    let got = backend.direct("ReceiveMessage", &json!({ "QueueUrl": url })).result();
    let named = json!({ "QueueUrl": url, "ReceiptHandle": got["Messages"][0]["ReceiptHandle"] });
    (backend, url, named)
}

fn extension(named: &Json, seconds: u32) -> Json {
    let mut extension = named.clone();
    extension["VisibilityTimeout"] = seconds.into();
    extension
}

/// How many messages a receive brings now.
fn seen(backend: &mut Backend, url: &str) -> usize {
    let got = backend.direct("ReceiveMessage", &json!({ "QueueUrl": url, "MaxNumberOfMessages": 10 })).result();
    got["Messages"].as_array().map_or(0, Vec::len)
}

#[test]
fn heartbeat_error_lets_the_lease_run_out() {
    let (mut backend, url, named) = in_flight("heartbeat-error", &none());
    let got = backend.call("ChangeMessageVisibility", &extension(&named, 600));
    assert_eq!(got, Got::error("RequestThrottled", 403));
    // The second attempt fails without another fault.
    let again = backend.call("ChangeMessageVisibility", &extension(&named, 600));
    assert_eq!((again, backend.fired()), (Got::error("RequestThrottled", 403), 1));
    backend.pass(Duration::from_secs(31));
    assert_eq!(seen(&mut backend, &url), 1);
}

#[test]
fn heartbeat_lost_reply_has_extended() {
    let (mut backend, url, named) = in_flight("heartbeat-lost-reply", &none());
    let got = backend.call("ChangeMessageVisibility", &extension(&named, 600));
    assert_eq!(got, Got::Broken(Break::Reset));
    backend.pass(Duration::from_secs(31));
    assert_eq!(seen(&mut backend, &url), 0);
}

#[test]
fn heartbeat_limit_refuses_and_is_out_of_contract() {
    let (mut backend, _, named) = in_flight("heartbeat-limit", &none());
    let got = backend.call("ChangeMessageVisibility", &extension(&named, 600));
    assert_eq!(got, Got::error("InvalidParameterValue", 400));
    assert!(rule("heartbeat-limit").legality().breaks_contract);
}

#[test]
fn stale_handle_deletes_nothing_and_says_so_to_nobody() {
    let (mut backend, url, named) = in_flight("stale-handle", &none());
    let got = backend.call("DeleteMessage", &named);
    assert_eq!(got, Got::Result(json!({})));
    assert_eq!(seen(&mut backend, &url), 1);
}

#[test]
fn late_again_brings_a_deleted_message_after_hours() {
    let (mut backend, url, named) = in_flight("late-again", &none().with("after", "6h"));
    let got = backend.call("DeleteMessage", &named);
    assert_eq!(got, Got::Result(json!({})));
    backend.pass(Duration::from_hours(5));
    assert_eq!(seen(&mut backend, &url), 0);
    backend.pass(Duration::from_hours(2));
    assert_eq!(seen(&mut backend, &url), 1);
}

#[test]
fn late_request_is_carried_out_after_newer_ones() {
    let (mut backend, url, named) = in_flight("late-request", &none().with("by", "40s"));
    // The consumer gives the message back; the request is under way while the message is received again.
    let got = backend.call("ChangeMessageVisibility", &extension(&named, 0));
    assert_eq!(got, Got::Broken(Break::Reset));
    backend.pass(Duration::from_secs(31));
    assert_eq!(seen(&mut backend, &url), 1);
    backend.pass(Duration::from_secs(10));
    // It arrives before this receive, ends the lease of another consumer, and the message is there once more.
    let input = json!({ "QueueUrl": url });
    let got = backend.call("ReceiveMessage", &input).result();
    assert_eq!(got["Messages"].as_array().map_or(0, Vec::len), 1);
}

#[test]
fn purge_window_takes_what_is_sent_after_the_purge() {
    let mut backend = Backend::under("purge-window", &none());
    let url = backend.queue("q", &json!({}));
    let got = backend.call("PurgeQueue", &json!({ "QueueUrl": url }));
    assert_eq!(got, Got::Result(json!({})));
    backend.direct("SendMessage", &json!({ "QueueUrl": url, "MessageBody": "a" })).result();
    backend.pass(Duration::from_secs(30));
    let got = backend.call("ReceiveMessage", &json!({ "QueueUrl": url }));
    assert_eq!(got, Got::Result(json!({})));
}

#[test]
fn refusals_come_before_the_effect() {
    let cases = [
        ("queue-missing", none(), Got::error("QueueDoesNotExist", 400)),
        ("kms-error", none(), Got::error("KmsThrottled", 400)),
        ("kms-error", none().with("error", "disabled"), Got::error("KmsDisabled", 400)),
        ("kms-error", none().with("error", "access-denied"), Got::error("KmsAccessDenied", 400)),
        ("clock-skew", none(), Got::error("InvalidSignatureException", 403)),
        ("expired-credentials", none(), Got::error("ExpiredTokenException", 403)),
    ];
    for (name, parameters, expected) in cases {
        let mut backend = Backend::under(name, &parameters);
        let url = backend.queue("q", &json!({}));
        let send = json!({ "QueueUrl": url, "MessageBody": "a" });
        assert_eq!(backend.call("SendMessage", &send), expected, "{name}");
        assert_eq!(seen(&mut backend, &url), 0, "{name}");
    }
}

#[test]
fn outage_lasts_and_is_one_fault() {
    let (mut backend, url, _) = in_flight("outage", &none().with("for", "5m"));
    let send = json!({ "QueueUrl": url, "MessageBody": "b" });
    assert_eq!(backend.call("SendMessage", &send), Got::Broken(Break::Refused));
    backend.pass(Duration::from_millis(299_999));
    assert_eq!(backend.call("ReceiveMessage", &json!({ "QueueUrl": url })), Got::Broken(Break::Refused));
    assert_eq!(backend.fired(), 1);
    assert_eq!(seen(&mut backend, &url), 1);
    // Afterwards the next one is drawn, since the rule always acts here.
    backend.pass(Duration::from_millis(1));
    assert_eq!(backend.call("ReceiveMessage", &json!({ "QueueUrl": url })), Got::Broken(Break::Refused));
    assert_eq!(backend.fired(), 2);
}

#[test]
fn poison_stands_before_the_message_that_was_sent() {
    let mut backend = Backend::under("poison", &none());
    let url = backend.queue("q.fifo", &json!({ "FifoQueue": "true" }));
    let send = json!({ "QueueUrl": url, "MessageBody": "a", "MessageGroupId": "g", "MessageDeduplicationId": "1" });
    backend.call("SendMessage", &send).result();
    let input = json!({ "QueueUrl": url, "MaxNumberOfMessages": 10 });
    let got = backend.direct("ReceiveMessage", &input).result();
    assert_eq!((&got["Messages"][0]["Body"], &got["Messages"][1]["Body"]), (&json!("{\"poison\":"), &json!("a")));
}

#[test]
fn a_rule_that_a_plan_has_twice_counts_each_place_once() {
    let rule = || redeliver_chaos::plan::RuleBuilder::new("service-error");
    let plan = redeliver_chaos::plan::Plan::builder("Twice.")
        .rule(rule().with("error", "throttled").nth(3))
        .rule(rule().nth(2).nth(3));
    let plan = plan.build(&redeliver_chaos::rules::known(), None).unwrap();
    let mut backend = Backend::of(&plan);
    let url = backend.queue("q", &json!({}));
    let send = json!({ "QueueUrl": url, "MessageBody": "a" });
    let got: Vec<_> = (0..4).map(|_| backend.call("SendMessage", &send)).collect();
    let errors: Vec<_> = got.into_iter().map(|got| matches!(got, Got::Error(..))).collect();
    assert_eq!(errors, [false, true, true, false]);
    assert_eq!(backend.places(), ["SendMessage(q, key=a)#2", "SendMessage(q, key=a)#3"]);
}
