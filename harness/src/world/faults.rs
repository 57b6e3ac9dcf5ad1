//! What a run does to its calls and workers.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use aws_smithy_runtime_api::client::http::SharedHttpClient;

use redeliver_chaos::plan::Parameters;

use crate::Clock;
use crate::explore::shim::{At, Fault, Moment, Schedule};

/// What is done to a worker before a poll.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Strike {
    /// It is killed.
    Crash,
    /// It stands still for so long.
    Stall(Duration),
    /// It is asked to stop, and killed when it has not after the grace period.
    Shutdown,
}

/// Where the faults of a run come from.
#[derive(Debug, Clone)]
pub(crate) enum Mode {
    /// There are none.
    Calm { seed: u64 },
    /// They are drawn.
    Draw { seed: u64 },
    /// Exactly these.
    Replay { schedule: Schedule },
}

impl Mode {
    /// Seed of the world.
    pub(crate) fn seed(&self) -> u64 {
        match self {
            Self::Calm { seed } | Self::Draw { seed } => *seed,
            Self::Replay { schedule } => schedule.seed,
        }
    }
}

/// A fault in a consumer, with the usual parameters of its rule.
pub(crate) fn strike(rule: &str, worker: &str, poll: u64) -> Fault {
    let at = At::Consumer(Moment { consumer: worker.to_owned(), poll });
    Fault { rule: rule.to_owned(), at, parameters: Parameters::default() }
}

/// What a run does to its calls and workers.
#[derive(Debug)]
pub(crate) struct Faults {
    seed: u64,
    strikes: Vec<Fault>,
    fired: Mutex<Vec<Fault>>,
}

impl Faults {
    pub(crate) fn new(_plan: &redeliver_chaos::Plan, mode: Mode, _clock: &Clock) -> Self {
        let seed = mode.seed();
        let strikes = match mode {
            Mode::Replay { schedule } => schedule.faults,
            _ => Vec::new(),
        };
        Self { seed, strikes, fired: Mutex::default() }
    }

    /// The HTTP client of a process, with faults.
    pub(crate) fn wrap(&self, inner: SharedHttpClient, _name: &str) -> SharedHttpClient {
        inner
    }

    /// What happens to a worker before this poll.
    pub(crate) fn before_poll(&self, worker: &str, poll: u64) -> Option<Strike> {
        let at = self
            .strikes
            .iter()
            .find(|fault| matches!(&fault.at, At::Consumer(at) if at.consumer == worker && at.poll == poll))?;
        self.fired.lock().unwrap_or_else(PoisonError::into_inner).push(at.clone());
        Some(match at.rule.as_str() {
            "crash" => Strike::Crash,
            "stall" => Strike::Stall(Duration::from_secs(45)),
            _ => Strike::Shutdown,
        })
    }

    /// No more faults from here on.
    pub(crate) fn heal(&self) {}

    pub(crate) fn fired(&self) -> Schedule {
        Schedule::new(self.seed, self.fired.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }
    pub(crate) fn missed(&self) -> Vec<Fault> {
        let fired = self.fired();
        self.strikes.iter().filter(|f| !fired.faults.contains(f)).cloned().collect()
    }
    pub(crate) fn candidates(&self) -> Vec<Fault> {
        Vec::new()
    }
}

/// A fault as its story wants it told.
pub(crate) fn injected(fault: &Fault) -> crate::story::Injected {
    crate::story::Injected {
        rule: fault.rule.clone(),
        id: String::new(),
        place: fault.at.to_string(),
        phase: "consumer".into(),
        legality: crate::story::Legality {
            guarantee: "any process may be killed".into(),
            documentation: String::new(),
        },
    }
}
