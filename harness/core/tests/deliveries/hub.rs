//! A world to test in: its clock, its oracle, who calls, and a short method for each call.

use std::sync::Arc;

use redeliver_core::sns::{Attempted, DeliveryId, Entry, Post};
use redeliver_core::{Answer, Caller, Calm, Command, Config, Effect, Error, Event, Limits, Oracle, Reply, Request};
use redeliver_core::{Step, Timestamp, World, sns};
use redeliver_model::{sns as topics, sqs as queues};
use serde_json::{Value, json};

/// When every test begins: 2026-01-01.
pub(crate) const START: u64 = 1_767_225_600_000;

/// The account that owns everything unless a test says otherwise.
pub(crate) const HOME: &str = "000000000000";

/// An attempt that the world has asked for.
#[derive(Debug, Clone)]
pub(crate) struct Attempt {
    /// Milliseconds since the start.
    pub(crate) at: u64,
    pub(crate) delivery: DeliveryId,
    pub(crate) post: Arc<Post>,
}

/// A world to test in.
pub(crate) struct Hub {
    world: World,
    now: u64,
    oracle: Box<dyn Oracle>,
    /// Who calls.
    pub(crate) caller: Caller,
    /// What happened in topics so far.
    pub(crate) events: Vec<sns::Event>,
    /// Attempts that nobody has made yet.
    pub(crate) attempts: Vec<Attempt>,
    wake_at: Option<Timestamp>,
}

impl Hub {
    pub(crate) fn new() -> Self {
        Self::with(Limits::default(), Calm)
    }

    pub(crate) fn with(limits: Limits, oracle: impl Oracle + 'static) -> Self {
        Self {
            world: World::new(Config { seed: 1, limits, events: true }),
            now: START,
            oracle: Box::new(oracle),
            caller: Caller {
                account: HOME.into(),
                region: "us-east-1".into(),
                principal: "AIDAEXAMPLE".into(),
                endpoint: "http://localhost:4566".into(),
            },
            events: Vec::new(),
            attempts: Vec::new(),
            wake_at: None,
        }
    }

    /// Milliseconds since the start.
    pub(crate) fn elapsed(&self) -> u64 {
        self.now - START
    }

    /// When the world wants to be ticked, in milliseconds since the start.
    pub(crate) fn wakes_at(&self) -> Option<u64> {
        self.wake_at.map(|at| at.0 - START)
    }

    fn apply(&mut self, command: Command) -> Result<Reply, Error> {
        let request = Request { caller: self.caller.clone(), command, trace: None };
        let step = self.world.apply(Timestamp(self.now), request, &mut *self.oracle);
        match self.note(step) {
            Answer::Now(outcome) => outcome,
            Answer::Later(_) | Answer::Stream(_) => panic!("the call has to wait"),
        }
    }

    pub(crate) fn sqs(&mut self, command: queues::Command) -> queues::Reply {
        match self.apply(Command::Sqs(command)).unwrap() {
            Reply::Sqs(reply) => reply,
            other => panic!("{other:?}"),
        }
    }

    /// Calls SNS; the code of its refusal, if it refuses.
    pub(crate) fn try_sns(&mut self, command: topics::Command) -> Result<topics::Reply, &'static str> {
        match self.apply(Command::Sns(command)) {
            Ok(Reply::Sns(reply)) => Ok(reply),
            Ok(other) => panic!("{other:?}"),
            Err(error) => Err(error.describe().code),
        }
    }

    pub(crate) fn sns(&mut self, command: topics::Command) -> topics::Reply {
        match self.apply(Command::Sns(command)).unwrap() {
            Reply::Sns(reply) => reply,
            other => panic!("{other:?}"),
        }
    }

    /// Lets time pass, ticking whenever the world asks for it. Attempts are left unanswered.
    pub(crate) fn wait(&mut self, milliseconds: u64) {
        let until = self.now + milliseconds;
        while let Some(at) = self.wake_at.filter(|at| at.0 <= until) {
            self.now = at.0.max(self.now);
            self.tick();
        }
        self.now = until;
        self.tick();
    }

    fn tick(&mut self) {
        let step = self.world.tick(Timestamp(self.now), &mut *self.oracle);
        self.note(step);
        assert!(self.wake_at.is_none_or(|at| at.0 > self.now), "nothing is due any more after a tick");
    }

    /// Lets time pass until nothing is due any more; every attempt is answered as `answer` says, at once. Gives when each was made.
    pub(crate) fn run(&mut self, mut answer: impl FnMut(&Attempt) -> Attempted) -> Vec<u64> {
        let mut times = Vec::new();
        loop {
            while !self.attempts.is_empty() {
                let attempt = self.attempts.remove(0);
                times.push(attempt.at);
                let attempted = answer(&attempt);
                self.end_attempt(attempt.delivery, attempted);
            }
            let Some(at) = self.wake_at else { return times };
            self.now = at.0.max(self.now);
            self.tick();
        }
    }

    pub(crate) fn end_attempt(&mut self, delivery: DeliveryId, attempted: Attempted) {
        let step = self.world.delivered(Timestamp(self.now), delivery, attempted, &mut *self.oracle);
        self.note(step);
    }

    fn note<A>(&mut self, step: Step<A>) -> A {
        self.wake_at = step.wake_at;
        self.events.extend(step.events.into_iter().filter_map(|event| match event {
            Event::Sns(event) => Some(event),
            _ => None,
        }));
        for effect in step.effects {
            if let Effect::Deliver { delivery, post } = effect {
                self.attempts.push(Attempt { at: self.elapsed(), delivery, post });
            }
        }
        step.answer
    }

    pub(crate) fn outbox(&self) -> Vec<Entry> {
        self.world.outbox().cloned().collect()
    }

    pub(crate) fn topics(&self) -> Vec<sns::TopicView> {
        self.world.topics(Timestamp(self.now))
    }

    /// What happened to messages, one line each.
    pub(crate) fn happenings(&self) -> Vec<&sns::Happening> {
        self.events.iter().map(|event| &event.what).collect()
    }

    /// Why messages are gone.
    pub(crate) fn dropped(&self) -> Vec<&str> {
        self.events
            .iter()
            .filter_map(|event| match &event.what {
                sns::Happening::Dropped { why, .. } => Some(why.as_str()),
                _ => None,
            })
            .collect()
    }
}

/// Topics and subscriptions.
impl Hub {
    /// Makes a topic with these attributes; gives its ARN.
    pub(crate) fn topic(&mut self, name: &str, attributes: &[(&str, &str)]) -> String {
        let mut attributes: indexmap::IndexMap<String, String> =
            attributes.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
        if name.strip_suffix(".fifo").is_some() {
            attributes.insert("FifoTopic".to_owned(), "true".to_owned());
        }
        let input = topics::CreateTopicInput {
            name: Some(name.to_owned()),
            attributes: Some(attributes),
            ..Default::default()
        };
        match self.sns(topics::Command::CreateTopic(input)) {
            topics::Reply::CreateTopic(reply) => reply.topic_arn.unwrap(),
            other => panic!("{other:?}"),
        }
    }

    /// Subscribes an endpoint; gives the subscription's ARN, also of one that is to be confirmed.
    pub(crate) fn subscribe(
        &mut self,
        topic: &str,
        protocol: &str,
        endpoint: &str,
        attributes: &[(&str, &str)],
    ) -> String {
        let attributes = attributes.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
        let input = topics::SubscribeInput {
            topic_arn: Some(topic.to_owned()),
            protocol: Some(protocol.to_owned()),
            endpoint: Some(endpoint.to_owned()),
            attributes: Some(attributes),
            return_subscription_arn: Some(true),
        };
        match self.sns(topics::Command::Subscribe(input)) {
            topics::Reply::Subscribe(reply) => reply.subscription_arn.unwrap(),
            other => panic!("{other:?}"),
        }
    }

    /// Subscribes a webhook and confirms it.
    pub(crate) fn webhook(&mut self, topic: &str, endpoint: &str, attributes: &[(&str, &str)]) -> String {
        let subscription = self.subscribe(topic, "http", endpoint, attributes);
        let attempt = self.attempts.pop().unwrap();
        let confirmation: Value = serde_json::from_str(&attempt.post.body).unwrap();
        self.end_attempt(attempt.delivery, Attempted::Answered(200));
        self.confirm(topic, confirmation["Token"].as_str().unwrap());
        self.events.clear();
        subscription
    }

    pub(crate) fn confirm(&mut self, topic: &str, token: &str) {
        let input = topics::ConfirmSubscriptionInput {
            topic_arn: Some(topic.to_owned()),
            token: Some(token.to_owned()),
            ..Default::default()
        };
        self.sns(topics::Command::ConfirmSubscription(input));
    }

    pub(crate) fn unsubscribe(&mut self, subscription: &str) {
        let input = topics::UnsubscribeInput { subscription_arn: Some(subscription.to_owned()) };
        self.sns(topics::Command::Unsubscribe(input));
    }

    pub(crate) fn set_subscription(&mut self, subscription: &str, name: &str, value: &str) {
        let input = topics::SetSubscriptionAttributesInput {
            subscription_arn: Some(subscription.to_owned()),
            attribute_name: Some(name.to_owned()),
            attribute_value: Some(value.to_owned()),
        };
        self.sns(topics::Command::SetSubscriptionAttributes(input));
    }

    /// Publishes; gives the message's id.
    pub(crate) fn publish(&mut self, topic: &str, message: &str) -> String {
        self.publish_as(publish(topic, message))
    }

    pub(crate) fn publish_as(&mut self, input: topics::PublishInput) -> String {
        match self.sns(topics::Command::Publish(input)) {
            topics::Reply::Publish(reply) => reply.message_id.unwrap(),
            other => panic!("{other:?}"),
        }
    }
}

/// Queues.
impl Hub {
    /// Makes a queue with this policy; gives its ARN.
    pub(crate) fn queue(&mut self, name: &str, policy: Option<&str>) -> String {
        let mut attributes: indexmap::IndexMap<queues::QueueAttributeName, String> = indexmap::IndexMap::new();
        if let Some(policy) = policy {
            attributes.insert("Policy".into(), policy.to_owned());
        }
        if name.strip_suffix(".fifo").is_some() {
            attributes.insert("FifoQueue".into(), "true".to_owned());
        }
        let input = queues::CreateQueueRequest {
            queue_name: Some(name.to_owned()),
            attributes: Some(attributes),
            ..Default::default()
        };
        self.sqs(queues::Command::CreateQueue(input));
        queue_arn(&self.caller.account, name)
    }

    /// Makes a queue that lets a topic in; gives its ARN.
    pub(crate) fn open_queue(&mut self, name: &str, topic: &str) -> String {
        let policy = lets_in(topic);
        self.queue(name, Some(&policy))
    }

    pub(crate) fn set_queue(&mut self, arn: &str, name: &str, value: &str) {
        let input = queues::SetQueueAttributesRequest {
            queue_url: Some(url(arn)),
            attributes: Some([(name.into(), value.to_owned())].into_iter().collect()),
        };
        self.sqs(queues::Command::SetQueueAttributes(input));
    }

    pub(crate) fn delete_queue(&mut self, arn: &str) {
        self.sqs(queues::Command::DeleteQueue(queues::DeleteQueueRequest { queue_url: Some(url(arn)) }));
    }

    /// Receives up to ten messages and deletes them.
    pub(crate) fn receive(&mut self, arn: &str) -> Vec<queues::Message> {
        let input = queues::ReceiveMessageRequest {
            queue_url: Some(url(arn)),
            max_number_of_messages: Some(10),
            wait_time_seconds: Some(0),
            message_system_attribute_names: Some(vec!["All".into()]),
            message_attribute_names: Some(vec!["All".to_owned()]),
            ..Default::default()
        };
        let queues::Reply::ReceiveMessage(result) = self.sqs(queues::Command::ReceiveMessage(input)) else {
            panic!("a receive is answered by messages")
        };
        let messages = result.messages.unwrap_or_default();
        for message in &messages {
            let input = queues::DeleteMessageRequest {
                queue_url: Some(url(arn)),
                receipt_handle: message.receipt_handle.clone(),
            };
            self.sqs(queues::Command::DeleteMessage(input));
        }
        messages
    }

    /// Bodies of a receive.
    pub(crate) fn bodies(&mut self, arn: &str) -> Vec<String> {
        self.receive(arn).into_iter().map(|message| message.body.unwrap()).collect()
    }

    /// The messages in the envelopes of a receive.
    pub(crate) fn messages(&mut self, arn: &str) -> Vec<String> {
        self.bodies(arn).iter().map(|body| envelope(body)["Message"].as_str().unwrap().to_owned()).collect()
    }
}

/// A publish of this message.
pub(crate) fn publish(topic: &str, message: &str) -> topics::PublishInput {
    topics::PublishInput { topic_arn: Some(topic.to_owned()), message: Some(message.to_owned()), ..Default::default() }
}

/// A publish of this message to a group.
pub(crate) fn publish_to(topic: &str, group: &str, message: &str) -> topics::PublishInput {
    topics::PublishInput {
        message_group_id: Some(group.to_owned()),
        message_deduplication_id: topic.strip_suffix(".fifo").map(|_| message.to_owned()),
        ..publish(topic, message)
    }
}

/// Message attributes of these names, types and texts.
pub(crate) fn attributes(
    attributes: &[(&str, &str, &str)],
) -> indexmap::IndexMap<String, topics::MessageAttributeValue> {
    let value = |kind: &str, text: &str| topics::MessageAttributeValue {
        data_type: Some(kind.to_owned()),
        string_value: Some(text.to_owned()),
        binary_value: None,
    };
    attributes.iter().map(|&(name, kind, text)| (name.to_owned(), value(kind, text))).collect()
}

pub(crate) fn envelope(body: &str) -> Value {
    serde_json::from_str(body).unwrap()
}

/// A policy that lets a topic send.
pub(crate) fn lets_in(topic: &str) -> String {
    json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            "Principal": { "Service": "sns.amazonaws.com" },
            "Action": "sqs:SendMessage",
            "Resource": "*",
            "Condition": { "ArnEquals": { "aws:SourceArn": topic } },
        }],
    })
    .to_string()
}

pub(crate) fn queue_arn(account: &str, name: &str) -> String {
    format!("arn:aws:sqs:us-east-1:{account}:{name}")
}

fn url(arn: &str) -> String {
    let mut parts = arn.rsplit(':');
    let (name, account) = (parts.next().unwrap(), parts.next().unwrap());
    format!("http://localhost:4566/{account}/{name}")
}

/// A system attribute of a message.
pub(crate) fn attribute(message: &queues::Message, name: &str) -> Option<String> {
    message.attributes.as_ref()?.get(&queues::MessageSystemAttributeName::from(name)).cloned()
}
