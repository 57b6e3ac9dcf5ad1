//! From finding to verdict, with what is known of the target.

use std::collections::BTreeMap;

use redeliver_spec::Case;

use crate::event::CaseResult;
use crate::finding::CaseRun;
use crate::known::KnownList;
use crate::report::evidence;
use crate::verdict::Verdict;

/// Gives verdicts.
#[derive(Debug, Clone, Default)]
pub struct Judge {
    known: KnownList,
    certify: bool,
}

impl Judge {
    /// A judge who knows these deviations; with `certify` nothing is known and nothing may be skipped.
    pub fn new(known: KnownList, certify: bool) -> Self {
        Self { known: if certify { KnownList::default() } else { known }, certify }
    }

    /// The verdict on a case that was run.
    pub fn judge(&self, case: &Case, run: CaseRun) -> CaseResult {
        let known = self.known.find(&case.id);
        let verdict = Verdict::of(&run.finding, known);
        let spoken = matches!(verdict, Verdict::KnownDeviation | Verdict::UnexpectedPass | Verdict::KnownFlaky);
        CaseResult {
            guarantee: case.guarantee.as_str().to_owned(),
            verdict,
            known: known.filter(|_| spoken).map(|known| known.reason.clone()),
            evidence: evidence::lines(&case.evidence),
            tries: 1,
            run,
        }
    }

    /// Whether a deviation of the target is known about this case.
    pub fn knows(&self, case: &Case) -> bool {
        self.known.find(&case.id).is_some()
    }

    /// Whether this verdict fails the run.
    pub fn fails(&self, verdict: Verdict) -> bool {
        verdict.fails_run(self.certify)
    }
}

/// How many cases have which verdict; each verdict is there, also with 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals(BTreeMap<Verdict, usize>);

impl Totals {
    /// Counts.
    pub fn of<'a>(results: impl IntoIterator<Item = &'a CaseResult>) -> Self {
        let mut counts: BTreeMap<_, _> = Verdict::ALL.into_iter().map(|verdict| (verdict, 0)).collect();
        for result in results {
            *counts.entry(result.verdict).or_default() += 1;
        }
        Self(counts)
    }

    /// Cases with this verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.0.get(&verdict).copied().unwrap_or_default()
    }

    /// All cases.
    pub fn all(&self) -> usize {
        self.0.values().sum()
    }

    /// "12 passed, 1 failed": what there is, in the order of [`Verdict::ALL`].
    pub fn phrase(&self) -> String {
        let there = self.0.iter().filter(|(_, count)| **count > 0);
        there.map(|(verdict, count)| verdict.phrase(*count)).collect::<Vec<_>>().join(", ")
    }
}
