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
    let tries = match (result.verdict, result.tries) {
        (_, 0 | 1) => None,
        (Verdict::Flaky, tries) => Some(format!("held at try {tries}, alone; at first:")),
        (_, tries) => Some(format!("so in each of {tries} tries")),
    };
    let lines: Vec<_> = tries.into_iter().chain(known).chain(found).collect();
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::finding::CaseRun;

    fn tried(verdict: Verdict, tries: u32) -> Option<String> {
        let failure = Failure {
            title: "it failed".to_owned(),
            pointer: String::new(),
            differences: Vec::new(),
            exchange: None,
            witness: Vec::new(),
        };
        let finding = Finding::Broken(Box::new(failure));
        let run = CaseRun { id: "sqs/queue/list::a".to_owned(), finding, elapsed: Duration::ZERO, history: Vec::new() };
        detail(&CaseResult {
            guarantee: "queue-lifecycle".to_owned(),
            verdict,
            known: None,
            evidence: Vec::new(),
            tries,
            run,
        })
    }

    #[test]
    fn tries_are_told_where_there_was_more_than_one() {
        assert_eq!(tried(Verdict::Failed, 1).unwrap(), "it failed");
        assert_eq!(tried(Verdict::Failed, 3).unwrap(), "so in each of 3 tries\nit failed");
        assert_eq!(tried(Verdict::Flaky, 2).unwrap(), "held at try 2, alone; at first:\nit failed");
    }
}
