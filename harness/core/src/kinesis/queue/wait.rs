//! Receives that wait for records.

use std::collections::BTreeMap;

use super::QueueId;
use super::receive::Asked;
use crate::kinesis::agenda::Due;
use crate::kinesis::{Kinesis, QueueFault};
use crate::log::Log;
use crate::{Error, Reply, Ticket, Timestamp};

/// Tickets of receives have this bit, which no other ticket has.
const MARK: u64 = 1 << 62;

/// Receives that wait for records, in the order in which they came.
#[derive(Debug, Default)]
pub(in crate::kinesis) struct Waits {
    open: BTreeMap<Ticket, Asked>,
    opened: u64,
}

impl Kinesis {
    /// Lets a receive wait.
    pub(super) fn wait(&mut self, asked: Asked) -> Ticket {
        let waits = &mut self.queues.waits;
        waits.opened += 1;
        let ticket = Ticket(MARK | waits.opened);
        waits.open.insert(ticket, asked);
        self.agenda.plan(asked.until, Due::Wait(ticket));
        self.plan_look(asked.queue);
        ticket
    }

    /// Forgets a receive whose caller went away.
    pub(in crate::kinesis) fn abandon_wait(&mut self, ticket: Ticket) {
        self.queues.waits.open.remove(&ticket);
    }

    /// Gives those that wait what there is by now.
    pub(in crate::kinesis) fn serve_waits(&mut self, now: Timestamp, log: &mut Log) {
        let tickets: Vec<_> = self.queues.waits.open.keys().copied().collect();
        for ticket in tickets {
            let Some(&asked) = self.queues.waits.open.get(&ticket) else { continue };
            let records = self.hand_out(now, asked);
            if !records.is_empty() {
                self.queues.waits.open.remove(&ticket);
                log.answer(ticket, Ok(Reply::Kinesis(Box::new(asked.reply(records)))));
            }
        }
    }

    /// Looks again for those that wait for a queue, and at the next time at which there may be something.
    pub(in crate::kinesis) fn look(&mut self, now: Timestamp, queue: QueueId, log: &mut Log) {
        self.serve_waits(now, log);
        if self.queues.waits.open.values().any(|asked| asked.queue == queue) {
            self.plan_look(queue);
        }
    }

    fn plan_look(&mut self, id: QueueId) {
        let due = self.queues.all.get(&id).and_then(|queue| queue.backlog.due());
        if let Some(at) = due {
            self.agenda.plan(at, Due::Look(id));
        }
    }

    /// The time of a receive is over: it gets nothing.
    pub(in crate::kinesis) fn end_wait(&mut self, ticket: Ticket, log: &mut Log) {
        if let Some(asked) = self.queues.waits.open.remove(&ticket) {
            log.answer(ticket, Ok(Reply::Kinesis(Box::new(asked.reply(Vec::new())))));
        }
    }

    /// Ends all receives that wait, as if their time were over.
    pub(in crate::kinesis) fn end_all_waits(&mut self, log: &mut Log) {
        let tickets: Vec<_> = self.queues.waits.open.keys().copied().collect();
        for ticket in tickets {
            self.end_wait(ticket, log);
        }
    }

    /// Tells those that wait for a queue that it is gone.
    pub(super) fn end_waits_of(&mut self, queue: QueueId, log: &mut Log) {
        let of_queue = |(ticket, asked): (&Ticket, &Asked)| (asked.queue == queue).then_some(*ticket);
        let tickets: Vec<_> = self.queues.waits.open.iter().filter_map(of_queue).collect();
        for ticket in tickets {
            self.queues.waits.open.remove(&ticket);
            let gone = QueueFault::NotFound { arn: String::new() };
            log.answer(ticket, Err(Error::Kinesis(gone.into())));
        }
    }
}
