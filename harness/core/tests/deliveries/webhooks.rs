//! To webhooks.

use redeliver_core::sns::{Attempted, Destination, Happening};
use redeliver_model::sns::PublishInput;

use crate::hub::{Attempt, Hub, attributes, envelope, publish};

const HOOK: &str = "http://shop.test/hook";

fn header<'a>(attempt: &'a Attempt, name: &str) -> Option<&'a str> {
    attempt.post.headers.iter().find(|(other, _)| *other == name).map(|(_, value)| value.as_str())
}

fn retry(policy: &str) -> String {
    format!(r#"{{"healthyRetryPolicy":{policy}}}"#)
}

#[test]
fn notification_has_the_headers_and_the_body_of_aws() {
    let mut hub = Hub::new();
    let topic = hub.topic("t", &[]);
    let subscription = hub.webhook(&topic, HOOK, &[]);
    let id = hub.publish(&topic, "m");
    let attempt = hub.attempts.remove(0);
    assert_eq!(attempt.post.to, Destination::Url(HOOK.to_owned()));
    let expected = [
        ("x-amz-sns-message-type", "Notification"),
        ("x-amz-sns-message-id", id.as_str()),
        ("x-amz-sns-topic-arn", topic.as_str()),
        ("x-amz-sns-subscription-arn", subscription.as_str()),
        ("content-type", "text/plain; charset=UTF-8"),
        ("user-agent", "Amazon Simple Notification Service Agent"),
        ("accept-encoding", "gzip,deflate"),
    ];
    let headers: Vec<_> = attempt.post.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(headers, expected);
    assert_eq!(envelope(&attempt.post.body)["MessageId"], id.as_str());
}

#[test]
fn raw_notification_is_the_message_alone() {
    let mut hub = Hub::new();
    let topic = hub.topic("t", &[]);
    let csv = r#"{"requestPolicy":{"headerContentType":"text/csv"}}"#;
    hub.webhook(&topic, HOOK, &[("RawMessageDelivery", "true"), ("DeliveryPolicy", csv)]);
    let message_attributes = Some(attributes(&[("a", "String", "x")]));
    hub.publish_as(PublishInput { message_attributes, ..publish(&topic, "a,b") });
    let attempt = &hub.attempts[0];
    assert_eq!(&*attempt.post.body, "a,b");
    assert_eq!(header(attempt, "x-amz-sns-rawdelivery"), Some("true"));
    assert_eq!(header(attempt, "content-type"), Some("text/csv"));
}

#[test]
fn failing_webhook_is_tried_three_more_times_and_then_the_message_goes_to_the_dead_letter_queue() {
    let mut hub = Hub::new();
    let topic = hub.topic("t", &[]);
    let dead = hub.open_queue("dead", &topic);
    hub.webhook(&topic, HOOK, &[("RedrivePolicy", &format!(r#"{{"deadLetterTargetArn":"{dead}"}}"#))]);
    let id = hub.publish(&topic, "m");
    let mut ids = Vec::new();
    let times = hub.run(|attempt| {
        ids.push(header(attempt, "x-amz-sns-message-id").unwrap().to_owned());
        Attempted::Answered(503)
    });
    assert_eq!(times, [0, 20_000, 40_000, 60_000]);
    assert_eq!(ids, vec![id; 4], "every attempt is of the same message");
    assert_eq!(hub.messages(&dead), ["m"]);
    let attempts: Vec<_> = hub
        .happenings()
        .into_iter()
        .filter_map(|what| match what {
            Happening::Failed { attempt, again_at, .. } => Some((*attempt, again_at.is_some())),
            _ => None,
        })
        .collect();
    assert_eq!(attempts, [(1, true), (2, true), (3, true), (4, false)]);
}

#[test]
fn every_phase_of_a_policy_has_its_delays() {
    let mut hub = Hub::new();
    let topic = hub.topic("t", &[]);
    let policy = r#"{"minDelayTarget":1,"maxDelayTarget":9,"numRetries":11,"numNoDelayRetries":2,"numMinDelayRetries":3,"numMaxDelayRetries":1}"#;
    hub.webhook(&topic, HOOK, &[("DeliveryPolicy", &retry(policy))]);
    hub.publish(&topic, "m");
    let times = hub.run(|_| Attempted::Failed("no connection".to_owned()));
    assert_eq!(times, [0, 0, 0, 1_000, 2_000, 3_000, 4_000, 7_000, 12_000, 19_000, 28_000, 37_000]);
    assert_eq!(hub.dropped(), ["no connection; the subscription has no dead-letter queue"]);
}

#[test]
fn webhook_that_comes_back_gets_the_message_once() {
    let mut hub = Hub::new();
    let topic = hub.topic("t", &[]);
    hub.webhook(&topic, HOOK, &[]);
    hub.publish(&topic, "m");
    let mut answers = [500, 429, 200].into_iter();
    let times = hub.run(|_| Attempted::Answered(answers.next().unwrap()));
    assert_eq!(times, [0, 20_000, 40_000]);
    assert!(matches!(hub.happenings().last(), Some(Happening::Delivered { .. })));
}

#[test]
fn refusal_of_the_client_is_the_last_word() {
    for code in [301, 400, 403, 404, 410] {
        let mut hub = Hub::new();
        let topic = hub.topic("t", &[]);
        hub.webhook(&topic, HOOK, &[]);
        hub.publish(&topic, "m");
        assert_eq!(hub.run(|_| Attempted::Answered(code)), [0]);
        assert_eq!(hub.dropped().len(), 1, "{code}");
    }
}

#[test]
fn no_attempt_is_made_after_an_hour() {
    let mut hub = Hub::new();
    let topic = hub.topic("t", &[]);
    let policy = r#"{"minDelayTarget":1200,"maxDelayTarget":1200,"numRetries":3}"#;
    hub.webhook(&topic, HOOK, &[("DeliveryPolicy", &retry(policy))]);
    hub.publish(&topic, "m");
    let attempt = hub.attempts.remove(0);
    // A slow first answer leaves no time for the last retry.
    hub.wait(15_000);
    hub.end_attempt(attempt.delivery, Attempted::Answered(500));
    let times = hub.run(|_| Attempted::Answered(500));
    assert_eq!(times, [1_215_000, 2_415_000]);
}

#[test]
fn subscription_that_vanishes_between_attempts_ends_them() {
    let mut hub = Hub::new();
    let topic = hub.topic("t", &[]);
    let subscription = hub.webhook(&topic, HOOK, &[]);
    hub.publish(&topic, "m");
    let attempt = hub.attempts.remove(0);
    hub.end_attempt(attempt.delivery, Attempted::Answered(500));
    hub.unsubscribe(&subscription);
    hub.attempts.clear();
    let times = hub.run(|attempt| panic!("{attempt:?}"));
    assert_eq!(times, [] as [u64; 0]);
    assert_eq!(hub.dropped(), ["its subscription is gone"]);
}

#[test]
fn rate_of_a_policy_spaces_deliveries_and_counts_as_no_attempt() {
    let mut hub = Hub::new();
    let topic = hub.topic("t", &[]);
    hub.webhook(&topic, HOOK, &[("DeliveryPolicy", r#"{"throttlePolicy":{"maxReceivesPerSecond":2}}"#)]);
    for message in ["1", "2", "3"] {
        hub.publish(&topic, message);
    }
    let times = hub.run(|_| Attempted::Answered(200));
    assert_eq!(times, [0, 500, 1_000]);
}

#[test]
fn message_without_a_receiver_is_kept_in_the_outbox_and_counts_as_delivered() {
    let mut hub = Hub::new();
    let topic = hub.topic("t", &[]);
    hub.webhook(&topic, HOOK, &[]);
    hub.publish(&topic, "m");
    assert_eq!(hub.run(|_| Attempted::Kept), [0]);
    let entry = hub.outbox().pop().unwrap();
    assert_eq!((entry.protocol, entry.endpoint.as_str()), ("http", HOOK));
    assert_eq!(entry.attributes["x-amz-sns-message-type"], "Notification");
    assert_eq!(envelope(&entry.message)["Message"], "m");
}
