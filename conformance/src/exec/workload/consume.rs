//! A consumer.

use std::time::Duration;

use redeliver_model::Service;
use redeliver_spec::{Abandon, Consume, Scope};
use regex::Regex;
use serde_json::{Map, Value, json};

use super::super::fill;
use super::super::names::seed_of;
use super::super::session::Session;
use super::super::stop::Stop;
use super::progress::Progress;
use super::receive::receive;
use crate::observe::Answer;

/// The longest that a message is worked on, in milliseconds: short against any visibility timeout, long enough that consumers take turns.
const WORK_MS_MAX: u64 = 20;

/// How consumers receive, and what they do not delete.
#[derive(Debug)]
pub(super) struct Habits {
    batch: u32,
    wait: Duration,
    visibility: Option<Duration>,
    abandon: Option<Choice>,
    release: bool,
}

/// What is not deleted.
#[derive(Debug)]
enum Choice {
    /// Every N-th message.
    Every(u32),
    /// Bodies that match.
    Body(Regex),
}

impl Habits {
    /// Replaces the variables.
    pub(super) fn new(consume: &Consume, scope: &Scope, step: &str) -> Result<Self, Stop> {
        let abandon = match &consume.abandon {
            None => None,
            Some(Abandon::Every(every)) => Some(Choice::Every(*every)),
            Some(Abandon::Body(pattern)) => {
                let regex = Regex::new(&fill::text(pattern, scope, &format!("{step}/workload/consume/abandon/body"))?);
                Some(Choice::Body(regex.map_err(|error| Stop::could_not_run(format!("abandon: {error}")))?))
            }
        };
        let Consume { batch, wait, visibility, release, .. } = *consume;
        Ok(Self { batch, wait, visibility, abandon, release })
    }

    fn input(&self, queue: &str) -> Value {
        let mut input = Map::new();
        input.insert("QueueUrl".to_owned(), queue.into());
        input.insert("MaxNumberOfMessages".to_owned(), self.batch.into());
        input.insert("WaitTimeSeconds".to_owned(), self.wait.as_secs().into());
        if let Some(visibility) = self.visibility {
            input.insert("VisibilityTimeout".to_owned(), visibility.as_secs().into());
        }
        input.insert("MessageSystemAttributeNames".to_owned(), json!(["All"]));
        Value::Object(input)
    }

    /// Whether the `nth` message of a consumer, counted from 1, is not deleted.
    fn abandons(&self, nth: u32, body: &str) -> bool {
        match &self.abandon {
            None => false,
            Some(Choice::Every(every)) => nth.is_multiple_of(*every),
            Some(Choice::Body(regex)) => regex.is_match(body),
        }
    }
}

/// One consumer.
pub(super) struct Consumer<'a, 'b> {
    session: &'a Session<'b>,
    step: &'a str,
    queue: &'a str,
    habits: &'a Habits,
    progress: &'a Progress,
    process: u32,
    random: fastrand::Rng,
    received: u32,
}

impl<'a, 'b> Consumer<'a, 'b> {
    /// A consumer with a process number of its own.
    pub(super) fn new(
        session: &'a Session<'b>,
        step: &'a str,
        queue: &'a str,
        habits: &'a Habits,
        progress: &'a Progress,
    ) -> Self {
        let process = session.new_process();
        let random = fastrand::Rng::with_seed(seed_of(session.seed(), &format!("consumer {process}")));
        Self { session, step, queue, habits, progress, process, random, received: 0 }
    }

    /// Receives and deletes until the workload is over.
    pub(super) async fn run(mut self) -> Result<(), Stop> {
        let input = self.habits.input(self.queue);
        while !self.progress.is_over() {
            let messages = receive(self.session, self.process, self.step, &input).await?;
            if !messages.is_empty() {
                self.progress.received();
            } else if self.habits.wait.is_zero() {
                // A short poll takes no time: without a pause, time would stand still.
                self.session.pause(self.session.pace().0).await;
            }
            for message in &messages {
                self.handle(message).await?;
            }
        }
        Ok(())
    }

    /// Works on a message, then deletes it or not.
    async fn handle(&mut self, message: &Value) -> Result<(), Stop> {
        let work = Duration::from_millis(self.random.u64(0..=WORK_MS_MAX));
        self.session.pause(work).await;
        self.received += 1;
        let body = message["Body"].as_str().unwrap_or_default();
        let mut input = json!({ "QueueUrl": self.queue, "ReceiptHandle": message["ReceiptHandle"] });
        let abandoned = self.habits.abandons(self.received, body);
        let operation = match (abandoned, self.habits.release) {
            (false, _) => "DeleteMessage",
            (true, true) => {
                input["VisibilityTimeout"] = 0.into();
                "ChangeMessageVisibility"
            }
            (true, false) => return Ok(()),
        };
        // A refusal is no failure by itself: the visibility timeout of a slow consumer may have run out. The message comes back then.
        let seen = self.session.call(self.process, Service::Sqs, operation, &input).await?;
        if !abandoned && matches!(seen.answer, Answer::Success(_)) {
            self.progress.settled(body);
        }
        Ok(())
    }
}
