//! Topics and subscriptions as they are, seen from outside.

use redeliver_core::sns::{SubscriptionView, TopicView};

use super::hub::{HOME, Hub};

/// Two days: how long an endpoint may take to agree.
const CONFIRMATION_MS: u64 = 172_800_000;

fn value<'a>(attributes: &'a [(String, String)], name: &str) -> &'a str {
    attributes.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
}

#[test]
fn view_shows_topics_by_name_with_their_subscriptions_in_the_order_in_which_they_were_made() {
    let mut aws = Hub::new();
    let [b, a] = ["b", "a.fifo"].map(|name| aws.topic(name, &[]));
    let queue = aws.queue("q", None);
    let confirmed = aws.subscribe(&b, "sqs", &queue, &[("RawMessageDelivery", "true")]);
    let pending = aws.subscribe(&b, "email", "a@b.example", &[]);
    let topics = aws.topics();
    let arns: Vec<_> = topics.iter().map(|topic| &*topic.arn).collect();
    assert_eq!(arns, [&*a, &*b]);
    let TopicView { account, region, name, attributes, tags, subscriptions, .. } = &topics[1];
    assert_eq!((&**account, &**region, &**name, tags.len()), (HOME, "us-east-1", "b", 0));
    let counters = ["SubscriptionsConfirmed", "SubscriptionsPending"].map(|name| value(attributes, name));
    assert_eq!(counters, ["1", "1"]);
    let shown = |view: &SubscriptionView| {
        let raw = value(&view.attributes, "RawMessageDelivery") == "true";
        (view.arn.to_string(), view.protocol, view.endpoint.to_string(), view.is_confirmed, raw)
    };
    assert_eq!(
        subscriptions.iter().map(shown).collect::<Vec<_>>(),
        [(confirmed, "sqs", queue, true, true), (pending, "email", "a@b.example".to_owned(), false, false)]
    );
}

#[test]
fn view_leaves_out_what_nobody_confirmed_in_two_days() {
    let mut aws = Hub::new();
    let topic = aws.topic("t", &[]);
    aws.subscribe(&topic, "email", "a@b.example", &[]);
    let seen = |aws: &Hub| {
        let [topic] = aws.topics().try_into().unwrap();
        (topic.subscriptions.len(), value(&topic.attributes, "SubscriptionsPending").to_owned())
    };
    aws.wait(CONFIRMATION_MS - 1);
    assert_eq!(seen(&aws), (1, "1".to_owned()));
    aws.wait(1);
    assert_eq!(seen(&aws), (0, "0".to_owned()));
}
