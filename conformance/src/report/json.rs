//! The JSON report.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{Recorded, detail::detail};
use crate::event::{Durations, Stopped};
use crate::verdict::Verdict;

/// Version of the format: raised when a key changes its meaning or goes.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    target: &'a str,
    seed: u64,
    profile: Option<&'a str>,
    /// Whether Ctrl-C ended the run.
    interrupted: bool,
    /// Why nothing could be run; not there when something was.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<&'a str>,
    totals: Map<String, Value>,
    cases: Vec<CaseRow<'a>>,
}

#[derive(Serialize)]
struct CaseRow<'a> {
    id: &'a str,
    guarantee: &'a str,
    verdict: &'static str,
    /// `null` where it would be wall-clock time in a run that was asked to be the same each time.
    duration_ms: Option<u128>,
    /// `null` for a case that passed.
    detail: Option<String>,
}

/// Writes the JSON report of a run.
#[expect(clippy::missing_panics_doc, reason = "it never does")]
pub fn json(run: &Recorded) -> String {
    let totals = run.totals();
    let counts = Verdict::ALL.map(|verdict| (verdict.name().to_owned(), totals.count(verdict).into()));
    let cases = run.results.iter().map(|result| CaseRow {
        id: &result.run.id,
        guarantee: &result.guarantee,
        verdict: result.verdict.name(),
        duration_ms: (run.header.durations != Durations::Hidden).then_some(result.run.elapsed.as_millis()),
        detail: detail(result),
    });
    let document = Document {
        version: VERSION,
        target: &run.header.target,
        seed: run.header.seed,
        profile: run.header.profile.as_deref(),
        interrupted: run.end.stopped == Some(Stopped::Interrupted),
        problem: run.problem.as_deref(),
        totals: std::iter::once(("cases".to_owned(), totals.all().into())).chain(counts).collect(),
        cases: cases.collect(),
    };
    let mut text = serde_json::to_string_pretty(&document).expect("the document has string keys only");
    text.push('\n');
    text
}
