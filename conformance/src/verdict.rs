//! What a finding means for the run: the verdict on a case.

use std::fmt;

use crate::finding::Finding;
use crate::known::Known;

/// The verdict on one case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Every expectation held.
    Passed,
    /// An expectation did not hold.
    Failed,
    /// An expectation did not hold, as the target's `known` list says.
    KnownDeviation,
    /// It passed although the target's `known` list says that it does not.
    UnexpectedPass,
    /// It failed the run at its first try and did not when it was repeated alone: its margin of time was too small for a busy machine, or the
    /// target does not always do the same.
    Flaky,
    /// It passed or failed, and the `known` list says that it does either.
    KnownFlaky,
    /// The stress that the case is about never happened: it proves nothing.
    Vacuous,
    /// It was not run, for a stated reason.
    Skipped,
    /// It could not be run to its end, which says nothing about the contract.
    CouldNotRun,
}

impl Verdict {
    /// All verdicts, in the order of reports.
    pub const ALL: [Self; 9] = [
        Self::Passed,
        Self::Failed,
        Self::KnownDeviation,
        Self::UnexpectedPass,
        Self::Flaky,
        Self::KnownFlaky,
        Self::Vacuous,
        Self::Skipped,
        Self::CouldNotRun,
    ];

    /// The verdict on what was found, given what is known of the case on this target.
    ///
    /// A known entry speaks for expectations only: a case that was skipped or could not run stays so.
    pub fn of(finding: &Finding, known: Option<&Known>) -> Self {
        match (finding, known) {
            (Finding::Skipped { .. }, _) => Self::Skipped,
            (Finding::CouldNotRun { .. }, _) => Self::CouldNotRun,
            (Finding::Held, None) => Self::Passed,
            (Finding::Broken(_), None) => Self::Failed,
            (Finding::Vacuous { .. }, None) => Self::Vacuous,
            (_, Some(Known { flaky: true, .. })) => Self::KnownFlaky,
            (Finding::Held, Some(_)) => Self::UnexpectedPass,
            (Finding::Broken(_) | Finding::Vacuous { .. }, Some(_)) => Self::KnownDeviation,
        }
    }

    /// The name in reports, lower-hyphen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::KnownDeviation => "known-deviation",
            Self::UnexpectedPass => "unexpected-pass",
            Self::Flaky => "flaky",
            Self::KnownFlaky => "known-flaky",
            Self::Vacuous => "vacuous",
            Self::Skipped => "skipped",
            Self::CouldNotRun => "could-not-run",
        }
    }

    /// The name in sentences: "2 known deviations".
    pub fn phrase(self, count: usize) -> String {
        let (one, many) = match self {
            Self::KnownDeviation => ("known deviation", "known deviations"),
            Self::UnexpectedPass => ("unexpected pass", "unexpected passes"),
            Self::KnownFlaky => ("known flaky", "known flaky"),
            Self::CouldNotRun => ("could not run", "could not run"),
            other => (other.name(), other.name()),
        };
        format!("{count} {}", if count == 1 { one } else { many })
    }

    /// Whether a case with this verdict fails the run; with `certify` nothing may be skipped.
    pub fn fails_run(self, certify: bool) -> bool {
        match self {
            Self::Passed | Self::KnownDeviation | Self::KnownFlaky => false,
            Self::Failed | Self::UnexpectedPass | Self::Vacuous | Self::CouldNotRun => true,
            Self::Skipped | Self::Flaky => certify,
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Failure;

    fn findings() -> [Finding; 5] {
        let failure = Failure {
            title: "`sqs:SendMessage` failed".to_owned(),
            pointer: "/cases/0/steps/0".to_owned(),
            differences: Vec::new(),
            exchange: None,
            witness: Vec::new(),
        };
        [
            Finding::Held,
            Finding::Broken(Box::new(failure)),
            Finding::Vacuous { missing: vec!["redelivery"] },
            Finding::Skipped { reason: "the target lacks `sqs.fifo`".to_owned() },
            Finding::CouldNotRun { reason: "connection refused".to_owned(), unreachable: true },
        ]
    }

    fn verdicts(known: Option<&Known>) -> [Verdict; 5] {
        findings().map(|finding| Verdict::of(&finding, known))
    }

    fn known(flaky: bool) -> Known {
        Known { pattern: "**".to_owned(), reason: "because".to_owned(), flaky, source: None }
    }

    #[test]
    fn without_knowledge_a_finding_stands() {
        use Verdict::{CouldNotRun, Failed, Passed, Skipped, Vacuous};
        assert_eq!(verdicts(None), [Passed, Failed, Vacuous, Skipped, CouldNotRun]);
    }

    #[test]
    fn known_deviation_that_passes_is_an_unexpected_pass() {
        use Verdict::{CouldNotRun, KnownDeviation, Skipped, UnexpectedPass};
        let expected = [UnexpectedPass, KnownDeviation, KnownDeviation, Skipped, CouldNotRun];
        assert_eq!(verdicts(Some(&known(false))), expected);
    }

    #[test]
    fn known_flaky_case_may_do_either() {
        use Verdict::{CouldNotRun, KnownFlaky, Skipped};
        assert_eq!(verdicts(Some(&known(true))), [KnownFlaky, KnownFlaky, KnownFlaky, Skipped, CouldNotRun]);
    }

    #[test]
    fn certifying_allows_no_skip_and_no_second_try() {
        let fails = |certify| Verdict::ALL.map(|verdict| verdict.fails_run(certify));
        assert_eq!(fails(false), [false, true, false, true, false, false, true, false, true]);
        assert_eq!(fails(true), [false, true, false, true, true, false, true, true, true]);
    }
}
