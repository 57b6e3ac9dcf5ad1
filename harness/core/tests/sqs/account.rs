//! An account to test in: a world, its clock, its oracle, and a short method for each call.

use redeliver_core::{Answer, Caller, Calm, Command, Config, Error, Event, Limits, Oracle, Outcome, Reply, Request};
use redeliver_core::{Effect, Step, Ticket, Timestamp, World, sqs};
use redeliver_model::sqs as model;

/// When every test begins: 2026-01-01.
pub(crate) const START: u64 = 1_767_225_600_000;

/// An account in a world of its own.
pub(crate) struct Account {
    world: World,
    now: u64,
    oracle: Box<dyn Oracle>,
    caller: Caller,
    /// What happened so far.
    pub(crate) events: Vec<sqs::Event>,
    /// Answers to calls that had to wait, with the time since the start at which they came.
    pub(crate) answers: Vec<(u64, Ticket, Outcome)>,
    wake_at: Option<Timestamp>,
}

impl Account {
    pub(crate) fn new() -> Self {
        Self::with(Limits::default(), Calm)
    }

    pub(crate) fn with(limits: Limits, oracle: impl Oracle + 'static) -> Self {
        Self {
            world: World::new(Config { seed: 1, limits, events: true }),
            now: START,
            oracle: Box::new(oracle),
            caller: Caller {
                account: "000000000000".into(),
                region: "us-east-1".into(),
                principal: "AIDAEXAMPLE".into(),
                endpoint: "http://localhost:4566".into(),
            },
            events: Vec::new(),
            answers: Vec::new(),
            wake_at: None,
        }
    }

    /// All queues as they are.
    pub(crate) fn view(&self, messages: usize) -> Vec<sqs::QueueView> {
        self.world.queues(messages)
    }

    /// Ends all calls that wait.
    pub(crate) fn end_waits(&mut self) {
        let step = self.world.end_waits();
        self.note(step);
    }

    /// Makes a call that may have to wait.
    pub(crate) fn begin(&mut self, command: model::Command) -> Answer {
        self.traced(command, None)
    }

    /// Makes a call with an HTTP trace header.
    pub(crate) fn traced(&mut self, command: model::Command, trace: Option<&str>) -> Answer {
        let request =
            Request { caller: self.caller.clone(), command: Command::Sqs(command), trace: trace.map(str::to_owned) };
        let step = self.world.apply(Timestamp(self.now), request, &mut *self.oracle);
        self.note(step)
    }

    /// Makes a call that is answered at once.
    pub(crate) fn call(&mut self, command: model::Command) -> Result<model::Reply, sqs::Error> {
        let Answer::Now(outcome) = self.begin(command) else { panic!("the call has to wait") };
        match outcome {
            Ok(Reply::Sqs(reply)) => Ok(reply),
            Err(Error::Sqs(error)) => Err(error),
            other => panic!("it is of SQS: {other:?}"),
        }
    }

    /// Lets time pass, ticking whenever the world asks for it.
    pub(crate) fn wait(&mut self, milliseconds: u64) {
        let until = self.now + milliseconds;
        while let Some(at) = self.wake_at.filter(|at| at.0 <= until) {
            self.now = at.0.max(self.now);
            self.tick();
        }
        self.now = until;
        self.tick();
    }

    /// Lets time pass without a tick, as when the shell is late.
    pub(crate) fn oversleep(&mut self, milliseconds: u64) {
        self.now += milliseconds;
    }

    pub(crate) fn tick(&mut self) {
        let step = self.world.tick(Timestamp(self.now), &mut *self.oracle);
        self.note(step);
    }

    /// Milliseconds from now until the world wants a tick.
    pub(crate) fn wakes_in(&self) -> Option<u64> {
        self.wake_at.map(|at| at.0 - self.now)
    }

    /// Goes away instead of waiting for an answer.
    pub(crate) fn abandon(&mut self, ticket: Ticket) {
        self.world.abandon(ticket);
    }

    fn note<A>(&mut self, step: Step<A>) -> A {
        self.wake_at = step.wake_at;
        self.events.extend(step.events.into_iter().map(|event| match event {
            Event::Sqs(event) => event,
            other => panic!("it is of SQS: {other:?}"),
        }));
        for effect in step.effects {
            let Effect::Answer { ticket, outcome } = effect else { panic!("{effect:?}") };
            self.answers.push((self.now - START, ticket, outcome));
        }
        step.answer
    }

    /// Makes a queue with these attributes; gives its URL.
    pub(crate) fn queue(&mut self, name: &str, attributes: &[(&str, &str)]) -> String {
        let mut attributes: indexmap::IndexMap<model::QueueAttributeName, String> =
            attributes.iter().map(|&(name, value)| (name.into(), value.to_owned())).collect();
        if name.strip_suffix(".fifo").is_some() {
            attributes.insert(model::QueueAttributeName::FifoQueue, "true".to_owned());
        }
        let input = model::CreateQueueRequest {
            queue_name: Some(name.to_owned()),
            attributes: Some(attributes),
            ..Default::default()
        };
        match self.call(model::Command::CreateQueue(input)) {
            Ok(model::Reply::CreateQueue(result)) => result.queue_url.unwrap(),
            other => panic!("{other:?}"),
        }
    }

    /// Makes a queue `source` whose dead-letter queue `dead` gets messages after `receives`; gives both URLs.
    pub(crate) fn redriven(&mut self, suffix: &str, receives: u32, attributes: &[(&str, &str)]) -> [String; 2] {
        let dead = self.queue(&format!("dead{suffix}"), attributes);
        let redrive = redrive(&format!("dead{suffix}"), receives);
        let mut attributes = attributes.to_vec();
        attributes.push(("RedrivePolicy", &redrive));
        [self.queue(&format!("source{suffix}"), &attributes), dead]
    }

    pub(crate) fn set(&mut self, url: &str, name: &str, value: &str) {
        let input = model::SetQueueAttributesRequest {
            queue_url: Some(url.to_owned()),
            attributes: Some([(name.into(), value.to_owned())].into_iter().collect()),
        };
        self.call(model::Command::SetQueueAttributes(input)).unwrap();
    }

    pub(crate) fn delete_queue(&mut self, url: &str) {
        let input = model::DeleteQueueRequest { queue_url: Some(url.to_owned()) };
        self.call(model::Command::DeleteQueue(input)).unwrap();
    }

    pub(crate) fn purge(&mut self, url: &str) -> Result<model::Reply, sqs::Error> {
        self.call(model::Command::PurgeQueue(model::PurgeQueueRequest { queue_url: Some(url.to_owned()) }))
    }

    /// Messages that are visible, in flight and delayed, as the queue's counters say.
    pub(crate) fn counts(&mut self, url: &str) -> [u64; 3] {
        let input = model::GetQueueAttributesRequest {
            queue_url: Some(url.to_owned()),
            attribute_names: Some(vec![model::QueueAttributeName::All]),
        };
        let Ok(model::Reply::GetQueueAttributes(result)) = self.call(model::Command::GetQueueAttributes(input)) else {
            panic!("the queue exists")
        };
        let attributes = result.attributes.unwrap();
        ["", "NotVisible", "Delayed"].map(|state| {
            attributes[&model::QueueAttributeName::from(format!("ApproximateNumberOfMessages{state}"))].parse().unwrap()
        })
    }

    pub(crate) fn try_send(&mut self, send: Send<'_>) -> Result<model::SendMessageResult, sqs::Error> {
        match self.call(model::Command::SendMessage(send.into()))? {
            model::Reply::SendMessage(result) => Ok(result),
            other => panic!("{other:?}"),
        }
    }

    /// Sends a message; gives its id.
    pub(crate) fn send(&mut self, url: &str, body: &str) -> String {
        self.try_send(Send { url, body, ..Send::default() }).unwrap().message_id.unwrap()
    }

    /// Sends a message to a group of a FIFO queue; its body is its deduplication id.
    pub(crate) fn send_to(&mut self, url: &str, group: &str, body: &str) -> String {
        let send = Send { url, body, group: Some(group), deduplication: Some(body), ..Send::default() };
        self.try_send(send).unwrap().message_id.unwrap()
    }

    /// Receives up to ten messages for the queue's visibility timeout, on a short poll.
    pub(crate) fn receive(&mut self, url: &str) -> Vec<model::Message> {
        self.try_receive(receive(url)).unwrap()
    }

    pub(crate) fn try_receive(
        &mut self,
        input: model::ReceiveMessageRequest,
    ) -> Result<Vec<model::Message>, sqs::Error> {
        match self.call(model::Command::ReceiveMessage(input))? {
            model::Reply::ReceiveMessage(result) => Ok(result.messages.unwrap_or_default()),
            other => panic!("{other:?}"),
        }
    }

    /// Bodies of a receive.
    pub(crate) fn bodies(&mut self, url: &str) -> Vec<String> {
        bodies(&self.receive(url))
    }

    /// Begins a long poll of `seconds`, for which nothing is there yet.
    pub(crate) fn poll(&mut self, url: &str, seconds: i32) -> Ticket {
        let input = model::ReceiveMessageRequest { wait_time_seconds: Some(seconds), ..receive(url) };
        match self.begin(model::Command::ReceiveMessage(input)) {
            Answer::Later(ticket) => ticket,
            other => panic!("{other:?}"),
        }
    }

    /// What waiting receives were answered with since the last time, as (milliseconds since the start, ticket, bodies).
    pub(crate) fn answered(&mut self) -> Vec<(u64, Ticket, Vec<String>)> {
        let answers = std::mem::take(&mut self.answers);
        answers
            .into_iter()
            .map(|(at, ticket, outcome)| match outcome {
                Ok(Reply::Sqs(model::Reply::ReceiveMessage(result))) => {
                    (at, ticket, bodies(&result.messages.unwrap_or_default()))
                }
                other => panic!("{other:?}"),
            })
            .collect()
    }

    pub(crate) fn delete(&mut self, url: &str, message: &model::Message) -> Result<model::Reply, sqs::Error> {
        self.call(model::Command::DeleteMessage(model::DeleteMessageRequest {
            queue_url: Some(url.to_owned()),
            receipt_handle: message.receipt_handle.clone(),
        }))
    }

    pub(crate) fn hide(
        &mut self,
        url: &str,
        message: &model::Message,
        seconds: i32,
    ) -> Result<model::Reply, sqs::Error> {
        self.call(model::Command::ChangeMessageVisibility(model::ChangeMessageVisibilityRequest {
            queue_url: Some(url.to_owned()),
            receipt_handle: message.receipt_handle.clone(),
            visibility_timeout: Some(seconds),
        }))
    }
}

/// A send.
#[derive(Clone, Copy, Default)]
pub(crate) struct Send<'a> {
    pub(crate) url: &'a str,
    pub(crate) body: &'a str,
    pub(crate) group: Option<&'a str>,
    pub(crate) deduplication: Option<&'a str>,
    pub(crate) delay: Option<i32>,
}

impl From<Send<'_>> for model::SendMessageRequest {
    fn from(send: Send<'_>) -> Self {
        Self {
            queue_url: Some(send.url.to_owned()),
            message_body: Some(send.body.to_owned()),
            message_group_id: send.group.map(str::to_owned),
            message_deduplication_id: send.deduplication.map(str::to_owned),
            delay_seconds: send.delay,
            ..Self::default()
        }
    }
}

/// A short poll for ten messages with all system attributes.
pub(crate) fn receive(url: &str) -> model::ReceiveMessageRequest {
    model::ReceiveMessageRequest {
        queue_url: Some(url.to_owned()),
        max_number_of_messages: Some(10),
        wait_time_seconds: Some(0),
        message_system_attribute_names: Some(vec!["All".into()]),
        ..Default::default()
    }
}

pub(crate) fn bodies(messages: &[model::Message]) -> Vec<String> {
    messages.iter().map(|message| message.body.clone().unwrap()).collect()
}

/// A system attribute of a message.
pub(crate) fn attribute(message: &model::Message, name: &str) -> Option<String> {
    message.attributes.as_ref()?.get(&model::MessageSystemAttributeName::from(name)).cloned()
}

pub(crate) fn arn(name: &str) -> String {
    format!("arn:aws:sqs:us-east-1:000000000000:{name}")
}

pub(crate) fn redrive(dead: &str, receives: u32) -> String {
    format!(r#"{{"deadLetterTargetArn":"{}","maxReceiveCount":{receives}}}"#, arn(dead))
}

/// What an event says, without time and queue.
pub(crate) fn happenings(events: &[sqs::Event]) -> Vec<&sqs::Happening> {
    events.iter().map(|event| &event.what).collect()
}
