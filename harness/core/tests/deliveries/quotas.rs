//! Quotas of topics, subscriptions and filter policies.

use redeliver_core::{Calm, Limits};
use redeliver_model::sns::{Command, CreateTopicInput, SetSubscriptionAttributesInput, SubscribeInput};

use super::hub::Hub;

fn hub(limits: Limits) -> Hub {
    Hub::with(limits, Calm)
}

fn create(name: &str, fifo: bool) -> Command {
    let attributes = fifo.then(|| [("FifoTopic".to_owned(), "true".to_owned())].into_iter().collect());
    Command::CreateTopic(CreateTopicInput { name: Some(name.to_owned()), attributes, ..CreateTopicInput::default() })
}

fn subscribe(topic: &str, protocol: &str, endpoint: &str, attributes: &[(&str, &str)]) -> Command {
    let attributes = attributes.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
    Command::Subscribe(SubscribeInput {
        topic_arn: Some(topic.to_owned()),
        protocol: Some(protocol.to_owned()),
        endpoint: Some(endpoint.to_owned()),
        attributes: Some(attributes),
        return_subscription_arn: None,
    })
}

fn code(hub: &mut Hub, command: Command) -> &'static str {
    hub.try_sns(command).err().unwrap_or("fine")
}

#[test]
fn an_account_has_so_many_topics_of_a_kind_in_a_region() {
    let mut hub = hub(Limits { topics_standard: 2, topics_fifo: 1, ..Limits::default() });
    let mut seen = Vec::new();
    for (name, fifo) in [("a", false), ("b", false), ("c", false), ("a.fifo", true), ("b.fifo", true), ("b", false)] {
        seen.push(code(&mut hub, create(name, fifo)));
    }
    assert_eq!(seen, ["fine", "fine", "TopicLimitExceeded", "fine", "TopicLimitExceeded", "fine"]);
    let arn = hub.topic("a", &[]);
    hub.sns(Command::DeleteTopic(redeliver_model::sns::DeleteTopicInput { topic_arn: Some(arn) }));
    assert_eq!(code(&mut hub, create("c", false)), "fine");
    hub.caller.region = "eu-west-1".into();
    assert_eq!(code(&mut hub, create("d", false)), "fine");
}

#[test]
fn a_topic_has_so_many_subscriptions() {
    let mut hub = hub(Limits { subscriptions_standard: 2, ..Limits::default() });
    let topic = hub.topic("t", &[]);
    let seen = ["a", "b", "c", "a"].map(|name| {
        code(&mut hub, subscribe(&topic, "sqs", &format!("arn:aws:sqs:us-east-1:000000000000:{name}"), &[]))
    });
    assert_eq!(seen, ["fine", "fine", "SubscriptionLimitExceeded", "fine"]);
}

#[test]
fn an_account_has_so_many_subscriptions_that_wait_for_their_confirmation() {
    let mut hub = hub(Limits { subscriptions_pending: 2, ..Limits::default() });
    let topic = hub.topic("t", &[]);
    let seen =
        ["a", "b", "c"].map(|name| code(&mut hub, subscribe(&topic, "email", &format!("{name}@example.com"), &[])));
    assert_eq!(seen, ["fine", "fine", "SubscriptionLimitExceeded"]);
    let queue = "arn:aws:sqs:us-east-1:000000000000:q";
    assert_eq!(code(&mut hub, subscribe(&topic, "sqs", queue, &[])), "fine", "it needs no confirmation");
}

#[test]
fn an_account_has_so_many_filter_policies() {
    let limits = Limits { filter_policies: 2, filter_policies_account: 3, ..Limits::default() };
    let mut hub = hub(limits);
    let topics = [hub.topic("t", &[]), hub.topic("u", &[])];
    let filter = [("FilterPolicy", r#"{"a":["b"]}"#)];
    let mut seen = Vec::new();
    for topic in &topics {
        for name in ["a", "b", "c"] {
            let queue = format!("arn:aws:sqs:us-east-1:000000000000:{name}");
            seen.push(code(&mut hub, subscribe(topic, "sqs", &queue, &filter)));
        }
    }
    let over = "FilterPolicyLimitExceeded";
    assert_eq!(seen, ["fine", "fine", over, "fine", over, over]);
    let plain = hub.subscribe(&topics[1], "sqs", "arn:aws:sqs:us-east-1:000000000000:d", &[]);
    let set = SetSubscriptionAttributesInput {
        subscription_arn: Some(plain),
        attribute_name: Some("FilterPolicy".to_owned()),
        attribute_value: Some(r#"{"a":["b"]}"#.to_owned()),
    };
    assert_eq!(code(&mut hub, Command::SetSubscriptionAttributes(set)), over);
}
