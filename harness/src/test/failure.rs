//! What a search found, as plain data: reports are made of this and of nothing else.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use redeliver_chaos::Schedule;
use redeliver_check::Record;

/// A property that a run broke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// Name of the property in lower-hyphen: `effect-once`, `effect-lost`, `same-effects`, `drained`, `live-lock`, `assertion`, or the name
    /// of an invariant of `redeliver_check`.
    pub property: String,
    /// The business key that it is about, where it is about one.
    pub key: Option<String>,
    /// What is wrong, one fragment a line, the plainest first.
    pub witness: Vec<String>,
}

/// The smallest run that breaks a property, and what else the search has seen.
#[derive(Debug, Clone)]
pub struct Failure {
    /// Name of the test.
    pub test: String,
    /// The property that is broken, and how.
    pub breach: Breach,
    /// What else this run broke.
    pub also_broken: Vec<Breach>,
    /// The faults that suffice; none when the calm run fails already.
    pub schedule: Schedule,
    /// The run with these faults.
    pub history: Vec<Record>,
    /// The run of the same workload without faults.
    pub calm_history: Vec<Record>,
    /// Names of the processes of the history: `test`, `producer`, `worker-1`.
    pub processes: BTreeMap<u32, String>,
    /// How it was found.
    pub found: Found,
    /// How often the test fails in each part of the search: what a repair can be measured by.
    pub coverage: Vec<Coverage>,
    /// The file that replays this run first next time.
    pub regression: Option<PathBuf>,
    /// Other files that tell of it, or why they could not be written.
    pub files: Vec<String>,
}

/// How a failure was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The part of the search.
    pub phase: SearchPhase,
    /// Its seed, where faults were drawn.
    pub seed: Option<u64>,
    /// Faults that had fired before shrinking.
    pub faults: usize,
    /// Runs that shrinking took.
    pub shrink_runs: u32,
    /// Wall time that shrinking took.
    pub shrink_time: Duration,
    /// Runs of the whole search.
    pub runs: u32,
    /// Wall time of the whole search.
    pub time: Duration,
}

/// A part of a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SearchPhase {
    /// The file of an earlier failure.
    Regression,
    /// No faults.
    Calm,
    /// Each fault alone, at each place that the calm run has for it.
    Single,
    /// A crash, a stall or a shutdown at each point at which a worker awaits.
    Consumer,
    /// Two faults.
    Pair,
    /// Faults drawn from a seed.
    Seed,
}

impl SearchPhase {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Regression => "regression file",
            Self::Calm => "calm run",
            Self::Single => "single faults",
            Self::Consumer => "consumer points",
            Self::Pair => "pairs",
            Self::Seed => "seeds",
        }
    }
}

/// How one kind of fault fared in one part of the search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// The part.
    pub phase: SearchPhase,
    /// The rule, `lost-reply`; empty for seeds and pairs, which mix them.
    pub rule: String,
    /// Runs that could have been made: places, points, seeds.
    pub of: u32,
    /// Runs that were made before the budget was used up.
    pub runs: u32,
    /// Runs in which such a fault fired.
    pub fired: u32,
    /// Runs that broke the property of the failure.
    pub failed: u32,
}
