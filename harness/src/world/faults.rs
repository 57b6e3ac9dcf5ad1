//! What a run does to its calls and workers.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use aws_smithy_runtime_api::client::http::SharedHttpClient;

use crate::Clock;
use crate::explore::shim::{Fault, Schedule};

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

pub(crate) fn crash(worker: &str, poll: u64) -> Fault {
    Fault { rule: "crash".into(), consumer: worker.into(), poll }
}
pub(crate) fn stall(worker: &str, poll: u64) -> Fault {
    Fault { rule: "stall".into(), consumer: worker.into(), poll }
}
pub(crate) fn shutdown(worker: &str, poll: u64) -> Fault {
    Fault { rule: "shutdown".into(), consumer: worker.into(), poll }
}
pub(crate) fn schedule(_plan: &redeliver_chaos::Plan, seed: u64, faults: Vec<Fault>) -> Schedule {
    Schedule { seed, faults }
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
        let at = self.strikes.iter().find(|at| at.consumer == worker && at.poll == poll)?;
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
        Schedule { seed: self.seed, faults: self.fired.lock().unwrap_or_else(PoisonError::into_inner).clone() }
    }
    pub(crate) fn missed(&self) -> Vec<Fault> {
        let fired = self.fired();
        self.strikes.iter().filter(|f| !fired.faults.contains(f)).cloned().collect()
    }
    pub(crate) fn candidates(&self) -> Vec<Fault> {
        Vec::new()
    }
}
