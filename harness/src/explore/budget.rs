//! How much wall time a search may take.

use std::time::{Duration, Instant};

/// How much wall time a search may take. It is looked at between runs only: what a run does never depends on it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Budget {
    begin: Instant,
    most: Duration,
    runs: u32,
}

impl Budget {
    #[expect(clippy::disallowed_methods, reason = "a budget is wall time; no run sees it")]
    pub(crate) fn of(most: Duration) -> Self {
        Self { begin: Instant::now(), most, runs: 0 }
    }

    /// Counts a run.
    pub(crate) fn count(&mut self) {
        self.runs += 1;
    }

    /// Runs so far.
    pub(crate) fn runs(&self) -> u32 {
        self.runs
    }

    /// Wall time so far.
    pub(crate) fn spent(&self) -> Duration {
        self.begin.elapsed()
    }

    /// Whether it is used up.
    pub(crate) fn is_over(&self) -> bool {
        self.spent() >= self.most
    }
}
