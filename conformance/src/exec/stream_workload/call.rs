//! Calls that are tried again when the service has too much to do.

use std::time::Duration;

use redeliver_model::Service;
use serde_json::Value;

use super::super::judge::{Expected, Place, judge};
use super::super::session::Session;
use super::super::stop::Stop;
use super::ledger::Ledger;
use crate::observe::Answer;

/// How long to wait before a call that was refused is tried again.
pub(super) const BACKOFF: Duration = Duration::from_millis(250);

/// One process of a workload, with what all of its calls need.
#[derive(Clone, Copy)]
pub(super) struct Process<'a, 'b> {
    /// The case.
    pub(super) session: &'a Session<'b>,
    /// JSON pointer of the step.
    pub(super) step: &'a str,
    /// Name of the stream.
    pub(super) stream: &'a str,
    /// What all processes know together.
    pub(super) ledger: &'a Ledger,
    /// Its number in the history.
    pub(super) number: u32,
}

/// How a call went that was to succeed.
pub(super) enum Reply {
    /// Its output.
    Output(Value),
    /// It was refused with this code, which was to be expected now and then.
    Refused(String),
    /// The server failed: whether the call had its effect is not known.
    Failed,
}

impl Process<'_, '_> {
    /// One more process of the same workload.
    pub(super) fn another(self) -> Self {
        Self { number: self.session.new_process(), ..self }
    }

    /// Calls once. Any refusal but those of `allowed` ends the workload.
    pub(super) async fn call(&self, operation: &'static str, input: &Value, allowed: &[&str]) -> Result<Reply, Stop> {
        let seen = self.session.call(self.number, Service::Kinesis, operation, input).await?;
        if seen.is_server_failure() {
            return Ok(Reply::Failed);
        }
        if let Answer::Refused(refusal) = &seen.answer
            && allowed.contains(&refusal.code.as_str())
        {
            if refusal.code == THROTTLED {
                self.ledger.throttled();
            }
            return Ok(Reply::Refused(refusal.code.clone()));
        }
        let call = format!("kinesis:{operation}");
        let place = Place { step: self.step, key: "workload", call: &call, input, empty_is_none: false };
        if let Some(failure) = judge(&Expected::Success, &seen, &place)? {
            return Err(failure.into());
        }
        match seen.answer {
            Answer::Success(output) => Ok(Reply::Output(output)),
            Answer::Refused(refusal) => Ok(Reply::Refused(refusal.code)),
        }
    }

    /// Calls until it succeeds, or the workload is out of time: then there is no output.
    pub(super) async fn insist(&self, operation: &'static str, input: &Value) -> Result<Option<Value>, Stop> {
        while !self.ledger.is_out_of_time() {
            if let Reply::Output(output) = self.call(operation, input, &BUSY).await? {
                return Ok(Some(output));
            }
            self.session.pause(BACKOFF).await;
        }
        Ok(None)
    }
}

/// The code of limits of throughput.
pub(super) const THROTTLED: &str = "ProvisionedThroughputExceededException";
/// Codes that say to come again later.
pub(super) const BUSY: [&str; 3] = [THROTTLED, "LimitExceededException", "ResourceInUseException"];
