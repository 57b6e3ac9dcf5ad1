//! How time passes on a target.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Manifest, Start};

/// How time passes on a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    /// Virtual, and of each case's own: the reference in process.
    Virtual,
    /// Virtual, and put ahead through the control API of `redeliver serve` when all that a case does waits for it. There is one
    /// clock, so cases take turns.
    Steered,
    /// Real.
    Real,
}

/// A clock that can be put ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Clock {
    /// that of `redeliver serve`
    Redeliver,
}

impl Manifest {
    /// How time passes there.
    pub fn time(&self) -> Time {
        match (&self.start, self.clock) {
            (Start::InProcess, _) => Time::Virtual,
            (_, Some(Clock::Redeliver)) => Time::Steered,
            (_, None) => Time::Real,
        }
    }
}
