//! A result in words, without colour: the `detail` of report files.

use crate::event::CaseResult;
use crate::finding::{Failure, Finding};
use crate::verdict::Verdict;

/// What there is to say beyond the verdict; nothing for a case that passed.
pub fn detail(result: &CaseResult) -> Option<String> {
    let found = match &result.run.finding {
        Finding::Held => None,
        Finding::Broken(failure) => Some(broken(failure)),
        Finding::Vacuous { missing } => Some(vacuous(missing)),
        Finding::Skipped { reason } | Finding::CouldNotRun { reason, .. } => Some(reason.clone()),
    };
    let known = result.known.as_ref().map(|reason| match result.verdict {
        Verdict::UnexpectedPass => format!("it passes, so this known deviation is none any more: {reason}"),
        _ => format!("known: {reason}"),
    });
    let lines: Vec<_> = known.into_iter().chain(found).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// Why a vacuous case proves nothing.
pub fn vacuous(missing: &[&str]) -> String {
    format!("proves nothing, because this never happened: {}", missing.join(", "))
}

/// A failure: title, differences, witness.
fn broken(failure: &Failure) -> String {
    let mut lines = vec![failure.title.clone()];
    for difference in &failure.differences {
        let at = if difference.at.is_empty() { "the response" } else { &difference.at };
        lines.push(format!("{at}: expected {}, seen {}", difference.expected, difference.seen));
    }
    lines.extend(failure.witness.iter().cloned());
    lines.join("\n")
}
