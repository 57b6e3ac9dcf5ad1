//! Requests to confirm a subscription.

use redeliver_core::sns::Attempted;
use redeliver_model::sns::{Command, ListSubscriptionsByTopicInput, Reply};

use crate::hub::{Hub, envelope};

const HOOK: &str = "http://shop.test/hook";

#[test]
fn webhook_is_asked_to_confirm_and_gets_messages_when_it_has() {
    let mut hub = Hub::new();
    let topic = hub.topic("t", &[]);
    hub.subscribe(&topic, "http", HOOK, &[("RawMessageDelivery", "true")]);
    let asked = hub.attempts.remove(0);
    let request = envelope(&asked.post.body);
    let names: Vec<_> = asked.post.headers.iter().map(|(name, _)| *name).collect();
    assert!(!names.contains(&"x-amz-sns-subscription-arn") && !names.contains(&"x-amz-sns-rawdelivery"), "{names:?}");
    assert_eq!(request["Type"], "SubscriptionConfirmation");
    assert_eq!(
        request["Message"],
        format!(
            "You have chosen to subscribe to the topic {topic}.\nTo confirm the subscription, visit the SubscribeURL included in this message."
        )
    );
    let token = request["Token"].as_str().unwrap().to_owned();
    assert_eq!(
        request["SubscribeURL"],
        format!("http://localhost:4566/?Action=ConfirmSubscription&TopicArn={topic}&Token={token}")
    );
    hub.end_attempt(asked.delivery, Attempted::Answered(200));
    hub.publish(&topic, "too early");
    assert!(hub.attempts.is_empty());
    hub.confirm(&topic, &token);
    hub.publish(&topic, "m");
    assert_eq!(&*hub.attempts[0].post.body, "m");
}

#[test]
fn request_to_confirm_is_repeated_and_never_goes_to_a_dead_letter_queue() {
    let mut hub = Hub::new();
    let topic = hub.topic("t", &[]);
    let dead = hub.open_queue("dead", &topic);
    hub.subscribe(&topic, "http", HOOK, &[("RedrivePolicy", &format!(r#"{{"deadLetterTargetArn":"{dead}"}}"#))]);
    assert_eq!(hub.run(|_| Attempted::Answered(500)), [0, 20_000, 40_000, 60_000]);
    assert_eq!(hub.bodies(&dead), [] as [String; 0]);
    assert!(hub.dropped()[0].contains("was not asked to confirm"), "{:?}", hub.dropped());
}

#[test]
fn webhook_is_told_that_its_subscription_ended_and_can_restore_it() {
    let mut hub = Hub::new();
    let topic = hub.topic("t", &[]);
    let subscription = hub.webhook(&topic, HOOK, &[]);
    hub.unsubscribe(&subscription);
    let told = hub.attempts.remove(0);
    let notice = envelope(&told.post.body);
    assert_eq!(notice["Type"], "UnsubscribeConfirmation");
    assert!(
        notice["Message"]
            .as_str()
            .unwrap()
            .starts_with(&format!("You have chosen to deactivate subscription {subscription}.\n"))
    );
    hub.end_attempt(told.delivery, Attempted::Answered(200));
    hub.publish(&topic, "nobody hears");
    assert!(hub.attempts.is_empty());
    hub.confirm(&topic, notice["Token"].as_str().unwrap());
    hub.publish(&topic, "again");
    assert_eq!(envelope(&hub.attempts[0].post.body)["Message"], "again");
    let input = ListSubscriptionsByTopicInput { topic_arn: Some(topic), ..Default::default() };
    let Reply::ListSubscriptionsByTopic(listed) = hub.sns(Command::ListSubscriptionsByTopic(input)) else { panic!() };
    assert_eq!(listed.subscriptions.unwrap().len(), 1);
}
