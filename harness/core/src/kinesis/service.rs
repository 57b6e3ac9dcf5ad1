//! All streams of all accounts and regions.

use std::time::Duration;

use redeliver_model::kinesis::{Command, Reply};

use super::account_settings::Commitments;
use super::agenda::{Agenda, Due};
use super::call_rate::CallRates;
use super::channel::Channels;
use super::context::Context;
use super::event::{Event, Happening};
use super::queue::Queues;
use super::registry::Registry;
use super::shards::Shards;
use super::status::Status;
use super::subscription::Subscriptions;
use super::{Error, StreamId};
use crate::kms::Keys;
use crate::log::Log;
use crate::{Answer, Caller, Ids, Limits, Oracle, Ticket, Timestamp};

/// Who calls Kinesis.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    /// Who calls.
    pub(crate) caller: &'a Caller,
}

/// All streams of all accounts and regions.
#[derive(Debug)]
pub(crate) struct Kinesis {
    /// Source of what tells one iterator from another.
    pub(in crate::kinesis) ids: Ids,
    /// Quotas.
    pub(in crate::kinesis) limits: Limits,
    /// Keys of KMS that do not work.
    pub(crate) keys: Keys,
    /// The streams.
    pub(in crate::kinesis) registry: Registry,
    /// What happens by itself.
    pub(in crate::kinesis) agenda: Agenda,
    /// What accounts have committed themselves to.
    pub(in crate::kinesis) commitments: Commitments,
    /// The subscriptions that are open.
    pub(in crate::kinesis) subscriptions: Subscriptions,
    /// The queues on streams.
    pub(in crate::kinesis) queues: Queues,
    /// The channels from streams.
    pub(in crate::kinesis) channels: Channels,
    /// How often operations were called lately.
    pub(in crate::kinesis) call_rates: CallRates,
    /// How many consumers were ever registered.
    pub(in crate::kinesis) consumers_registered: u32,
    /// The time up to which everything has happened.
    pub(in crate::kinesis) clock: Timestamp,
}

impl Kinesis {
    /// No streams yet.
    pub(crate) fn new(ids: Ids, limits: Limits) -> Self {
        Self {
            ids,
            limits,
            keys: Keys::default(),
            registry: Registry::default(),
            agenda: Agenda::default(),
            commitments: Commitments::default(),
            subscriptions: Subscriptions::default(),
            queues: Queues::default(),
            channels: Channels::default(),
            call_rates: CallRates::default(),
            consumers_registered: 0,
            clock: Timestamp(0),
        }
    }

    /// Carries out one call.
    pub(crate) fn apply(
        &mut self,
        now: Timestamp,
        call: &Call<'_>,
        command: &mut Command,
        log: &mut Log,
        oracle: &mut dyn Oracle,
    ) -> Answer {
        self.tick(now, log);
        let operation = command.operation().name;
        let in_time = self.be_in_time(self.clock, call.caller, command);
        let mut cx = Context { now: self.clock, caller: call.caller, operation, log, oracle };
        let let_in = in_time.and_then(|()| self.let_in(cx.caller, command));
        let answer = match (let_in, &mut *command) {
            (Err(denied), _) => Answer::Now(Err(denied.into())),
            (Ok(()), Command::SubscribeToShard(input)) => match self.subscribe_to_shard(&mut cx, input) {
                Ok(ticket) => Answer::Stream(ticket),
                Err(refused) => Answer::Now(Err(refused.into())),
            },
            (Ok(()), Command::ReceiveQueueRecords(input)) => {
                let received = self.receive_queue_records(&mut cx, input);
                Self::later(received)
            }
            (Ok(()), Command::ReceiveDeadLetterQueueRecords(input)) => {
                let received = self.receive_dead_letters(&mut cx, input);
                Self::later(received)
            }
            (Ok(()), command) => {
                let reply = self.dispatch(&mut cx, command);
                Answer::Now(reply.map(Box::new).map(crate::Reply::Kinesis).map_err(Into::into))
            }
        };
        // What takes no time is over before the answer is read.
        self.tick(now, log);
        self.feed_all(log);
        self.serve_waits(self.clock, log);
        self.watch_channels(self.clock);
        answer
    }

    /// The answer to a call that may wait.
    fn later(received: Result<Result<Reply, Ticket>, Error>) -> Answer {
        match received {
            Ok(Ok(reply)) => Answer::Now(Ok(crate::Reply::Kinesis(Box::new(reply)))),
            Ok(Err(ticket)) => Answer::Later(ticket),
            Err(refused) => Answer::Now(Err(refused.into())),
        }
    }

    /// Lets time pass up to `now`: what was due happens in the order in which it was due, however late the tick comes.
    pub(crate) fn tick(&mut self, now: Timestamp, log: &mut Log) {
        while let Some((at, due)) = self.agenda.pop(now) {
            self.clock = self.clock.max(at);
            match due {
                Due::Stream(id) => self.settle_stream(self.clock, id, log),
                Due::Minute(id) => self.end_minute(self.clock, id),
                Due::Growth(id) => self.grow(self.clock, id, log),
                Due::Consumer(stream, id) => self.settle_consumer(stream, id),
                Due::Queue(id) => self.settle_queue(id, log),
                Due::Channel(id) => self.settle_channel(self.clock, id),
                Due::Delivery(id) => self.deliver(self.clock, id, log),
                Due::Look(id) => self.look(self.clock, id, log),
                Due::Wait(ticket) => self.end_wait(ticket, log),
                Due::Subscription(ticket) => self.feed(ticket, log),
            }
        }
        self.clock = self.clock.max(now);
    }

    /// When [`Self::tick`] is due.
    pub(crate) fn wake_at(&self) -> Option<Timestamp> {
        self.agenda.wake_at()
    }

    /// Lets a stream be busy with something until a time that the oracle knows.
    pub(in crate::kinesis) fn begin(&mut self, cx: &mut Context<'_>, id: StreamId, status: Status) {
        let takes = cx.oracle.transition(Duration::from_millis(self.limits.stream_transition_ms));
        let stream = self.stream_mut(id);
        stream.status = status;
        let (arn, status) = (stream.arn.clone(), stream.status.to_model());
        cx.log.kinesis(|| Event { at: cx.now, stream: arn, what: Happening::StatusChanged { status } });
        self.agenda.plan(cx.now + takes, Due::Stream(id));
    }

    /// What a stream is busy with comes to its end.
    fn settle_stream(&mut self, at: Timestamp, id: StreamId, log: &mut Log) {
        // It may have been deleted in the meantime.
        let Some(stream) = self.registry.get_mut(id) else { return };
        let arn = stream.arn.clone();
        let told = |what| Event { at, stream: arn, what };
        match std::mem::replace(&mut stream.status, Status::Active) {
            Status::Creating { shards } => stream.shards = Shards::even(at, shards),
            Status::Updating(change) => stream.change(at, change, log),
            Status::Active => {}
            Status::Deleting => {
                log.kinesis(|| told(Happening::StreamDeleted));
                self.registry.remove(id);
                return;
            }
        }
        log.kinesis(|| told(Happening::StatusChanged { status: Status::Active.to_model() }));
    }
}
