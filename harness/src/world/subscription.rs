//! Subscriptions of a run, and how they are made.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use aws_sdk_sqs::types::QueueAttributeName as Name;
use serde_json::{Value, json};

use super::queue::Queue;
use super::run::Run;
use super::topic::Topic;

/// How often is looked whether an endpoint has confirmed, and how often at most.
const LOOK: (Duration, u32) = (Duration::from_millis(100), 1_000);

/// A subscription of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    arn: String,
    endpoint: String,
}

impl Subscription {
    /// Its ARN.
    pub fn arn(&self) -> &str {
        &self.arn
    }

    /// Its endpoint: the ARN of a queue, the URL of a webhook.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }
}

/// A subscription that is to be created; it needs an endpoint. What is not said is as SNS has it by default.
#[derive(Debug)]
#[must_use = "nothing is created before `create` is awaited"]
pub struct SubscriptionBuilder {
    run: Arc<Run>,
    topic: Topic,
    /// Protocol and address.
    endpoint: Option<(&'static str, String)>,
    /// Queues that have to let the topic in.
    open: Vec<Queue>,
    attributes: BTreeMap<String, String>,
}

impl SubscriptionBuilder {
    pub(super) fn new(run: Arc<Run>, topic: &Topic) -> Self {
        Self { run, topic: topic.clone(), endpoint: None, open: Vec::new(), attributes: BTreeMap::new() }
    }

    /// Messages go to this queue, whose policy will let the topic in.
    pub fn queue(mut self, queue: &Queue) -> Self {
        self.endpoint = Some(("sqs", queue.arn.clone()));
        self.open.push(queue.clone());
        self
    }

    /// Messages go to this URL: `create` waits until what is there has confirmed. See [`World::webhook`](super::World::webhook).
    pub fn webhook(mut self, url: &str) -> Self {
        let protocol = if url.starts_with("https:") { "https" } else { "http" };
        self.endpoint = Some((protocol, url.to_owned()));
        self
    }

    /// Only messages with such attributes come: `{"kind": ["order"]}`.
    pub fn filter(self, policy: &Value) -> Self {
        self.attribute("FilterPolicy", policy.to_string())
    }

    /// Only messages with such bodies come, as [`Self::filter`].
    pub fn filter_body(self, policy: &Value) -> Self {
        self.attribute("FilterPolicyScope", "MessageBody").filter(policy)
    }

    /// Messages come as they are, not in an envelope.
    pub fn raw(self) -> Self {
        self.attribute("RawMessageDelivery", "true")
    }

    /// What can't be delivered goes to this queue, whose policy will let the topic in.
    pub fn dead_letters(mut self, queue: &Queue) -> Self {
        self.open.push(queue.clone());
        self.attribute("RedrivePolicy", json!({ "deadLetterTargetArn": queue.arn }).to_string())
    }

    /// Any other attribute.
    pub fn attribute(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.attributes.insert(name.into(), value.into());
        self
    }

    /// Creates it.
    ///
    /// # Panics
    ///
    /// When it has no endpoint, when SNS refuses, or when a webhook does not confirm.
    pub async fn create(self) -> Subscription {
        let Self { run, topic, endpoint, open, attributes } = self;
        let (protocol, endpoint) = endpoint.expect("a subscription goes to a `queue` or a `webhook`");
        for queue in &open {
            let_in(&run, queue, &topic).await;
        }
        let subscribe = run.sns_client().subscribe().topic_arn(&topic.arn).protocol(protocol).endpoint(&endpoint);
        let subscribe =
            attributes.into_iter().fold(subscribe, |subscribe, (name, value)| subscribe.attributes(name, value));
        match subscribe.return_subscription_arn(true).send().await {
            Ok(created) => {
                let arn = created.subscription_arn.expect("a subscription that was asked for its ARN tells it");
                if protocol != "sqs" {
                    confirmed(&run, &arn, &endpoint).await;
                }
                Subscription { arn, endpoint }
            }
            Err(error) => panic!("`{}` got no subscription to `{endpoint}`: {error:?}", topic.name),
        }
    }
}

/// Waits until an endpoint has confirmed.
async fn confirmed(run: &Arc<Run>, arn: &str, endpoint: &str) {
    let client = run.sns_client();
    for _ in 0..LOOK.1 {
        let asked = client.get_subscription_attributes().subscription_arn(arn).send().await;
        let attributes = asked.ok().and_then(|asked| asked.attributes).unwrap_or_default();
        if attributes.get("PendingConfirmation").is_some_and(|pending| pending == "false") {
            return;
        }
        run.clock().advance(LOOK.0).await;
    }
    panic!("`{endpoint}` did not confirm its subscription; put a webhook there first");
}

/// Adds to a queue's policy that the topic may send to it.
/// <https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html>
async fn let_in(run: &Arc<Run>, queue: &Queue, topic: &Topic) {
    let client = run.client();
    let asked = client.get_queue_attributes().queue_url(&queue.url).attribute_names(Name::Policy).send().await;
    let known = asked.ok().and_then(|told| told.attributes?.remove(&Name::Policy));
    let mut policy = known
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_else(|| json!({ "Version": "2012-10-17", "Statement": [] }));
    let statement = json!({
        "Effect": "Allow",
        "Principal": { "Service": "sns.amazonaws.com" },
        "Action": "sqs:SendMessage",
        "Resource": queue.arn,
        "Condition": { "ArnEquals": { "aws:SourceArn": topic.arn } },
    });
    let Some(statements) = policy["Statement"].as_array_mut() else { return };
    if statements.contains(&statement) {
        return;
    }
    statements.push(statement);
    let set = client.set_queue_attributes().queue_url(&queue.url).attributes(Name::Policy, policy.to_string());
    if let Err(error) = set.send().await {
        panic!("the queue `{}` does not let the topic in: {:?}", queue.name, error.into_service_error());
    }
}
