//! A world with one topic.

use redeliver_core::sns::{Entry, Error};
use redeliver_core::{Answer, Caller, Calm, Command, Config, Limits, Reply, Request, Timestamp, World};
use redeliver_model::sns::{
    Command as Sns, CreateTopicInput, GetDataProtectionPolicyInput, PublishInput, PutDataProtectionPolicyInput,
    Reply as SnsReply,
};
use serde_json::{Value, json};

/// 2026-01-31, 12:00 UTC.
const NOW: Timestamp = Timestamp(1_769_860_800_000);
const EMAIL: &str = "arn:aws:dataprotection::aws:data-identifier/EmailAddress";

/// A world with one topic.
pub(crate) struct Driver {
    world: World,
    caller: Caller,
    topic: String,
}

/// A policy with one statement, about addresses of mail.
pub(crate) fn policy(direction: &str, operation: &Value) -> String {
    let statement = json!({
        "Sid": "test-statement",
        "DataDirection": direction,
        "Principal": ["*"],
        "DataIdentifier": [EMAIL],
        "Operation": operation,
    });
    let name = "data_protection_policy";
    json!({ "Name": name, "Description": "Test Policy", "Version": "2021-06-01", "Statement": [statement] }).to_string()
}

impl Driver {
    /// A world with one topic, which is made with this policy if there is one.
    pub(crate) fn new(policy: Option<String>) -> Self {
        let caller = Caller {
            account: "000000000000".into(),
            region: "us-east-1".into(),
            principal: "AIDAEXAMPLE".into(),
            endpoint: "http://localhost:9324".into(),
        };
        let world = World::new(Config { seed: 1, limits: Limits::default(), events: false });
        let mut driver = Self { world, caller, topic: String::new() };
        driver.topic = driver.create("topic", policy).unwrap();
        driver
    }

    /// Makes a topic; gives its ARN.
    pub(crate) fn create(&mut self, name: &str, policy: Option<String>) -> Result<String, Error> {
        let fifo = name.contains(".fifo").then(|| [("FifoTopic".to_owned(), "true".to_owned())].into_iter().collect());
        let input = CreateTopicInput {
            name: Some(name.to_owned()),
            attributes: fifo,
            data_protection_policy: policy,
            ..Default::default()
        };
        let SnsReply::CreateTopic(reply) = self.call(Sns::CreateTopic(input))? else { panic!("a topic is created") };
        Ok(reply.topic_arn.unwrap())
    }

    /// Makes a call.
    pub(crate) fn call(&mut self, command: Sns) -> Result<SnsReply, Error> {
        let request = Request { caller: self.caller.clone(), command: Command::Sns(command), trace: None };
        match self.world.apply(NOW, request, &mut Calm).answer {
            Answer::Now(Ok(Reply::Sns(reply))) => Ok(reply),
            Answer::Now(Err(redeliver_core::Error::Sns(error))) => Err(error),
            other => panic!("it is answered by SNS, at once: {other:?}"),
        }
    }

    /// Sets the policy of the topic.
    pub(crate) fn put(&mut self, policy: &str) -> Result<(), Error> {
        let input = PutDataProtectionPolicyInput {
            resource_arn: Some(self.topic.clone()),
            data_protection_policy: Some(policy.to_owned()),
        };
        self.call(Sns::PutDataProtectionPolicy(input)).map(|_| ())
    }

    /// The policy of a topic.
    pub(crate) fn get(&mut self, topic: &str) -> Result<Option<String>, Error> {
        let input = GetDataProtectionPolicyInput { resource_arn: Some(topic.to_owned()) };
        match self.call(Sns::GetDataProtectionPolicy(input))? {
            SnsReply::GetDataProtectionPolicy(reply) => Ok(reply.data_protection_policy),
            other => panic!("the policy is shown: {other:?}"),
        }
    }

    /// Publishes to the topic.
    pub(crate) fn publish(&mut self, message: &str) -> Result<(), Error> {
        let input = PublishInput {
            topic_arn: Some(self.topic.clone()),
            message: Some(message.to_owned()),
            ..Default::default()
        };
        self.call(Sns::Publish(input)).map(|_| ())
    }

    /// ARN of the topic.
    pub(crate) fn topic(&self) -> String {
        self.topic.clone()
    }

    /// What left the world.
    pub(crate) fn outbox(&self) -> Vec<Entry> {
        self.world.outbox().cloned().collect()
    }
}
