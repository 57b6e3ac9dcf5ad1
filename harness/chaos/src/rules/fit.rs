//! What rules ask of calls and answers.

use crate::edit::{messages, records};
use crate::plan::Place;
use crate::{Call, Reply};

/// Whether the queue is a FIFO queue, which its name says.
pub(super) fn fifo(call: &Call) -> bool {
    call.queue().and_then(|queue| queue.rsplit_once('.')).is_some_and(|(_, ending)| ending == "fifo")
}

/// Whether the queue is a standard queue.
pub(super) fn standard(call: &Call) -> bool {
    !fifo(call)
}

/// Whether a receive brings messages.
pub(super) fn brings(reply: Option<&Reply>) -> bool {
    reply.and_then(|reply| reply.output.as_ref()).is_some_and(|output| !messages(output).is_empty())
}

/// Whether a read of a shard brings at least so many records.
pub(super) fn reads(call: &Call, reply: Option<&Reply>, least: usize) -> bool {
    let output = reply.and_then(|reply| reply.output.as_ref());
    call.spot.is_some() && output.is_some_and(|output| records(output).len() >= least)
}

/// Whether the backend carried the call out.
pub(super) fn succeeded(reply: Option<&Reply>) -> bool {
    reply.is_some_and(Reply::is_success)
}

/// Where rules on deliveries of topics cannot act, and why.
pub(super) const ONLY_AT_THE_TOPIC: &[(Place, &str)] = &[(Place::Decorator, ELSEWHERE), (Place::Proxy, ELSEWHERE)];

const ELSEWHERE: &str = "a topic of another backend delivers by ways that do not pass there";

/// Where rules on tables of leases cannot act, and why.
pub(super) const ONLY_AT_THE_TABLE: &[(Place, &str)] =
    &[(Place::Decorator, OWN_TABLE), (Place::Serve, OWN_TABLE), (Place::Proxy, OWN_TABLE)];

const OWN_TABLE: &str = "a consumer keeps its leases in a table of its own there";

/// Where rules that need a day or more cannot act, and why.
pub(super) const ONLY_IN_VIRTUAL_TIME: &[(Place, &str)] =
    &[(Place::Decorator, DAYS), (Place::Serve, DAYS), (Place::Proxy, DAYS)];

const DAYS: &str = "days pass there as slowly as they do";
