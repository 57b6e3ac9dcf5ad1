//! A consumer's work on one delivered message, from its beginning to its end.

use aws_sdk_kinesis::types::Record;
use aws_sdk_sqs::types::Message;
use redeliver_check::{HandlerState, What};

use super::effects::Effects;

/// A consumer's work on one delivered message. [`Handling::end`] or [`Handling::fail`] end it; dropped before, it counts as given up, unless
/// the consumer was killed, which ends it too.
#[derive(Debug)]
#[must_use = "the work ends when this is dropped"]
pub struct Handling {
    effects: Effects,
    message: String,
    handle: Option<String>,
    key: String,
    is_over: bool,
}

impl Effects {
    /// Notes that the work on a delivered message begins, and for which business key. Invariants on handlers need it, such as
    /// [`Invariant::NoOverlap`](redeliver_check::Invariant::NoOverlap).
    pub fn handling(&self, key: impl Into<String>, message: &Message) -> Handling {
        let handle = message.receipt_handle().map(str::to_owned);
        self.handling_of(key.into(), message.message_id().unwrap_or_default(), handle)
    }

    /// The same of a record of a stream.
    pub fn handling_record(&self, key: impl Into<String>, record: &Record) -> Handling {
        self.handling_of(key.into(), record.sequence_number(), None)
    }

    fn handling_of(&self, key: String, message: &str, handle: Option<String>) -> Handling {
        let handling = Handling { effects: self.clone(), message: message.to_owned(), handle, key, is_over: false };
        handling.note(HandlerState::Start, None);
        handling
    }
}

impl Handling {
    /// It came to its end.
    pub fn end(mut self) {
        self.is_over = true;
        self.note(HandlerState::End, None);
    }

    /// It gave up, for this reason.
    pub fn fail(mut self, reason: impl Into<String>) {
        self.is_over = true;
        self.note(HandlerState::Error, Some(reason.into()));
    }

    fn note(&self, state: HandlerState, reason: Option<String>) {
        self.effects.note(What::Handler {
            state,
            message: self.message.clone(),
            handle: self.handle.clone(),
            key: Some(self.key.clone()),
            reason,
        });
    }
}

impl Drop for Handling {
    fn drop(&mut self) {
        if !self.is_over {
            self.note(HandlerState::Error, Some("it was dropped".to_owned()));
        }
    }
}
