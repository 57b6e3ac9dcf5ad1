//! What a test came to.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use super::{Coverage, Failure, SearchPhase};

/// What a test came to.
#[derive(Debug)]
#[must_use = "a test that nobody looks at does not fail; `unwrap` it"]
pub enum Outcome {
    /// Nothing was broken.
    Passed(Passed),
    /// Something was.
    Failed(Box<Failure>),
    /// Nothing can be said, for this reason: not a pass.
    Unknown(String),
    /// The test could not be carried out.
    Problem(Problem),
}

/// A search that found nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// Runs that were made.
    pub runs: u32,
    /// What was tried.
    pub coverage: Vec<Coverage>,
    /// The part of the search in which the budget was used up; `None` when all of it was made.
    pub cut: Option<SearchPhase>,
    /// Wall time.
    pub time: Duration,
}

/// Why a test could not be carried out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// A setting cannot be read.
    #[error("{name}: {problem}")]
    Setting {
        /// Its name.
        name: String,
        /// What is wrong with it, and the remedy.
        problem: String,
    },
    /// A file with a schedule cannot be used.
    #[error("the schedule in `{}` cannot be replayed: {problem}", file.display())]
    Schedule {
        /// The file.
        file: PathBuf,
        /// What is wrong with it, and the remedy.
        problem: String,
    },
}

impl Outcome {
    /// What was done, when nothing was broken.
    ///
    /// # Panics
    ///
    /// With the story of the failure, when something was broken, and with the reason, when nothing can be said.
    #[track_caller]
    pub fn unwrap(self) -> Passed {
        match self {
            Self::Passed(passed) => passed,
            other => panic!("{other}"),
        }
    }

    /// The failure.
    ///
    /// # Panics
    ///
    /// When there is none.
    #[track_caller]
    pub fn unwrap_failure(self) -> Failure {
        match self {
            Self::Failed(failure) => *failure,
            other => panic!("the test did not fail: {other}"),
        }
    }

    /// Whether nothing was broken.
    pub fn is_passed(&self) -> bool {
        matches!(self, Self::Passed(_))
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Passed(passed) => write!(formatter, "{passed}"),
            Self::Failed(failure) => write!(formatter, "{failure}"),
            Self::Unknown(reason) => write!(formatter, "UNKNOWN: {reason}"),
            Self::Problem(problem) => write!(formatter, "{problem}"),
        }
    }
}

impl fmt::Display for Passed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { runs, coverage, cut, time } = self;
        write!(formatter, "passed: {runs} runs in {:.2} s", time.as_secs_f64())?;
        if let Some(phase) = cut {
            let tried = |phase| {
                let of = coverage.iter().filter(|one| one.phase == phase);
                of.fold((0, 0), |(runs, of), one| (runs + one.runs, of + one.of))
            };
            let (done, of) = tried(*phase);
            write!(formatter, "; the budget was used up within {} ({done} of {of})", phase.as_str())?;
        }
        Ok(())
    }
}
