//! What a verdict means beside other targets: there it is AWS that matters, and not what is known.

use serde::Serialize;

/// How a target did in one case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// As AWS does.
    Passed,
    /// Not as AWS does, and its manifest says so.
    Known,
    /// Not as AWS does.
    Failed,
    /// It was not run, for a stated reason.
    Skipped,
    /// It proved nothing.
    CouldNotRun,
}

impl Outcome {
    /// Of the name of a verdict; `None` for a word that is none.
    pub fn of(verdict: &str) -> Option<Self> {
        Some(match verdict {
            // A deviation that is none any more is as AWS does. What held when it was repeated alone needed more time than it was given.
            "passed" | "unexpected-pass" | "flaky" => Self::Passed,
            // What holds at times does not hold.
            "known-deviation" | "known-flaky" => Self::Known,
            "failed" => Self::Failed,
            "skipped" => Self::Skipped,
            "could-not-run" | "vacuous" => Self::CouldNotRun,
            _ => return None,
        })
    }

    /// The name in files, lower-hyphen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Known => "known",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
            Self::CouldNotRun => "could-not-run",
        }
    }

    /// Whether the target was seen to do something else than AWS.
    pub fn deviates(self) -> bool {
        matches!(self, Self::Known | Self::Failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::Verdict;

    #[test]
    fn every_verdict_has_an_outcome() {
        use Outcome::{CouldNotRun, Failed, Known, Passed, Skipped};
        let outcomes = Verdict::ALL.map(|verdict| Outcome::of(verdict.name()));
        let expected = [Passed, Failed, Known, Passed, Passed, Known, CouldNotRun, Skipped, CouldNotRun];
        assert_eq!(outcomes, expected.map(Some));
        assert_eq!(Outcome::of("good"), None);
    }
}
