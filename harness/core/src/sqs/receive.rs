//! `ReceiveMessage`.

use std::sync::Arc;

use redeliver_model::sqs::{self as model, ReceiveMessageRequest, ReceiveMessageResult};

use super::context::Context;
use super::messages::{Cursor, Got};
use super::outgoing::outgoing;
use super::queue::{Queue, QueueId};
use super::receipt_handle::ReceiptHandle;
use super::selection::Selection;
use super::send::listed;
use super::{Error, Event, Happening, Sqs, validate};
use crate::log::Log;
use crate::{Oracle, Poll, Ticket, Timestamp};

/// What comes of a receive.
pub(super) enum Polled {
    /// An answer.
    Now(ReceiveMessageResult),
    /// A wait for messages.
    Parked(Ticket),
}

/// The parameters of a receive, checked.
#[derive(Debug, Clone)]
pub(super) struct Receive {
    max: usize,
    visibility_secs: Option<u32>,
    attempt: Option<String>,
    selection: Selection,
}

impl Sqs {
    /// `ReceiveMessage`.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html>
    pub(super) fn receive_message(
        &mut self,
        cx: &mut Context<'_>,
        input: &mut ReceiveMessageRequest,
    ) -> Result<Polled, Error> {
        let id = cx.queue()?;
        let wait_secs = validate::wait_secs(input.wait_time_seconds)?;
        let receive = Receive::of(input, self.queue(id).is_fifo())?;
        self.keys.check(self.queue(id).in_force.get().kms_key.as_deref())?;
        let wait_secs = wait_secs.unwrap_or(self.queue(id).in_force.get().receive_wait_secs);
        if wait_secs == 0 {
            self.refuse_over_limit(id)?;
            let messages = self.receive(cx.now, id, &receive, Poll::Short, cx.log, cx.oracle);
            return Ok(Polled::Now(ReceiveMessageResult { messages: listed(messages) }));
        }
        let messages = self.receive(cx.now, id, &receive, Poll::Long, cx.log, cx.oracle);
        if messages.is_empty() {
            return Ok(Polled::Parked(self.park(id, receive, cx.now.plus_secs(wait_secs.into()))));
        }
        Ok(Polled::Now(ReceiveMessageResult { messages: Some(messages) }))
    }

    /// Too many messages in flight are an error only on short polls of standard queues.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html>
    fn refuse_over_limit(&self, id: QueueId) -> Result<(), Error> {
        let (queue, limit) = (self.queue(id), self.limits.in_flight_standard);
        if queue.is_fifo() || queue.messages.hidden() < limit {
            return Ok(());
        }
        Err(Error::OverLimit { text: format!("Too many messages in flight: a queue has at most {limit}.") })
    }

    /// Hands out what is there. Messages that were received as often as their queue allows go to its dead-letter queue instead.
    pub(super) fn receive(
        &mut self,
        now: Timestamp,
        id: QueueId,
        receive: &Receive,
        poll: Poll,
        log: &mut Log,
        oracle: &mut dyn Oracle,
    ) -> Vec<model::Message> {
        let limits = [self.limits.in_flight_standard, self.limits.in_flight_fifo];
        let queue = self.queue_mut(id);
        let is_fifo = queue.is_fifo();
        let visibility_secs = receive.visibility_secs.unwrap_or(queue.in_force.get().visibility_secs);
        let hidden_until = now.plus_secs(visibility_secs.into());
        if let Some(messages) = receive.repeat(now, queue, hidden_until, log) {
            self.touch(id);
            return messages;
        }
        let room = limits[usize::from(is_fifo)].saturating_sub(queue.messages.hidden());
        let limit = queue.messages.begin(poll, receive.max, room, oracle);
        if limit == 0 {
            return Vec::new();
        }

        let mut got: Vec<Got> = Vec::with_capacity(limit);
        let mut released = Vec::new();
        let mut cursor = Cursor::default();
        while got.len() < limit
            && let Some(place) = self.queue_mut(id).messages.next(now, &mut cursor)
        {
            if self.dead_letter(now, id, place, log, oracle) {
                continue;
            }
            let messages = &mut self.queue_mut(id).messages;
            messages.take(now, place, hidden_until);
            let stored = messages.at(place);
            let (message, receive) = (stored.id, stored.receive_count);
            if visibility_secs == 0 || (!is_fifo && oracle.duplicate()) {
                released.push(place);
            }
            let handle = ReceiptHandle { queue: id, place, message, receive, received_at: now };
            got.push(Got { handle, hidden_until });
        }
        let queue = self.queue_mut(id);
        for place in released {
            queue.messages.release(now, place);
        }
        let answer = receive.answer(now, queue, &got, log);
        if let Some(attempt) = receive.attempt.as_deref().filter(|_| !got.is_empty()) {
            queue.messages.remember_receive(now, attempt, got);
        }
        self.touch(id);
        answer
    }
}

impl Receive {
    fn of(input: &mut ReceiveMessageRequest, is_fifo: bool) -> Result<Self, Error> {
        let max = validate::max_messages(input.max_number_of_messages)?;
        let visibility_secs = input.visibility_timeout.map(validate::visibility_secs).transpose()?;
        let attempt = input.receive_request_attempt_id.take();
        if let Some(attempt) = &attempt {
            validate::attempt_id(attempt)?;
        }
        // Documented to apply to FIFO queues only, and not what it does on others: there it is ignored.
        Ok(Self { max, visibility_secs, attempt: attempt.filter(|_| is_fifo), selection: Selection::of(input) })
    }

    /// The answer to a repetition of an earlier receive, if this is one.
    fn repeat(
        &self,
        now: Timestamp,
        queue: &mut Queue,
        hidden_until: Timestamp,
        log: &mut Log,
    ) -> Option<Vec<model::Message>> {
        let got = queue.messages.repeat(now, self.attempt.as_deref()?, hidden_until)?;
        for got in &got {
            let what = Happening::VisibilityChanged { message: got.handle.message, hidden_until };
            log.event(|| Event { at: now, queue: Arc::clone(&queue.arn), what });
        }
        Some(got.iter().map(|got| outgoing(&queue.messages, got.handle, &self.selection, true)).collect())
    }

    fn answer(&self, now: Timestamp, queue: &Queue, got: &[Got], log: &mut Log) -> Vec<model::Message> {
        let is_fifo = queue.is_fifo();
        let mut answer = Vec::with_capacity(got.len());
        for &Got { handle, hidden_until } in got {
            log.event(|| Event {
                at: now,
                queue: Arc::clone(&queue.arn),
                what: Happening::Received { message: handle.message, count: handle.receive, hidden_until },
            });
            answer.push(outgoing(&queue.messages, handle, &self.selection, is_fifo));
        }
        answer
    }
}
