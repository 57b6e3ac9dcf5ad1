//! All queues of all accounts and regions.

use redeliver_model::sqs::Command;

use super::agenda::{Agenda, Due};
use super::context::Context;
use super::dispatch::queue_url;
use super::move_task::Tasks;
use super::poll::Polls;
use super::prepared::Prepared;
use super::queue::{Queue, QueueId};
use super::registry::Registry;
use crate::kms::Keys;
use crate::log::Log;
use crate::{Answer, Caller, Ids, Limits, Oracle, Timestamp};

/// Who calls SQS, and how.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    /// Who calls.
    pub(crate) caller: &'a Caller,
    /// The HTTP header `X-Amzn-Trace-Id`.
    pub(crate) trace: Option<String>,
    /// What was prepared of it.
    pub(crate) prepared: Prepared,
}

/// All queues of all accounts and regions.
#[derive(Debug)]
pub(crate) struct Sqs {
    /// Source of message ids.
    pub(super) ids: Ids,
    /// Quotas.
    pub(super) limits: Limits,
    /// Keys of KMS that do not work.
    pub(crate) keys: Keys,
    /// The queues by [`QueueId`]; `None` where one was deleted.
    pub(super) queues: Vec<Option<Queue>>,
    /// The queues by key.
    pub(super) registry: Registry,
    /// What happens by itself.
    pub(super) agenda: Agenda,
    /// Receives that wait for messages.
    pub(super) polls: Polls,
    /// Message move tasks.
    pub(super) move_tasks: Tasks,
    /// Queues with waiting receives that have to look again.
    pub(super) stirred: Vec<QueueId>,
    /// The time up to which everything has happened.
    clock: Timestamp,
}

impl Sqs {
    /// No queues yet.
    pub(crate) fn new(ids: Ids, limits: Limits) -> Self {
        Self {
            ids,
            limits,
            keys: Keys::default(),
            queues: Vec::new(),
            registry: Registry::default(),
            agenda: Agenda::default(),
            polls: Polls::default(),
            move_tasks: Tasks::default(),
            stirred: Vec::new(),
            clock: Timestamp(0),
        }
    }

    /// Carries out one call.
    #[inline]
    pub(crate) fn apply(
        &mut self,
        now: Timestamp,
        call: Call<'_>,
        command: &mut Command,
        log: &mut Log,
        oracle: &mut dyn Oracle,
    ) -> Answer {
        let Call { caller, trace, prepared } = call;
        self.tick(now, log, oracle);
        let now = self.clock;
        let queue = self.find_by_url(caller, queue_url(command));
        let answer = self.dispatch(&mut Context { now, caller, trace, prepared, log, queue, oracle }, command).into();
        self.serve_polls(now, log, oracle);
        self.tick(now, log, oracle);
        answer
    }

    /// Lets time pass up to `now`: what was due happens in the order in which it was due, however late the tick comes.
    pub(crate) fn tick(&mut self, now: Timestamp, log: &mut Log, oracle: &mut dyn Oracle) {
        while let Some((at, due)) = self.agenda.pop(now) {
            // What comes late to the agenda, such as a moved message that is too old for its new queue, happens now.
            self.clock = self.clock.max(at);
            self.happen(self.clock, due, log, oracle);
            self.serve_polls(self.clock, log, oracle);
        }
        self.clock = self.clock.max(now);
    }

    /// When [`Self::tick`] is due.
    pub(crate) fn wake_at(&self) -> Option<Timestamp> {
        self.agenda.wake_at()
    }

    /// A queue that is known to exist.
    pub(super) fn queue(&self, id: QueueId) -> &Queue {
        self.queues[id.index()].as_ref().expect("ids of deleted queues are not kept")
    }

    /// A queue that is known to exist, to be changed.
    pub(super) fn queue_mut(&mut self, id: QueueId) -> &mut Queue {
        self.queues[id.index()].as_mut().expect("ids of deleted queues are not kept")
    }

    /// Whether a queue still exists.
    pub(super) fn find(&self, id: QueueId) -> Option<&Queue> {
        self.queues.get(id.index())?.as_ref()
    }

    fn happen(&mut self, at: Timestamp, due: Due, log: &mut Log, oracle: &mut dyn Oracle) {
        match due {
            Due::Attributes(id) => self.settle_attributes(at, id),
            Due::Deletion(id) => self.end_queue(at, id, log),
            Due::Messages(id) => self.advance_messages(at, id, log),
            Due::Purge(id) => self.end_purge(at, id, log),
            Due::PollEnd(ticket) => self.end_poll(ticket, log),
            Due::MoveTask(index) => self.step_move_task(at, index, log, oracle),
        }
    }
}
