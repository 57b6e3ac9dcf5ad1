//! The world: all accounts and regions, and the one function that changes it.

use redeliver_model as model;

use crate::log::Log;
use crate::sqs::Prepared;
use crate::{Caller, Effect, Error, Event, Ids, KeyFault, Limits, Oracle, Ticket, Timestamp, kinesis, sns, sqs};

/// Streams of ids are named by what they are for: one service shifts no other.
const SNS_IDS: u64 = 0x736E_735F_6964_735F;
const KINESIS_IDS: u64 = 0x6B69_6E65_7369_735F;

/// What a world is made with.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// Seed of all identifiers.
    pub seed: u64,
    /// Quotas.
    pub limits: Limits,
    /// Whether steps report [`Event`]s; off saves their cost.
    pub events: bool,
}

/// A call.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Who calls.
    pub caller: Caller,
    /// What is asked.
    pub command: Command,
    /// The HTTP header `X-Amzn-Trace-Id`, which SQS turns into the system attribute `AWSTraceHeader`.
    pub trace: Option<String>,
}

/// An operation of any service with its parameters.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Of SQS.
    Sqs(model::sqs::Command),
    /// Of SNS.
    Sns(model::sns::Command),
    /// Of Kinesis; boxed, for its operations on channels have many parameters.
    Kinesis(Box<model::kinesis::Command>),
}

/// The result of an operation of any service.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// Of SQS.
    Sqs(model::sqs::Reply),
    /// Of SNS.
    Sns(model::sns::Reply),
    /// Of Kinesis.
    Kinesis(Box<model::kinesis::Reply>),
}

/// A result, or why there is none.
pub type Outcome = Result<Reply, Error>;

/// The answer to a call.
#[derive(Debug)]
pub enum Answer {
    /// Answered at once.
    Now(Outcome),
    /// To be answered by an [`Effect::Answer`] of a later step.
    Later(Ticket),
    /// Answered with a stream of events, each an [`Effect::Emit`] of this step or a later one.
    Stream(Ticket),
}

/// What a step of the world gives.
#[derive(Debug)]
pub struct Step<A> {
    /// The answer: [`Answer`] of a call, nothing of a tick.
    pub answer: A,
    /// What happened, in order; empty unless [`Config::events`].
    pub events: Vec<Event>,
    /// What the shell has to do, in order.
    pub effects: Vec<Effect>,
    /// When [`World::tick`] has to be called at the latest, if nothing else happens before.
    pub wake_at: Option<Timestamp>,
}

/// All accounts and regions.
#[derive(Debug)]
pub struct World {
    events: bool,
    sqs: sqs::Sqs,
    sns: sns::Sns,
    kinesis: kinesis::Kinesis,
}

impl World {
    /// An empty world.
    pub fn new(config: Config) -> Self {
        let ids_of_sns = Ids::new(config.seed ^ SNS_IDS);
        Self {
            events: config.events,
            sns: sns::Sns::new(ids_of_sns, config.limits.clone()),
            kinesis: kinesis::Kinesis::new(Ids::new(config.seed ^ KINESIS_IDS), config.limits.clone()),
            sqs: sqs::Sqs::new(Ids::new(config.seed), config.limits),
        }
    }

    /// Carries out one call at the time `now`, which never runs backwards.
    pub fn apply(&mut self, now: Timestamp, request: Request, oracle: &mut dyn Oracle) -> Step<Answer> {
        self.apply_prepared(now, request, Prepared::default(), oracle)
    }

    /// The same for a call of which something was prepared before: nobody else waits for the world meanwhile.
    pub fn apply_prepared(
        &mut self,
        now: Timestamp,
        mut request: Request,
        prepared: Prepared,
        oracle: &mut dyn Oracle,
    ) -> Step<Answer> {
        let mut log = Log::new(self.events);
        self.deliver(now, &mut log, oracle);
        let Request { caller, command, trace } = &mut request;
        let answer = match command {
            Command::Sqs(command) => {
                self.sqs.apply(now, sqs::Call { caller, trace: trace.take(), prepared }, command, &mut log, oracle)
            }
            Command::Sns(command) => {
                self.sqs.tick(now, &mut log, oracle);
                let call = sns::Call { caller, trace: trace.take() };
                let answer = self.sns.apply(now, call, command, &mut log);
                self.sns.run(&mut sns::Transit { now, sqs: &mut self.sqs, log: &mut log, oracle, is_refused: false });
                answer
            }
            Command::Kinesis(command) => self.kinesis.apply(now, &kinesis::Call { caller }, command, &mut log, oracle),
        };
        self.step(answer, log)
    }

    /// Lets time pass up to `now`: what was due by then happens.
    pub fn tick(&mut self, now: Timestamp, oracle: &mut dyn Oracle) -> Step<()> {
        let mut log = Log::new(self.events);
        self.deliver(now, &mut log, oracle);
        self.sqs.tick(now, &mut log, oracle);
        self.kinesis.tick(now, &mut log);
        self.step((), log)
    }

    /// Goes on with a delivery of SNS whose attempt has ended.
    pub fn delivered(
        &mut self,
        now: Timestamp,
        delivery: sns::DeliveryId,
        attempted: sns::Attempted,
        oracle: &mut dyn Oracle,
    ) -> Step<()> {
        let mut log = Log::new(self.events);
        self.deliver(now, &mut log, oracle);
        self.sqs.tick(now, &mut log, oracle);
        let mut transit = sns::Transit { now, sqs: &mut self.sqs, log: &mut log, oracle, is_refused: false };
        self.sns.end_attempt(delivery, attempted, &mut transit);
        self.step((), log)
    }

    /// Whether a delivery over HTTP is under way, attempted or waiting to be repeated.
    pub fn has_posts(&self) -> bool {
        self.sns.has_posts()
    }

    /// Whether a channel of Kinesis has something to deliver, be it only in a while.
    pub fn has_deliveries(&self) -> bool {
        self.kinesis.has_deliveries()
    }

    /// Lets all deliveries of SNS that take their time be made by the next [`Self::tick`], at this time.
    pub fn hasten(&mut self, now: Timestamp) -> Step<()> {
        self.sns.hasten(now);
        self.step((), Log::new(self.events))
    }

    /// Deliveries of SNS that are not over yet: under way, waiting to be repeated, or late.
    pub fn under_way(&self) -> usize {
        self.sns.under_way()
    }

    /// What left the world by ways that nobody plays here, the oldest first.
    pub fn outbox(&self) -> impl Iterator<Item = &sns::Entry> {
        self.sns.outbox()
    }

    /// Lets deliveries happen that were due by `now`, each after all that was due before it.
    fn deliver(&mut self, now: Timestamp, log: &mut Log, oracle: &mut dyn Oracle) {
        while let Some(at) = self.sns.next_delivery().filter(|at| *at <= now) {
            self.sqs.tick(at, log, oracle);
            self.sns.run(&mut sns::Transit { now: at, sqs: &mut self.sqs, log, oracle, is_refused: false });
        }
    }

    /// Forgets a call that waits for its answer, because its caller went away.
    pub fn abandon(&mut self, ticket: Ticket) {
        self.sqs.abandon(ticket);
        self.kinesis.abandon(ticket);
    }

    /// Answers all calls that wait, as if their time were over: for a service that is about to stop.
    pub fn end_waits(&mut self) -> Step<()> {
        let mut log = Log::new(self.events);
        self.sqs.end_polls(&mut log);
        self.kinesis.end_subscriptions(&mut log);
        self.step((), log)
    }

    /// All queues as they are, by account, region and name, each with its `messages` oldest messages. Looking changes nothing.
    pub fn queues(&self, messages: usize) -> Vec<sqs::QueueView> {
        self.sqs.view(messages)
    }

    /// All topics with their subscriptions as they are at `now`, by account, region and name. Looking changes nothing.
    pub fn topics(&self, now: Timestamp) -> Vec<sns::TopicView> {
        self.sns.view(now)
    }

    /// All streams with their shards, consumers, queues and channels as they are at `now`, by account, region and name. Looking changes
    /// nothing.
    pub fn streams(&self, now: Timestamp) -> Vec<kinesis::StreamView> {
        self.kinesis.view(now)
    }

    /// Lets a key of KMS not work, or work again. Resources call it by an id, an ARN or an alias: as they do, it is called here.
    pub fn set_key(&mut self, key: &str, fault: Option<KeyFault>) {
        self.sqs.keys.set(key, fault);
        self.sns.keys.set(key, fault);
        self.kinesis.keys.set(key, fault);
    }

    /// The keys of KMS that do not work, in order, each with why.
    pub fn keys(&self) -> impl Iterator<Item = (&str, KeyFault)> {
        self.sqs.keys.iter()
    }

    /// The owner of a phone number answers a text message of this account and region with `STOP`.
    pub fn opt_out(&mut self, account: &str, region: &str, number: &str) {
        self.sns.opt_out(sns::Home { account: account.into(), region: region.into() }, number);
    }

    fn step<A>(&self, answer: A, log: Log) -> Step<A> {
        let (events, effects) = log.into_parts();
        let due = [self.sqs.wake_at(), self.sns.next_delivery(), self.kinesis.wake_at()];
        Step { answer, events, effects, wake_at: due.into_iter().flatten().min() }
    }
}
