//! From FIFO topics.

use redeliver_model::sns::PublishInput;

use crate::hub::{Hub, attribute, envelope, publish, publish_to};

#[test]
fn fifo_queue_gets_groups_ids_and_order_of_the_topic() {
    let mut hub = Hub::new();
    let topic = hub.topic("t.fifo", &[]);
    let [one, two] = ["1.fifo", "2.fifo"].map(|name| hub.open_queue(name, &topic));
    hub.subscribe(&topic, "sqs", &one, &[]);
    hub.subscribe(&topic, "sqs", &two, &[("RawMessageDelivery", "true")]);
    let sent = [("a", "1"), ("b", "2"), ("a", "3"), ("b", "4")];
    for (group, message) in sent {
        hub.publish_as(publish_to(&topic, group, message));
    }
    let messages = hub.receive(&one);
    let seen: Vec<_> = messages
        .iter()
        .map(|message| {
            let envelope = envelope(message.body.as_deref().unwrap());
            assert_ne!(envelope["SequenceNumber"].as_str(), attribute(message, "SequenceNumber").as_deref());
            assert_eq!(envelope["SequenceNumber"].as_str().unwrap().len(), 20);
            assert!(envelope.get("Signature").is_none() && envelope.get("SigningCertURL").is_none());
            let name = |name| attribute(message, name).unwrap();
            (name("MessageGroupId"), name("MessageDeduplicationId"), envelope["Message"].as_str().unwrap().to_owned())
        })
        .collect();
    // A receive takes what it can of one group after the other.
    let expected = [("a", "1"), ("a", "3"), ("b", "2"), ("b", "4")];
    let expected = expected.map(|(group, message)| (group.to_owned(), message.to_owned(), message.to_owned()));
    assert_eq!(seen, expected);
    assert_eq!(hub.bodies(&two), ["1", "3", "2", "4"]);
}

#[test]
fn id_of_a_topic_that_makes_it_from_bodies_is_the_digest() {
    let mut hub = Hub::new();
    let topic = hub.topic("t.fifo", &[("ContentBasedDeduplication", "true")]);
    let queue = hub.open_queue("q.fifo", &topic);
    hub.subscribe(&topic, "sqs", &queue, &[]);
    let input = PublishInput { message_group_id: Some("g".to_owned()), ..publish(&topic, "Test") };
    let first = hub.publish_as(input.clone());
    assert_eq!(hub.publish_as(input), first, "a duplicate is answered as the first");
    let messages = hub.receive(&queue);
    // Recorded on AWS.
    let digest = "532eaabd9574880dbf76b9b8cc00832c20a6ec113d682299550d7a6e0f345e25";
    assert_eq!(messages.len(), 1);
    assert_eq!(attribute(&messages[0], "MessageDeduplicationId").as_deref(), Some(digest));
}

#[test]
fn standard_queue_gets_neither_group_nor_id() {
    let mut hub = Hub::new();
    let topic = hub.topic("t.fifo", &[]);
    let queue = hub.open_queue("q", &topic);
    hub.subscribe(&topic, "sqs", &queue, &[]);
    hub.publish_as(publish_to(&topic, "g", "m"));
    let message = hub.receive(&queue).remove(0);
    let absent = ["MessageGroupId", "MessageDeduplicationId", "SequenceNumber"].map(|name| attribute(&message, name));
    assert_eq!(absent, [None, None, None]);
}

#[test]
fn dead_letter_queue_of_a_fifo_subscription_keeps_groups_and_ids() {
    let mut hub = Hub::new();
    let topic = hub.topic("t.fifo", &[]);
    let [queue, dead] = ["q.fifo", "dead.fifo"].map(|name| hub.open_queue(name, &topic));
    let redrive = format!(r#"{{"deadLetterTargetArn":"{dead}"}}"#);
    hub.subscribe(&topic, "sqs", &queue, &[("RedrivePolicy", &redrive)]);
    hub.delete_queue(&queue);
    for message in ["1", "2"] {
        hub.publish_as(publish_to(&topic, "g", message));
    }
    let messages = hub.receive(&dead);
    let named: Vec<_> = messages
        .iter()
        .map(|message| ["MessageGroupId", "MessageDeduplicationId"].map(|name| attribute(message, name).unwrap()))
        .collect();
    assert_eq!(named, [["g", "1"], ["g", "2"]]);
}
