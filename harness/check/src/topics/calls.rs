//! What calls say of topics.

use redeliver_core::Arn;

use super::{Publish, Since, Topics};
use crate::traffic::{Call, Outcome, Traffic, batch, field, text};

/// All publishes, whatever came of them, and topics that may hide parts of their messages.
pub(super) fn publishes<'a>(topics: &mut Topics<'a>, traffic: &Traffic<'a>) {
    for call in calls(traffic) {
        let answer = (call.outcome, call.output);
        match call.name {
            "sns:Publish" => {
                add(topics, Publish::of(traffic, call.span, text(call.input, "TopicArn"), call.input, answer));
            }
            "sns:PublishBatch" => batch(call.input, call.outcome, call.output, |entry, own| {
                add(topics, Publish::of(traffic, call.span, text(call.input, "TopicArn"), entry, own));
            }),
            "sns:PutDataProtectionPolicy" => topics.protected.push(text(call.input, "ResourceArn")),
            "sns:CreateTopic" if field(call.input, "DataProtectionPolicy").is_some() => {
                topics.protected.extend(call.output.map(|output| text(output, "TopicArn")));
            }
            _ => {}
        }
    }
}

fn calls<'t, 'a>(traffic: &'t Traffic<'a>) -> impl Iterator<Item = &'t Call<'a>> {
    traffic.calls.iter().filter(|call| call.name.starts_with("sns:"))
}

fn add<'a>(topics: &mut Topics<'a>, publish: Option<Publish<'a>>) {
    let Some(publish) = publish else { return };
    let number = topics.publishes.len();
    if let Some(id) = publish.id {
        let message = topics.notice(id);
        let notice = &mut topics.notices[message];
        notice.publish.get_or_insert(number);
        notice.group = notice.group.or(publish.group);
        notice.sequence = notice.sequence.or(publish.sequence);
    }
    topics.publishes.push(publish);
}

/// Subscriptions as calls made, changed and ended them.
pub(super) fn subscriptions<'a>(topics: &mut Topics<'a>, traffic: &Traffic<'a>) {
    for call in calls(traffic).filter(|call| call.outcome != Outcome::Refused) {
        let since = Since { begin_ms: call.span.begin_ms, end_ms: call.span.end_ms };
        let input = |name| text(call.input, name);
        match call.name {
            "sns:CreateTopic" => {
                let policy = field(call.input, "Attributes").and_then(|all| field(all, "DeliveryPolicy")?.as_str());
                if let (Some(policy), Some(output)) = (policy, call.output) {
                    topics.delivery_policies.entry(text(output, "TopicArn")).or_default().add(since, policy);
                }
            }
            "sns:SetTopicAttributes" if input("AttributeName") == "DeliveryPolicy" => {
                let policies = topics.delivery_policies.entry(input("TopicArn")).or_default();
                policies.add(since, input("AttributeValue"));
            }
            "sns:Subscribe" => subscribe(topics, call, since),
            "sns:SetSubscriptionAttributes" => {
                let number = topics.subscription(input("SubscriptionArn"));
                topics.subscriptions[number].set(since, input("AttributeName"), input("AttributeValue"));
            }
            "sns:ConfirmSubscription" => {
                if let Some(arn) = call.output.map(|output| text(output, "SubscriptionArn")) {
                    let number = topics.subscription(arn);
                    topics.subscriptions[number].begin(call.span.end);
                }
            }
            "sns:Unsubscribe" => {
                let number = topics.subscription(input("SubscriptionArn"));
                topics.subscriptions[number].end(call.span.begin);
            }
            "sns:DeleteTopic" => {
                let topic = input("TopicArn");
                for subscription in topics.subscriptions.iter_mut().filter(|one| one.topic == topic) {
                    subscription.end(call.span.begin);
                }
            }
            _ => {}
        }
    }
}

/// A queue of the topic's own account is confirmed at once. Of others, nothing but their confirmation says that they are.
/// <https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html>
fn subscribe<'a>(topics: &mut Topics<'a>, call: &Call<'a>, since: Since) {
    let Some(arn) = call.output.map(|output| text(output, "SubscriptionArn")) else { return };
    let [topic, protocol, endpoint] = ["TopicArn", "Protocol", "Endpoint"].map(|name| text(call.input, name));
    if !arn.starts_with(topic) || topic.is_empty() {
        return;
    }
    let number = topics.subscription(arn);
    let subscription = &mut topics.subscriptions[number];
    // To subscribe the same once more changes nothing.
    if !subscription.is_known() {
        subscription.made(since, [topic, protocol, endpoint], field(call.input, "Attributes"));
    }
    let account = |arn: &str| Arn::parse(arn).map(|arn| arn.account.clone());
    if protocol == "sqs" && account(topic).is_some() && account(topic) == account(endpoint) {
        subscription.begin(call.span.end);
    }
}
