//! Long polls that wait for messages.

use std::collections::BTreeMap;

use redeliver_model::sqs::{ReceiveMessageResult, Reply};

use super::agenda::Due;
use super::queue::{Alarm, QueueId};
use super::receive::Receive;
use super::{Error, Sqs};
use crate::log::Log;
use crate::{Oracle, Poll, Ticket, Timestamp};

/// Receives that wait for messages.
#[derive(Debug, Default)]
pub(super) struct Polls {
    waiting: BTreeMap<Ticket, Waiting>,
    last: u64,
}

#[derive(Debug)]
struct Waiting {
    queue: QueueId,
    receive: Receive,
    until: Timestamp,
}

impl Sqs {
    /// Lets a receive wait until `until`.
    pub(super) fn park(&mut self, queue: QueueId, receive: Receive, until: Timestamp) -> Ticket {
        self.polls.last += 1;
        let ticket = Ticket(self.polls.last);
        self.polls.waiting.insert(ticket, Waiting { queue, receive, until });
        self.agenda.add(until, Due::PollEnd(ticket));
        self.queue_mut(queue).waiting.push_back(ticket);
        self.touch(queue);
        ticket
    }

    /// Forgets a waiting call.
    pub(crate) fn abandon(&mut self, ticket: Ticket) {
        let Some(Waiting { queue, until, .. }) = self.polls.waiting.remove(&ticket) else { return };
        self.agenda.cancel(until, Due::PollEnd(ticket));
        let waiting = &mut self.queue_mut(queue).waiting;
        if waiting.pop_front_if(|first| *first == ticket).is_none() {
            waiting.retain(|&other| other != ticket);
        }
        self.set_alarm(queue);
    }

    /// Ends a poll without messages.
    pub(super) fn end_poll(&mut self, ticket: Ticket, log: &mut Log) {
        self.abandon(ticket);
        log.answer(ticket, Ok(crate::Reply::Sqs(Reply::ReceiveMessage(ReceiveMessageResult::default()))));
    }

    /// Ends all polls without messages, the longest-waiting first.
    pub(crate) fn end_polls(&mut self, log: &mut Log) {
        while let Some((&ticket, _)) = self.polls.waiting.first_key_value() {
            self.end_poll(ticket, log);
        }
    }

    /// Ends all polls of a queue that is gone.
    pub(super) fn refuse_polls(&mut self, tickets: impl IntoIterator<Item = Ticket>, log: &mut Log) {
        for ticket in tickets {
            if let Some(waiting) = self.polls.waiting.remove(&ticket) {
                self.agenda.cancel(waiting.until, Due::PollEnd(ticket));
            }
            log.answer(ticket, Err(Error::QueueDoesNotExist.into()));
        }
    }

    /// Notes that something changed in a queue: sees to it that time is looked at when it matters, and that waiting polls look again.
    pub(super) fn touch(&mut self, id: QueueId) {
        let queue = self.queue(id);
        queue.messages.check();
        if !queue.waiting.is_empty() && queue.messages.can_be_received() && !self.stirred.contains(&id) {
            self.stirred.push(id);
        }
        self.set_alarm(id);
    }

    /// Serves waiting polls where something changed, the longest-waiting first, until nothing changes any more.
    pub(super) fn serve_polls(&mut self, now: Timestamp, log: &mut Log, oracle: &mut dyn Oracle) {
        // Not a loop over the list: serving one queue can fill another's dead-letter queue.
        while !self.stirred.is_empty() {
            let id = self.stirred.remove(0);
            let mut passed_over = 0;
            while let Some(queue) = self.find(id).filter(|queue| queue.messages.can_be_received())
                && let Some(&ticket) = queue.waiting.get(passed_over)
            {
                if !self.serve(now, ticket, log, oracle) {
                    passed_over += 1;
                }
            }
            // Serving stirs the queue itself; whoever could be served has been.
            self.stirred.retain(|&other| other != id);
        }
    }

    /// Answers a poll if there are messages for it; true when it is answered.
    fn serve(&mut self, now: Timestamp, ticket: Ticket, log: &mut Log, oracle: &mut dyn Oracle) -> bool {
        let Waiting { queue, receive, .. } = &self.polls.waiting[&ticket];
        let (queue, receive) = (*queue, receive.clone());
        let messages = self.receive(now, queue, &receive, Poll::Long, log, oracle);
        if messages.is_empty() {
            return false;
        }
        self.abandon(ticket);
        let result = ReceiveMessageResult { messages: Some(messages) };
        log.answer(ticket, Ok(crate::Reply::Sqs(Reply::ReceiveMessage(result))));
        true
    }

    /// Puts the next moment at which something happens to the queue's messages on the agenda. An entry that comes too early stays: it
    /// is looked at once for nothing, which is cheaper than to move it at every receive and delete.
    pub(super) fn set_alarm(&mut self, id: QueueId) {
        let queue = self.queue(id);
        let loud = !queue.waiting.is_empty();
        let next = queue.messages.next_due(queue.in_force.get().retention_secs);
        let old = queue.alarm;
        let new = match (old, next) {
            (Some(old), Some(next)) if old.at <= next => Some(Alarm { at: old.at, loud }),
            (Some(old), None) => Some(Alarm { at: old.at, loud }),
            (_, next) => next.map(|at| Alarm { at, loud }),
        };
        if new == old {
            return;
        }
        match old {
            Some(Alarm { at, loud: true }) => self.agenda.cancel(at, Due::Messages(id)),
            Some(Alarm { at, loud: false }) => self.agenda.cancel_quiet(at, Due::Messages(id)),
            None => {}
        }
        match new {
            Some(Alarm { at, loud: true }) => self.agenda.add(at, Due::Messages(id)),
            Some(Alarm { at, loud: false }) => self.agenda.add_quiet(at, Due::Messages(id)),
            None => {}
        }
        self.queue_mut(id).alarm = new;
    }
}
