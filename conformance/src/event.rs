//! What a run tells its reporters: they see nothing else.

use std::time::Duration;

use crate::finding::CaseRun;
use crate::verdict::Verdict;

/// One thing that happened in a run. Started and finished of a case come in order; cases overlap.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// First event.
    RunStarted(RunHeader),
    /// A case is being run.
    CaseStarted {
        /// Its id.
        id: String,
    },
    /// A case has its verdict.
    CaseFinished(Box<CaseResult>),
    /// Last event.
    RunFinished(RunEnd),
}

/// What is known before the first case runs.
#[derive(Debug, Clone, PartialEq)]
pub struct RunHeader {
    /// Name of the target, or its URL.
    pub target: String,
    /// Seed of everything random.
    pub seed: u64,
    /// How the reference uses the freedom that AWS keeps, `None` for other targets.
    pub profile: Option<String>,
    /// Cases that were selected.
    pub cases: usize,
    /// Whether durations may stand in reports.
    pub durations: Durations,
    /// Nothing may be skipped and nothing is known.
    pub certify: bool,
}

/// What the durations of a run are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durations {
    /// Virtual: the same in every run with the same seed.
    Virtual,
    /// Wall-clock time.
    Wall,
    /// Wall-clock time that stays out of reports, because a seed asks for the same bytes each time.
    Hidden,
}

/// A case with its verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseResult {
    /// The guarantee that it belongs to.
    pub guarantee: String,
    /// The verdict.
    pub verdict: Verdict,
    /// Why the `known` list speaks of it.
    pub known: Option<String>,
    /// Why AWS is believed to behave as the case says, a line each.
    pub evidence: Vec<String>,
    /// How often it was run: more than once where it failed the run and was repeated.
    pub tries: u32,
    /// What was found, at the first try.
    pub run: CaseRun,
}

/// How the run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunEnd {
    /// Why it ended before its last case, if it did.
    pub stopped: Option<Stopped>,
    /// Wall-clock time of the run; for people, never in a report file.
    pub elapsed: Duration,
}

/// Why a run ended before its last case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// By Ctrl-C.
    Interrupted,
    /// By SIGTERM.
    Terminated,
    /// By the first failure, as `--fail-fast` asks.
    FailFast,
    /// The target could not be reached any more.
    Unreachable,
}

impl Stopped {
    /// Whether somebody outside ended the run.
    pub fn is_from_outside(self) -> bool {
        matches!(self, Self::Interrupted | Self::Terminated)
    }
}
