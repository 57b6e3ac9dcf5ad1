//! What a step collects besides its answer.

use crate::{Effect, Emitted, Event, Outcome, Ticket, kinesis, sns, sqs};

/// Events and effects of one step.
#[derive(Debug)]
pub(crate) struct Log {
    record: bool,
    events: Vec<Event>,
    effects: Vec<Effect>,
}

impl Log {
    /// An empty log that keeps events only if `record`.
    pub(crate) fn new(record: bool) -> Self {
        Self { record, events: Vec::new(), effects: Vec::new() }
    }

    /// Adds the event of SQS that `event` makes, unless events are off.
    pub(crate) fn event(&mut self, event: impl FnOnce() -> sqs::Event) {
        if self.record {
            self.events.push(Event::Sqs(event()));
        }
    }

    /// As [`Self::event`], of SNS.
    pub(crate) fn sns(&mut self, event: impl FnOnce() -> sns::Event) {
        if self.record {
            self.events.push(Event::Sns(event()));
        }
    }

    /// As [`Self::event`], of Kinesis.
    pub(crate) fn kinesis(&mut self, event: impl FnOnce() -> kinesis::Event) {
        if self.record {
            self.events.push(Event::Kinesis(event()));
        }
    }

    /// Adds what the shell has to do.
    pub(crate) fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Answers a waiting call.
    pub(crate) fn answer(&mut self, ticket: Ticket, outcome: Outcome) {
        self.effects.push(Effect::Answer { ticket, outcome });
    }

    /// Says something on a stream of events.
    pub(crate) fn emit(&mut self, ticket: Ticket, emitted: Emitted) {
        self.effects.push(Effect::Emit { ticket, emitted });
    }

    /// Events and effects, in order.
    pub(crate) fn into_parts(self) -> (Vec<Event>, Vec<Effect>) {
        (self.events, self.effects)
    }
}
