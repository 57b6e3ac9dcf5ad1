//! The JSON report.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{Recorded, detail::detail};
use crate::event::{CaseResult, Durations, Stopped};
use crate::finding::{Difference, Failure, Finding};
use crate::verdict::Verdict;

/// Version of the format: raised when a key changes its meaning or goes.
pub const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    /// Version of this program.
    redeliver: &'static str,
    target: &'a str,
    /// As the target tells it; not there when it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    target_version: Option<&'a str>,
    /// The command that runs one case in the same way, with `${id}` where its id belongs.
    #[serde(skip_serializing_if = "Option::is_none")]
    again: Option<&'a str>,
    seed: u64,
    profile: Option<&'a str>,
    /// Whether Ctrl-C or SIGTERM ended the run.
    interrupted: bool,
    /// Why nothing could be run; not there when something was.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<&'a str>,
    /// Only of a run whose report may differ each time: on a real clock, without `--seed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<RunRow<'a>>,
    totals: Map<String, Value>,
    cases: Vec<CaseRow<'a>>,
}

/// When and where a run was, and what it took.
#[derive(Debug, Clone, Serialize)]
pub struct RunRow<'a> {
    started_at: Option<&'a str>,
    elapsed_ms: u128,
    os: &'static str,
    arch: &'static str,
    cores: usize,
    /// Of the target's own processes, where this program started them; `null` elsewhere.
    peak_memory_bytes: Option<u64>,
    cpu_ms: Option<u128>,
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
    /// The reason of the known deviation that speaks of the case.
    #[serde(skip_serializing_if = "Option::is_none")]
    known: Option<&'a str>,
    /// What `detail` says of an expectation that did not hold, in parts.
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<FailureRow<'a>>,
    /// Of every case that did not plainly pass.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    evidence: &'a [String],
}

#[derive(Serialize)]
struct FailureRow<'a> {
    title: &'a str,
    /// JSON pointer into the spec file.
    pointer: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    call: Option<&'a str>,
    differences: Vec<DifferenceRow<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    witness: &'a [String],
}

#[derive(Serialize)]
struct DifferenceRow<'a> {
    at: &'a str,
    expected: &'a str,
    seen: &'a str,
}

/// Writes the JSON report of a run.
#[expect(clippy::missing_panics_doc, reason = "it never does")]
pub fn json(run: &Recorded) -> String {
    let totals = run.totals();
    let counts = Verdict::ALL.map(|verdict| (verdict.name().to_owned(), totals.count(verdict).into()));
    let document = Document {
        version: VERSION,
        redeliver: env!("CARGO_PKG_VERSION"),
        target: &run.header.target,
        target_version: run.about.version.as_deref(),
        again: run.about.again.as_deref(),
        seed: run.header.seed,
        profile: run.header.profile.as_deref(),
        interrupted: run.end.stopped.is_some_and(Stopped::is_from_outside),
        problem: run.problem.as_deref(),
        run: (run.header.durations == Durations::Wall).then(|| figures(run)),
        totals: std::iter::once(("cases".to_owned(), totals.all().into())).chain(counts).collect(),
        cases: run.results.iter().map(|result| case_row(run, result)).collect(),
    };
    let mut text = serde_json::to_string_pretty(&document).expect("the document has string keys only");
    text.push('\n');
    text
}

/// When and where a run was, and what it took, whatever its clock is.
pub fn figures(run: &Recorded) -> RunRow<'_> {
    RunRow {
        started_at: run.about.started_at.as_deref(),
        elapsed_ms: run.end.elapsed.as_millis(),
        os: std::env::consts::OS,
        arch: std::env::consts::ARCH,
        cores: std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get),
        peak_memory_bytes: run.about.usage.map(|usage| usage.peak_memory),
        cpu_ms: run.about.usage.map(|usage| usage.cpu.as_millis()),
    }
}

fn case_row<'a>(run: &Recorded, result: &'a CaseResult) -> CaseRow<'a> {
    CaseRow {
        id: &result.run.id,
        guarantee: &result.guarantee,
        verdict: result.verdict.name(),
        duration_ms: (run.header.durations != Durations::Hidden).then_some(result.run.elapsed.as_millis()),
        detail: detail(result),
        known: result.known.as_deref(),
        failure: match &result.run.finding {
            Finding::Broken(failure) => Some(failure_row(failure)),
            _ => None,
        },
        evidence: if result.verdict == Verdict::Passed { &[] } else { &result.evidence },
    }
}

fn failure_row(failure: &Failure) -> FailureRow<'_> {
    FailureRow {
        title: &failure.title,
        pointer: &failure.pointer,
        call: failure.exchange.as_ref().map(|exchange| exchange.call.as_str()),
        differences: failure.differences.iter().map(difference_row).collect(),
        witness: &failure.witness,
    }
}

fn difference_row(difference: &Difference) -> DifferenceRow<'_> {
    DifferenceRow { at: &difference.at, expected: &difference.expected, seen: &difference.seen }
}
