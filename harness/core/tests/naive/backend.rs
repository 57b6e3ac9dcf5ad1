//! The world with one queue in it, and the few calls that the tests make.

use redeliver_core::sqs::{Error, Event, Happening};
use redeliver_core::{Answer, Caller, Calm, Command, Config, Limits, Reply, Request, Timestamp, World};
use redeliver_model::sqs::{self, MessageSystemAttributeName as System, QueueAttributeName as Name};

/// Milliseconds since 1970 at which every test begins.
const START: Timestamp = Timestamp(1_767_225_600_000);

/// The world with one queue in it.
#[derive(Debug)]
pub(crate) struct Backend {
    world: World,
    pub(crate) now: Timestamp,
    url: String,
    caller: Caller,
}

/// A message of a receive, as far as the tests look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Received {
    pub(crate) id: String,
    pub(crate) body: String,
    pub(crate) handle: String,
    pub(crate) group: Option<String>,
    pub(crate) receive_count: u32,
    pub(crate) sent_at: u64,
    pub(crate) first_received_at: u64,
}

impl Backend {
    /// A queue with these attributes, and the dead-letter queue that they may name.
    pub(crate) fn new(fifo: bool, attributes: &[(Name, &str)], max_receive_count: Option<u32>) -> Self {
        let world = World::new(Config { seed: 1, limits: Limits::default(), events: true });
        let caller = Caller {
            account: "000000000000".into(),
            region: "us-east-1".into(),
            principal: "AIDAEXAMPLE".into(),
            endpoint: "https://sqs.us-east-1.amazonaws.com".into(),
        };
        let mut backend = Self { world, now: START, url: String::new(), caller };
        let mut given: Vec<(Name, String)> =
            attributes.iter().map(|(name, value)| (name.clone(), (*value).into())).collect();
        let suffix = if fifo { ".fifo" } else { "" };
        if fifo {
            given.push((Name::FifoQueue, "true".to_owned()));
        }
        if let Some(count) = max_receive_count {
            backend
                .create(&format!("dead{suffix}"), given.iter().filter(|(name, _)| *name == Name::FifoQueue).cloned());
            let target = format!("arn:aws:sqs:us-east-1:000000000000:dead{suffix}");
            let policy = format!(r#"{{"deadLetterTargetArn":"{target}","maxReceiveCount":{count}}}"#);
            given.push((Name::RedrivePolicy, policy));
        }
        backend.url = backend.create(&format!("queue{suffix}"), given.into_iter());
        backend
    }

    fn create(&mut self, name: &str, attributes: impl Iterator<Item = (Name, String)>) -> String {
        let input = sqs::CreateQueueRequest {
            queue_name: Some(name.to_owned()),
            attributes: Some(attributes.collect()),
            ..Default::default()
        };
        match self.call(sqs::Command::CreateQueue(input)).0 {
            Ok(sqs::Reply::CreateQueue(reply)) => reply.queue_url.unwrap(),
            other => panic!("{other:?}"),
        }
    }

    /// Makes a call; gives its answer and what happened.
    fn call(&mut self, command: sqs::Command) -> (Result<sqs::Reply, Error>, Vec<Event>) {
        let request = Request { caller: self.caller.clone(), command: Command::Sqs(command), trace: None };
        let step = self.world.apply(self.now, request, &mut Calm);
        let Answer::Now(outcome) = step.answer else { panic!("no call here waits") };
        let reply = match outcome {
            Ok(Reply::Sqs(reply)) => Ok(reply),
            Err(redeliver_core::Error::Sqs(error)) => Err(error),
            other => panic!("it is of SQS: {other:?}"),
        };
        let redeliver_events = step.events.into_iter().map(|event| match event {
            redeliver_core::Event::Sqs(event) => event,
            other => panic!("it is of SQS: {other:?}"),
        });
        (reply, redeliver_events.collect())
    }

    /// Sends a message; gives its id.
    pub(crate) fn send(&mut self, body: &str, group: Option<&str>, dedup: Option<&str>, delay: Option<i32>) -> String {
        let input = sqs::SendMessageRequest {
            queue_url: Some(self.url.clone()),
            message_body: Some(body.to_owned()),
            message_group_id: group.map(str::to_owned),
            message_deduplication_id: dedup.map(str::to_owned),
            delay_seconds: delay,
            ..Default::default()
        };
        match self.call(sqs::Command::SendMessage(input)).0 {
            Ok(sqs::Reply::SendMessage(reply)) => reply.message_id.unwrap(),
            other => panic!("{other:?}"),
        }
    }

    /// Receives; gives the messages and the ids of those that went to the dead-letter queue.
    pub(crate) fn receive(&mut self, max: i32, visibility: Option<i32>) -> (Vec<Received>, Vec<String>) {
        let input = sqs::ReceiveMessageRequest {
            queue_url: Some(self.url.clone()),
            max_number_of_messages: Some(max),
            visibility_timeout: visibility,
            message_system_attribute_names: Some(vec![System::All]),
            ..Default::default()
        };
        let (reply, events) = self.call(sqs::Command::ReceiveMessage(input));
        let Ok(sqs::Reply::ReceiveMessage(reply)) = reply else { panic!("{reply:?}") };
        let moved = events.into_iter().filter_map(|event| match event.what {
            Happening::DeadLettered { message, .. } => Some(message.to_text()),
            _ => None,
        });
        (reply.messages.unwrap_or_default().into_iter().map(received).collect(), moved.collect())
    }

    /// Deletes by handle.
    pub(crate) fn delete(&mut self, handle: &str) -> Result<(), Error> {
        let input =
            sqs::DeleteMessageRequest { queue_url: Some(self.url.clone()), receipt_handle: Some(handle.to_owned()) };
        self.call(sqs::Command::DeleteMessage(input)).0.map(drop)
    }

    /// Changes the visibility by handle.
    pub(crate) fn change(&mut self, handle: &str, timeout: i32) -> Result<(), Error> {
        let input = sqs::ChangeMessageVisibilityRequest {
            queue_url: Some(self.url.clone()),
            receipt_handle: Some(handle.to_owned()),
            visibility_timeout: Some(timeout),
        };
        self.call(sqs::Command::ChangeMessageVisibility(input)).0.map(drop)
    }

    /// Purges.
    pub(crate) fn purge(&mut self) -> Result<(), Error> {
        let input = sqs::PurgeQueueRequest { queue_url: Some(self.url.clone()) };
        self.call(sqs::Command::PurgeQueue(input)).0.map(drop)
    }

    /// The counters: visible, in flight, delayed.
    pub(crate) fn counters(&mut self) -> [usize; 3] {
        let names = [
            Name::ApproximateNumberOfMessages,
            Name::ApproximateNumberOfMessagesNotVisible,
            Name::ApproximateNumberOfMessagesDelayed,
        ];
        let input =
            sqs::GetQueueAttributesRequest { queue_url: Some(self.url.clone()), attribute_names: Some(names.to_vec()) };
        let (reply, _) = self.call(sqs::Command::GetQueueAttributes(input));
        let Ok(sqs::Reply::GetQueueAttributes(reply)) = reply else { panic!("{reply:?}") };
        let attributes = reply.attributes.unwrap();
        names.map(|name| attributes[&name].parse().unwrap())
    }
}

fn received(message: sqs::Message) -> Received {
    let attributes = message.attributes.unwrap();
    let number = |name| attributes[&name].parse::<u64>().unwrap();
    Received {
        id: message.message_id.unwrap(),
        body: message.body.unwrap(),
        handle: message.receipt_handle.unwrap(),
        group: attributes.get(&System::MessageGroupId).cloned(),
        receive_count: u32::try_from(number(System::ApproximateReceiveCount)).unwrap(),
        sent_at: number(System::SentTimestamp),
        first_received_at: number(System::ApproximateFirstReceiveTimestamp),
    }
}
