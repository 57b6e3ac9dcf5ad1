//! From an event of the reference to a line of a history.

use redeliver_core::{Event, Timestamp};

use super::{kinesis, sns, sqs};
use crate::{Record, What};

impl Record {
    /// What the reference told, as a line of a history that began at `start`.
    pub fn told(event: &Event, start: Timestamp) -> Self {
        let (service, at, resource, (name, detail)) = match event {
            Event::Sqs(event) => ("sqs", event.at, event.queue.to_string(), sqs::told(&event.what, start)),
            Event::Sns(event) => ("sns", event.at, event.topic.to_string(), sns::told(&event.what, start)),
            Event::Kinesis(event) => ("kinesis", event.at, event.stream.to_string(), kinesis::told(&event.what)),
        };
        let what = What::Event { service: service.to_owned(), resource, name: name.to_owned(), detail };
        Self { at_ms: since(at, start), process: 0, what }
    }
}

/// Milliseconds since the history began.
pub(super) fn since(at: Timestamp, start: Timestamp) -> u64 {
    at.as_millis().saturating_sub(start.as_millis())
}
