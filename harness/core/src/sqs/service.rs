//! All queues of all accounts and regions.

use redeliver_model::sqs::Command;

use super::Log;
use crate::{Answer, Caller, Ids, Limits, Oracle, Ticket, Timestamp};

/// One call of SQS.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    /// Who calls.
    pub(crate) caller: &'a Caller,
    /// What is asked.
    pub(crate) command: Command,
    /// The HTTP header `X-Amzn-Trace-Id`.
    pub(crate) trace: Option<String>,
}

/// All queues of all accounts and regions.
#[derive(Debug)]
pub(crate) struct Sqs {
    ids: Ids,
    limits: Limits,
}

impl Sqs {
    /// No queues yet.
    pub(crate) fn new(ids: Ids, limits: Limits) -> Self {
        Self { ids, limits }
    }

    /// Carries out one call.
    pub(crate) fn apply(&mut self, now: Timestamp, call: Call<'_>, log: &mut Log, oracle: &mut dyn Oracle) -> Answer {
        let _ = (now, call.caller, call.trace, log, oracle, &self.limits, self.ids.uuid());
        match call.command {
            _ => Answer::Now(Err(super::Error::QueueDoesNotExist.into())),
        }
    }

    /// Lets time pass up to `now`.
    pub(crate) fn tick(&mut self, now: Timestamp, log: &mut Log, oracle: &mut dyn Oracle) {
        let _ = (now, log, oracle);
    }

    /// Forgets a waiting call.
    pub(crate) fn abandon(&mut self, ticket: Ticket) {
        let _ = ticket;
    }

    /// When [`Self::tick`] is due.
    pub(crate) fn wake_at(&self) -> Option<Timestamp> {
        None
    }
}
