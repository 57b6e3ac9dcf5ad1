//! To standard queues.

use std::time::Duration;

use redeliver_core::sns::{CERTIFICATE_PATH, Happening};
use redeliver_core::{Limits, Oracle};
use redeliver_model::sns::PublishInput;

use crate::hub::{Hub, START, attribute, attributes, envelope, lets_in, publish, publish_to, queue_arn};

#[test]
fn message_arrives_in_an_envelope_as_soon_as_it_is_published() {
    let mut hub = Hub::new();
    let topic = hub.topic("t", &[]);
    let queue = hub.open_queue("q", &topic);
    let subscription = hub.subscribe(&topic, "sqs", &queue, &[]);
    let input = PublishInput {
        subject: Some("s".to_owned()),
        message_attributes: Some(attributes(&[("b", "Number", "1.5"), ("a", "String.Array", "[\"x\"]")])),
        ..publish(&topic, "hello")
    };
    let id = hub.publish_as(input);

    let message = hub.receive(&queue).remove(0);
    let body = message.body.clone().unwrap();
    let signature = envelope(&body)["Signature"].as_str().unwrap().to_owned();
    let expected = format!(
        r#"{{
  "Type" : "Notification",
  "MessageId" : "{id}",
  "TopicArn" : "{topic}",
  "Subject" : "s",
  "Message" : "hello",
  "Timestamp" : "2026-01-01T00:00:00.000Z",
  "SignatureVersion" : "1",
  "Signature" : "{signature}",
  "SigningCertURL" : "http://localhost:4566{CERTIFICATE_PATH}",
  "UnsubscribeURL" : "http://localhost:4566/?Action=Unsubscribe&SubscriptionArn={subscription}",
  "MessageAttributes" : {{
    "a" : {{"Type":"String.Array","Value":"[\"x\"]"}},
    "b" : {{"Type":"Number","Value":"1.5"}}
  }}
}}"#
    );
    assert_eq!(body, expected);
    assert_eq!(signature.len(), 344);
    assert_eq!(attribute(&message, "SentTimestamp"), Some(START.to_string()));
    assert_eq!(message.message_attributes, None);
    assert_ne!(message.message_id, Some(id));
}

#[test]
fn raw_message_is_the_body_and_its_attributes_are_those_of_the_queues_message() {
    let mut hub = Hub::new();
    let topic = hub.topic("t", &[]);
    let queue = hub.open_queue("q", &topic);
    hub.subscribe(&topic, "sqs", &queue, &[("RawMessageDelivery", "true")]);
    let input = PublishInput {
        message_attributes: Some(attributes(&[("attr1", "Number", "99.12"), ("attr2", "Number", "109.12")])),
        ..publish(&topic, "Test Message with two attributes")
    };
    hub.publish_as(input);
    let message = hub.receive(&queue).remove(0);
    assert_eq!(message.body.as_deref(), Some("Test Message with two attributes"));
    // Recorded on AWS.
    assert_eq!(message.md5_of_message_attributes.as_deref(), Some("9b720b3af309c1c4b0d395c53b08c502"));
    let types: Vec<_> = message.message_attributes.unwrap().into_values().map(|value| value.data_type).collect();
    assert_eq!(types, [Some("Number".to_owned()), Some("Number".to_owned())]);
}

#[test]
fn queue_that_does_not_let_the_topic_in_gets_nothing_and_a_loud_word_is_said() {
    let policies = [
        (None, "it has no policy"),
        (Some(lets_in("arn:aws:sns:us-east-1:000000000000:other")), "`sns.amazonaws.com` may not call sqs:SendMessage"),
    ];
    for (policy, why) in policies {
        let mut hub = Hub::new();
        let topic = hub.topic("t", &[]);
        let queue = hub.queue("q", policy.as_deref());
        hub.subscribe(&topic, "sqs", &queue, &[]);
        hub.publish(&topic, "m");
        assert_eq!(hub.bodies(&queue), [] as [String; 0]);
        let dropped = hub.dropped();
        assert!(dropped.len() == 1 && dropped[0].contains(why) && dropped[0].contains("aws:SourceArn"), "{dropped:?}");
    }
    let mut hub = Hub::with(Limits { policies: false, ..Limits::default() }, redeliver_core::Calm);
    let topic = hub.topic("t", &[]);
    let queue = hub.queue("q", None);
    hub.subscribe(&topic, "sqs", &queue, &[]);
    hub.publish(&topic, "m");
    assert_eq!(hub.messages(&queue), ["m"], "policies that are switched off bar nobody");
}

#[test]
fn queue_with_the_managed_key_of_sqs_takes_nothing() {
    let mut hub = Hub::new();
    let topic = hub.topic("t", &[]);
    let queue = hub.open_queue("q", &topic);
    hub.set_queue(&queue, "KmsMasterKeyId", "alias/aws/sqs");
    hub.subscribe(&topic, "sqs", &queue, &[]);
    hub.publish(&topic, "m");
    assert!(hub.dropped()[0].contains("alias/aws/sqs"), "{:?}", hub.dropped());
}

#[test]
fn dead_letter_queue_gets_what_a_deleted_queue_would_have_got() {
    for raw in ["true", "false"] {
        let mut hub = Hub::new();
        let topic = hub.topic("t", &[]);
        let [queue, dead] = ["q", "dead"].map(|name| hub.open_queue(name, &topic));
        let subscription = hub.subscribe(&topic, "sqs", &queue, &[("RawMessageDelivery", raw)]);
        hub.delete_queue(&queue);
        hub.publish(&topic, "lost");
        hub.set_subscription(&subscription, "RedrivePolicy", &format!(r#"{{"deadLetterTargetArn":"{dead}"}}"#));
        assert_eq!(hub.bodies(&dead), [] as [String; 0], "it gets later messages alone");

        let kept =
            PublishInput { message_attributes: Some(attributes(&[("a", "String", "x")])), ..publish(&topic, "kept") };
        hub.publish_as(kept);
        let message = hub.receive(&dead).remove(0);
        if raw == "true" {
            assert_eq!(message.body.as_deref(), Some("kept"));
            assert_eq!(message.message_attributes.unwrap().len(), 1);
        } else {
            assert_eq!(envelope(&message.body.unwrap())["Message"], "kept");
            assert_eq!(message.message_attributes, None);
        }
        let dead_lettered = hub.happenings().into_iter().filter_map(|what| match what {
            Happening::DeadLettered { to, .. } => Some(to.to_string()),
            _ => None,
        });
        assert_eq!(dead_lettered.collect::<Vec<_>>(), [dead]);
        assert_eq!(hub.dropped().len(), 1);
    }
}

#[test]
fn dead_letter_queue_has_to_let_the_topic_in_as_well() {
    let mut hub = Hub::new();
    let topic = hub.topic("t", &[]);
    let dead = hub.queue("dead", None);
    let redrive = format!(r#"{{"deadLetterTargetArn":"{dead}"}}"#);
    hub.subscribe(&topic, "sqs", &queue_arn("000000000000", "nowhere"), &[("RedrivePolicy", &redrive)]);
    hub.publish(&topic, "m");
    let dropped = hub.dropped();
    assert!(dropped[0].contains("there is no such queue; the dead-letter queue"), "{dropped:?}");
}

#[test]
fn raw_message_with_more_than_ten_attributes_is_discarded() {
    let mut hub = Hub::new();
    let topic = hub.topic("t", &[]);
    let queue = hub.open_queue("q", &topic);
    hub.subscribe(&topic, "sqs", &queue, &[("RawMessageDelivery", "true")]);
    let names: Vec<String> = (0..11).map(|number| format!("a{number}")).collect();
    let many: Vec<_> = names.iter().map(|name| (name.as_str(), "String", "x")).collect();
    for count in [10, 11] {
        hub.publish_as(PublishInput { message_attributes: Some(attributes(&many[..count])), ..publish(&topic, "m") });
    }
    assert_eq!(hub.bodies(&queue), ["m"]);
    assert!(hub.dropped()[0].contains("11 message attributes are too many"), "{:?}", hub.dropped());
}

#[test]
fn group_of_a_standard_topic_is_that_of_the_queues_message() {
    let mut hub = Hub::new();
    let topic = hub.topic("t", &[]);
    let queue = hub.open_queue("q", &topic);
    hub.subscribe(&topic, "sqs", &queue, &[]);
    hub.publish_as(publish_to(&topic, "tenant", "m"));
    let message = hub.receive(&queue).remove(0);
    assert_eq!(attribute(&message, "MessageGroupId").as_deref(), Some("tenant"));
    assert_eq!(attribute(&message, "MessageDeduplicationId"), None);
}

#[test]
fn each_protocol_gets_its_own_body_and_its_own_signature() {
    let mut hub = Hub::new();
    let topic = hub.topic("t", &[("SignatureVersion", "2")]);
    let queue = hub.open_queue("q", &topic);
    hub.subscribe(&topic, "sqs", &queue, &[]);
    hub.subscribe(&topic, "email-json", "a@example.com", &[]);
    let structured = PublishInput {
        message_structure: Some("json".to_owned()),
        ..publish(&topic, r#"{"default":"d","sqs":"for queues"}"#)
    };
    hub.publish_as(structured);
    let envelope = envelope(&hub.bodies(&queue)[0]);
    assert_eq!((&envelope["Message"], &envelope["SignatureVersion"]), (&"for queues".into(), &"2".into()));
}

#[test]
fn other_accounts_and_regions_are_reached_when_their_policy_lets_them() {
    let mut hub = Hub::new();
    let topic = hub.topic("t", &[]);
    hub.caller.account = "111111111111".into();
    hub.caller.region = "eu-west-1".into();
    hub.open_queue("q", &topic);
    let queue = "arn:aws:sqs:eu-west-1:111111111111:q";
    hub.caller.account = "000000000000".into();
    hub.caller.region = "us-east-1".into();
    hub.subscribe(&topic, "sqs", queue, &[]);
    // The queue's owner did not subscribe, so that the queue is asked.
    hub.caller.region = "eu-west-1".into();
    hub.caller.account = "111111111111".into();
    let asked = envelope(&hub.bodies(queue)[0]);
    assert_eq!(asked["Type"], "SubscriptionConfirmation");
    hub.caller.region = "us-east-1".into();
    hub.confirm(&topic, asked["Token"].as_str().unwrap());
    hub.caller.account = "000000000000".into();
    hub.publish(&topic, "far");
    hub.caller.account = "111111111111".into();
    hub.caller.region = "eu-west-1".into();
    assert_eq!(hub.messages(queue), ["far"]);
}

/// Delivers the first message late, and each message once more after a minute.
#[derive(Debug, Default)]
struct Unkind {
    first_is_late: bool,
}

impl Oracle for Unkind {
    fn delivery_lag(&mut self) -> Duration {
        if std::mem::replace(&mut self.first_is_late, true) { Duration::ZERO } else { Duration::from_secs(10) }
    }

    fn delivered_again(&mut self) -> Option<Duration> {
        Some(Duration::from_mins(1))
    }
}

#[test]
fn standard_topic_may_deliver_late_out_of_order_and_twice() {
    let mut hub = Hub::with(Limits::default(), Unkind::default());
    let topic = hub.topic("t", &[]);
    let queue = hub.open_queue("q", &topic);
    hub.subscribe(&topic, "sqs", &queue, &[]);
    hub.publish(&topic, "1");
    hub.publish(&topic, "2");
    assert_eq!(hub.messages(&queue), ["2"]);
    assert_eq!(hub.wakes_at(), Some(10_000));
    hub.wait(10_000);
    assert_eq!(hub.messages(&queue), ["1"]);
    hub.wait(60_000);
    assert_eq!(hub.messages(&queue), ["2", "1"]);
}
