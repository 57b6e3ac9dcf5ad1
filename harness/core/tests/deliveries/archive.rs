//! The past of FIFO topics.

use redeliver_model::sns::{Command, GetSubscriptionAttributesInput, Reply};

use crate::hub::{Hub, envelope, publish_to};

fn subscription_attribute(hub: &mut Hub, subscription: &str, name: &str) -> Option<String> {
    let input = GetSubscriptionAttributesInput { subscription_arn: Some(subscription.to_owned()) };
    let Reply::GetSubscriptionAttributes(got) = hub.sns(Command::GetSubscriptionAttributes(input)) else { panic!() };
    got.attributes.unwrap().get(name).cloned()
}

#[test]
fn subscription_gets_the_past_that_it_asks_for_and_then_the_present() {
    let mut hub = Hub::new();
    let topic = hub.topic("t.fifo", &[("ArchivePolicy", r#"{"MessageRetentionPeriod":"1"}"#)]);
    for message in ["1", "2", "3"] {
        hub.publish_as(publish_to(&topic, "g", message));
        hub.wait(60_000);
    }
    let queue = hub.open_queue("q.fifo", &topic);
    let subscription = hub.subscribe(&topic, "sqs", &queue, &[]);
    assert_eq!(hub.bodies(&queue), [] as [String; 0]);
    hub.set_subscription(
        &subscription,
        "ReplayPolicy",
        r#"{"PointType":"Timestamp","StartingPoint":"2026-01-01T00:01:00.000Z"}"#,
    );
    let replayed: Vec<_> = hub.bodies(&queue).iter().map(|body| envelope(body)).collect();
    let messages: Vec<_> = replayed.iter().map(|envelope| envelope["Message"].as_str().unwrap()).collect();
    assert_eq!(messages, ["2", "3"]);
    assert_eq!(replayed[0]["Timestamp"], "2026-01-01T00:01:00.000Z");
    assert_eq!(replayed[0]["MessageAttributes"]["Replayed"]["Value"], "true");
    assert_eq!(subscription_attribute(&mut hub, &subscription, "ReplayStatus").as_deref(), Some("Completed"));
    hub.publish_as(publish_to(&topic, "g", "4"));
    assert_eq!(hub.messages(&queue), ["4"]);
}

#[test]
fn replay_with_an_end_pauses_the_subscription_afterwards() {
    let mut hub = Hub::new();
    let topic = hub.topic("t.fifo", &[("ArchivePolicy", r#"{"MessageRetentionPeriod":"1"}"#)]);
    let queue = hub.open_queue("q.fifo", &topic);
    let subscription = hub.subscribe(&topic, "sqs", &queue, &[]);
    hub.publish_as(publish_to(&topic, "g", "1"));
    assert_eq!(hub.messages(&queue), ["1"]);
    // Not a duplicate for the queue any more.
    hub.wait(600_000);
    let policy = r#"{"PointType":"Timestamp","StartingPoint":"2026-01-01T00:00:00.000Z","EndingPoint":"2026-01-01T00:05:00.000Z"}"#;
    hub.set_subscription(&subscription, "ReplayPolicy", policy);
    assert_eq!(hub.messages(&queue), ["1"]);
    hub.publish_as(publish_to(&topic, "g", "2"));
    assert_eq!(hub.bodies(&queue), [] as [String; 0]);
    hub.set_subscription(&subscription, "ReplayPolicy", "");
    hub.publish_as(publish_to(&topic, "g", "3"));
    assert_eq!(hub.messages(&queue), ["3"]);
}

#[test]
fn messages_are_kept_for_as_long_as_the_policy_says() {
    let mut hub = Hub::new();
    let topic = hub.topic("t.fifo", &[("ArchivePolicy", r#"{"MessageRetentionPeriod":"1"}"#)]);
    hub.publish_as(publish_to(&topic, "g", "old"));
    hub.wait(86_400_001);
    hub.publish_as(publish_to(&topic, "g", "new"));
    let queue = hub.open_queue("q.fifo", &topic);
    let policy = r#"{"PointType":"Timestamp","StartingPoint":"2026-01-01T00:00:00.000Z"}"#;
    hub.subscribe(&topic, "sqs", &queue, &[("ReplayPolicy", policy)]);
    assert_eq!(hub.messages(&queue), ["new"]);
}
