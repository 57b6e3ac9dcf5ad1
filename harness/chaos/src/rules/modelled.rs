//! Errors of the API model, and how calls are refused with them.

use redeliver_model::Service;

use crate::running::End;
use crate::{Act, Answer, Turn};

/// A shard of a stream is over its rate.
pub(super) const RATE_EXCEEDED: &str = "ProvisionedThroughputExceededException";

/// An error that Kinesis's model lists, likewise.
pub(super) fn of_streams(shape: &'static str, message: &'static str) -> Answer {
    of(Service::Kinesis, shape, message)
}

/// An error that SQS's model lists, with its code and status; one that the model does not list is the caller's.
pub(super) fn modelled(shape: &'static str, message: &'static str) -> Answer {
    of(Service::Sqs, shape, message)
}

/// Answers every attempt of the SDK at this call so.
pub(super) fn at_every_attempt(turn: &mut Turn<'_>, answer: Answer) -> Act {
    turn.memory.running.fail_attempts(turn.call, End::Answer(answer.clone()));
    Act::Answer(answer)
}

fn of(service: Service, shape: &'static str, message: &'static str) -> Answer {
    let known = service.model().error(shape);
    let (code, status) = known.map_or((shape, 400), |known| (known.code, known.status));
    Answer::Error { shape, code, status, message, shared: false }
}
