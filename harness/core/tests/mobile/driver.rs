//! A world with a caller and a clock.

use std::time::Duration;

use indexmap::IndexMap;
use redeliver_core::sns::{Entry, Error};
use redeliver_core::{Answer, Caller, Calm, Command, Config, Limits, Reply, Request, Timestamp, World};
use redeliver_model::sns::{Command as Sns, MessageAttributeValue, PublishInput, Reply as SnsReply};

/// 2026-01-31, 12:00 UTC.
const START: u64 = 1_769_860_800_000;
/// A phone number.
pub(crate) const NUMBER: &str = "+15550100123";

/// A world with a caller and a clock.
pub(crate) struct Driver {
    world: World,
    now: Timestamp,
    caller: Caller,
}

impl Driver {
    /// An empty world with the limits of AWS.
    pub(crate) fn new() -> Self {
        Self::with(Limits::default())
    }

    /// An empty world with these limits.
    pub(crate) fn with(limits: Limits) -> Self {
        let caller = Caller {
            account: "000000000000".into(),
            region: "us-east-1".into(),
            principal: "AIDAEXAMPLE".into(),
            endpoint: "http://localhost:9324".into(),
        };
        Self { world: World::new(Config { seed: 1, limits, events: false }), now: Timestamp(START), caller }
    }

    /// Lets time pass.
    pub(crate) fn wait(&mut self, time: Duration) {
        self.now = self.now + time;
    }

    /// Makes a call.
    pub(crate) fn call(&mut self, command: Sns) -> Result<SnsReply, Error> {
        let request = Request { caller: self.caller.clone(), command: Command::Sns(command), trace: None };
        match self.world.apply(self.now, request, &mut Calm).answer {
            Answer::Now(Ok(Reply::Sns(reply))) => Ok(reply),
            Answer::Now(Err(redeliver_core::Error::Sns(error))) => Err(error),
            other => panic!("it is answered by SNS, at once: {other:?}"),
        }
    }

    /// Publishes to a phone number.
    pub(crate) fn text(&mut self, number: &str, message: &str, attributes: &[(&str, &str)]) -> Result<(), Error> {
        self.call(Sns::Publish(PublishInput {
            phone_number: Some(number.to_owned()),
            message: Some(message.to_owned()),
            message_attributes: Some(texts(attributes)),
            ..Default::default()
        }))
        .map(|_| ())
    }

    /// The owner of a phone answers with `STOP`.
    pub(crate) fn stop(&mut self, number: &str) {
        self.world.opt_out(&self.caller.account, &self.caller.region, number);
    }

    /// What left last.
    pub(crate) fn last(&self) -> Entry {
        self.world.outbox().last().cloned().expect("something left")
    }
}

/// Attributes whose values are texts.
pub(crate) fn texts(attributes: &[(&str, &str)]) -> IndexMap<String, MessageAttributeValue> {
    let value = |text: &str| MessageAttributeValue {
        data_type: Some("String".to_owned()),
        string_value: Some(text.to_owned()),
        ..Default::default()
    };
    attributes.iter().map(|&(name, text)| (name.to_owned(), value(text))).collect()
}

/// A map of texts.
pub(crate) fn map(entries: &[(&str, &str)]) -> IndexMap<String, String> {
    entries.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect()
}
