//! A world with a caller and a clock.

use std::collections::BTreeMap;
use std::time::Duration;

use redeliver_core::sqs::Error;
use redeliver_core::{Answer, Caller, Calm, Change, Command, Config, Limits, Oracle, Reply, Request, Timestamp, World};
use redeliver_model::sqs::{
    Command as Sqs, CreateQueueRequest, DeleteQueueRequest, GetQueueAttributesRequest, Reply as SqsReply,
    SetQueueAttributesRequest,
};

/// Account of the caller.
pub(crate) const ACCOUNT: &str = "000000000000";

/// A world with a caller and a clock.
pub(crate) struct Driver {
    world: World,
    oracle: Box<dyn Oracle>,
    /// Time of the next call.
    pub(crate) now: Timestamp,
    /// Who makes the next call.
    pub(crate) caller: Caller,
}

impl Driver {
    /// An empty world with a calm oracle and the limits of AWS.
    pub(crate) fn new() -> Self {
        Self::with(Limits::default(), Box::new(Calm))
    }

    /// An empty world with this oracle and these limits.
    pub(crate) fn with(limits: Limits, oracle: Box<dyn Oracle>) -> Self {
        let caller = Caller {
            account: ACCOUNT.into(),
            region: "us-east-1".into(),
            principal: "AIDAEXAMPLE".into(),
            endpoint: "http://localhost:9324".into(),
        };
        let world = World::new(Config { seed: 1, limits, events: false });
        Self { world, oracle, now: Timestamp(1_767_225_600_000), caller }
    }

    /// Lets time pass.
    pub(crate) fn wait(&mut self, time: Duration) {
        self.now = self.now + time;
    }

    /// Makes a call that is answered at once.
    pub(crate) fn call(&mut self, command: Sqs) -> Result<SqsReply, Error> {
        let request = Request { caller: self.caller.clone(), command: Command::Sqs(command), trace: None };
        match self.world.apply(self.now, request, &mut *self.oracle).answer {
            Answer::Now(Ok(Reply::Sqs(reply))) => Ok(reply),
            Answer::Now(Err(redeliver_core::Error::Sqs(error))) => Err(error),
            other => panic!("it is answered by SQS, at once: {other:?}"),
        }
    }

    /// `CreateQueue`; gives the URL.
    pub(crate) fn create(&mut self, name: &str, attributes: &[(&str, &str)]) -> Result<String, Error> {
        let attributes = attributes.iter().map(|&(name, value)| (name.into(), value.to_owned())).collect();
        let input = CreateQueueRequest {
            queue_name: Some(name.to_owned()),
            attributes: Some(attributes),
            ..Default::default()
        };
        match self.call(Sqs::CreateQueue(input))? {
            SqsReply::CreateQueue(result) => Ok(result.queue_url.expect("a queue has a URL")),
            other => panic!("{other:?}"),
        }
    }

    /// A new queue without further attributes; `.fifo` in the name makes it a FIFO queue.
    pub(crate) fn queue(&mut self, name: &str) -> String {
        let fifo: &[(&str, &str)] = if name.contains('.') { &[("FifoQueue", "true")] } else { &[] };
        self.create(name, fifo).expect("the name is good and free")
    }

    /// `DeleteQueue`.
    pub(crate) fn delete(&mut self, url: &str) -> Result<(), Error> {
        self.call(Sqs::DeleteQueue(DeleteQueueRequest { queue_url: Some(url.to_owned()) })).map(|_| ())
    }

    /// `SetQueueAttributes`.
    pub(crate) fn set(&mut self, url: &str, attributes: &[(&str, &str)]) -> Result<(), Error> {
        let attributes = attributes.iter().map(|&(name, value)| (name.into(), value.to_owned())).collect();
        let input = SetQueueAttributesRequest { queue_url: Some(url.to_owned()), attributes: Some(attributes) };
        self.call(Sqs::SetQueueAttributes(input)).map(|_| ())
    }

    /// `GetQueueAttributes`.
    pub(crate) fn get(&mut self, url: &str, names: &[&str]) -> Result<Option<BTreeMap<String, String>>, Error> {
        let names = names.iter().map(|&name| name.into()).collect();
        let input = GetQueueAttributesRequest { queue_url: Some(url.to_owned()), attribute_names: Some(names) };
        match self.call(Sqs::GetQueueAttributes(input))? {
            SqsReply::GetQueueAttributes(result) => Ok(result
                .attributes
                .map(|found| found.into_iter().map(|(name, value)| (name.as_str().to_owned(), value)).collect())),
            other => panic!("{other:?}"),
        }
    }

    /// The value of one attribute.
    pub(crate) fn attribute(&mut self, url: &str, name: &str) -> Option<String> {
        self.get(url, &[name]).expect("the queue exists")?.remove(name)
    }

    /// ARN of a queue.
    pub(crate) fn arn(&mut self, url: &str) -> String {
        self.attribute(url, "QueueArn").expect("every queue has an ARN")
    }
}

/// Takes thirty seconds for every change, and says of counters that they are five too high until a quiet minute has passed.
pub(crate) struct Slow;

impl Oracle for Slow {
    fn settling(&mut self, _: Change) -> Duration {
        Duration::from_secs(30)
    }

    fn counter(&mut self, exact: u64, quiet: Duration) -> u64 {
        if quiet < Duration::from_mins(1) { exact + 5 } else { exact }
    }
}
