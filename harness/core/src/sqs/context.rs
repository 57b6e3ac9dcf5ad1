//! What every operation gets besides its parameters.

use super::Error;
use super::prepared::Prepared;
use super::queue::QueueId;
use crate::log::Log;
use crate::{Caller, Oracle, Timestamp};

/// The circumstances of one call.
pub(super) struct Context<'a> {
    /// When it is made.
    pub(super) now: Timestamp,
    /// Who makes it.
    pub(super) caller: &'a Caller,
    /// The HTTP header `X-Amzn-Trace-Id`.
    pub(super) trace: Option<String>,
    /// What was prepared of it.
    pub(super) prepared: Prepared,
    /// Where events and answers go.
    pub(super) log: &'a mut Log,
    /// The queue that the command names by its URL, or why there is none.
    pub(super) queue: Result<QueueId, Error>,
    /// Decides where AWS keeps a freedom.
    pub(super) oracle: &'a mut dyn Oracle,
}

impl Context<'_> {
    /// The queue that the command names by its URL.
    pub(super) fn queue(&self) -> Result<QueueId, Error> {
        self.queue.as_ref().copied().map_err(Clone::clone)
    }
}
