//! What is done with the calls of a case beside making them: they are taken down, or answered from a recording.

use std::cell::RefCell;

use tokio::time::Instant;

use super::names::{named, seed_of};
use crate::client::NoReply;
use crate::client::raw::RawAnswer;
use crate::observe::Observation;
use crate::recording::{Exchange, Outcome, Redactor, Replay};
use crate::target::Target;

/// What is done with the calls of a case.
pub(super) enum Tape {
    /// They are made.
    Off,
    /// They are made and taken down.
    Record(RefCell<Vec<Exchange>>),
    /// They are answered from a recording.
    Replay(Replay),
}

impl Tape {
    /// The recording that answers, if one does.
    pub(super) fn replay(&self) -> Option<&Replay> {
        match self {
            Self::Replay(replay) => Some(replay),
            Self::Off | Self::Record(_) => None,
        }
    }

    /// Takes down a call that began at `begin`, if calls are taken down.
    pub(super) fn take_down(&self, begin: Instant, exchange: impl FnOnce() -> Exchange) {
        if let Self::Record(exchanges) = self {
            let took_ms = u64::try_from(begin.elapsed().as_millis()).unwrap_or(u64::MAX);
            exchanges.borrow_mut().push(Exchange { took_ms, ..exchange() });
        }
    }

    /// Forgets the last call of this process, which is made again.
    pub(super) fn forget_last(&self, process: u32) {
        if let Self::Record(exchanges) = self {
            let mut exchanges = exchanges.borrow_mut();
            if let Some(last) = exchanges.iter().rposition(|exchange| exchange.process == process) {
                exchanges.remove(last);
            }
        }
    }

    /// What was taken down so far; from then on nothing is.
    pub(super) fn take(&self) -> Vec<Exchange> {
        match self {
            Self::Record(exchanges) => exchanges.take(),
            Self::Off | Self::Replay(_) => Vec::new(),
        }
    }
}

/// Exchanges of a case whose names begin with `unique`, as they may be kept. A replay runs as the reference does without a seed, so names become those that it gives.
pub(super) async fn redacted(target: &Target, case: &str, unique: String, exchanges: Vec<Exchange>) -> Vec<Exchange> {
    let manifest = target.manifest_now().await;
    let unique = (unique, named(seed_of(0, case)));
    let hosts = target.addresses().map(|addresses| {
        addresses
            .iter()
            .flat_map(|endpoint| [format!("{}:{}", endpoint.host(), endpoint.port()), endpoint.host().to_owned()])
    });
    let hosts = hosts.into_iter().flatten().collect();
    let credentials = &manifest.credentials;
    let secrets =
        [&credentials.access_key_id, &credentials.secret_access_key].into_iter().chain(&credentials.session_token);
    // What emulators take by custom is nobody's secret, and a common word.
    let secrets = secrets.filter(|secret| secret.len() >= 8).map(|secret| (secret.clone(), "secret".to_owned()));
    let stand_ins = secrets.chain(target.caller_stand_ins()).collect();
    let mut redactor = Redactor::new(&manifest.account, unique, hosts, stand_ins);
    exchanges.into_iter().map(|exchange| redactor.redact(exchange)).collect()
}

/// A recorded outcome of an operation as a call gives it.
pub(super) fn observed(outcome: Outcome) -> Result<Observation, NoReply> {
    match outcome {
        Outcome::Observed(seen) => Ok(seen),
        Outcome::Lost(reason) => Err(NoReply::Lost(reason)),
        Outcome::Raw(..) => Err(NoReply::Unfit("it has the answer to a raw request here".to_owned())),
    }
}

/// A recorded outcome of a raw request as the request gives it.
pub(super) fn answered(outcome: Outcome) -> Result<RawAnswer, NoReply> {
    match outcome {
        Outcome::Raw(status, value) => Ok(RawAnswer::recorded(status, value)),
        Outcome::Lost(reason) => Err(NoReply::Lost(reason)),
        Outcome::Observed(_) => Err(NoReply::Unfit("it has the answer to an operation here".to_owned())),
    }
}

/// The outcome of a call, as it is taken down.
pub(super) fn outcome<T>(result: &Result<T, NoReply>, answer: impl FnOnce(&T) -> Outcome) -> Outcome {
    match result {
        Ok(answered) => answer(answered),
        Err(problem) => Outcome::Lost(problem.to_string()),
    }
}
