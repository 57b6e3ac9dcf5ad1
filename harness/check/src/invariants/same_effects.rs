//! The run has the same effects as the calm run: state of the world is the oracle, no key needs to be understood.

use crate::mutation::mutated;
use crate::traffic::Traffic;
use crate::{Effects, Expectation, Verdict};

/// Needs the effects of the calm run. No fault excuses a difference.
pub(super) fn check(traffic: &Traffic<'_>, expectation: &Expectation) -> Verdict {
    let Some(calm) = &expectation.calm else {
        return Verdict::unknown("the effects of the run without faults");
    };
    if mutated("same-effects: all are the same") {
        return Verdict::Holds;
    }
    let told = traffic.effects.iter().map(|effect| (traffic.keys.text(effect.key).to_owned(), effect.value.clone()));
    let run: Effects = told.collect();
    let words = calm.variant.words();
    let differences = calm.effects.differences(&run);
    Verdict::from_witness(differences.into_iter().map(|line| format!("{words}, {line}")).collect())
}
