//! From reports to a comparison.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use redeliver_spec::Guarantee;

use super::report::{ReportCase, ReportDifference, ReportFailure};
use super::{Column, Comparison, Counts, Entry, Outcome, Report, ReportProblem, Row, Told};

/// Version of the format.
const VERSION: u32 = 1;
/// Longest text of one value, in characters: the report has all of it.
const VALUE_MAX: usize = 400;
/// Longest text of a detail, in characters.
const DETAIL_MAX: usize = 800;
/// Longest witness, in lines.
const WITNESS_MAX: usize = 12;
/// Services in the order of the project; others follow.
const SERVICES: [&str; 4] = ["sqs", "sns", "kinesis", "flows"];

/// A run under a name of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The name.
    pub name: String,
    /// The run.
    pub report: Report,
}

/// Puts runs side by side, in the order given; `evidence` knows that of a case, for reports that lack it.
pub fn side_by_side(
    sources: &[Source],
    evidence: &dyn Fn(&str) -> Vec<String>,
    compared_at: String,
) -> Result<Comparison, ReportProblem> {
    let by_id: Vec<BTreeMap<&str, (&ReportCase, Outcome)>> = sources.iter().map(cases).collect::<Result<_, _>>()?;
    let guarantees: BTreeMap<&str, &str> =
        by_id.iter().flatten().map(|(id, (case, _))| (*id, case.guarantee.as_str())).collect();
    let mut totals = vec![Counts::default(); sources.len()];
    let mut rows: BTreeMap<_, Vec<Counts>> = BTreeMap::new();
    let mut entries = Vec::new();
    for (id, guarantee) in &guarantees {
        let cells = rows.entry(place(id, guarantee)).or_insert_with(|| vec![Counts::default(); sources.len()]);
        let found: Vec<_> = by_id.iter().map(|cases| cases.get(id).copied()).collect();
        for (at, case) in found.iter().enumerate() {
            let outcome = case.map(|(_, outcome)| outcome);
            totals[at].add(outcome);
            cells[at].add(outcome);
        }
        entries.extend(entry(id, guarantee, sources, &found, evidence));
    }
    let columns = sources.iter().zip(totals).map(|(source, counts)| column(source, counts));
    let rows = rows.into_iter().map(|((_, service, _, guarantee), cells)| Row {
        service: service.to_owned(),
        guarantee: guarantee.to_owned(),
        meaning: guarantee.parse::<Guarantee>().map_or("", Guarantee::meaning),
        cells,
    });
    Ok(Comparison {
        version: VERSION,
        redeliver: env!("CARGO_PKG_VERSION"),
        compared_at,
        cases: guarantees.len(),
        targets: columns.collect(),
        rows: rows.collect(),
        entries,
    })
}

/// The cases of a run, each with what its verdict means here.
fn cases(source: &Source) -> Result<BTreeMap<&str, (&ReportCase, Outcome)>, ReportProblem> {
    let known = |case: &'_ ReportCase| Outcome::of(&case.verdict);
    let unknown = |case: &ReportCase| ReportProblem::Verdict {
        target: source.name.clone(),
        verdict: case.verdict.clone(),
        id: case.id.clone(),
    };
    let all = source.report.cases.iter();
    all.map(|case| Ok((case.id.as_str(), (case, known(case).ok_or_else(|| unknown(case))?)))).collect()
}

/// The service of a case: the first part of its id.
fn service(id: &str) -> &str {
    id.split_once('/').map_or("", |(service, _)| service)
}

/// Where the row of a case stands: service and guarantee, each with its rank before it.
fn place<'a>(id: &'a str, guarantee: &'a str) -> (usize, &'a str, usize, &'a str) {
    let service = service(id);
    let rank = SERVICES.iter().position(|known| *known == service).unwrap_or(SERVICES.len());
    (rank, service, guarantee_rank(guarantee), guarantee)
}

/// Where a guarantee stands in the list of all; those that are not in it come last.
pub(super) fn guarantee_rank(guarantee: &str) -> usize {
    Guarantee::ALL.iter().position(|known| known.as_str() == guarantee).unwrap_or(Guarantee::ALL.len())
}

fn column(source: &Source, counts: Counts) -> Column {
    let Source { name, report } = source;
    let again = || format!("redeliver run '${{id}}' --target {}", report.target);
    Column {
        name: name.clone(),
        version: report.target_version.clone(),
        redeliver: report.redeliver.clone(),
        seed: report.seed,
        profile: report.profile.clone(),
        interrupted: report.interrupted,
        again: report.again.clone().unwrap_or_else(again),
        run: report.run.clone().unwrap_or_default(),
        counts,
    }
}

/// What there is to tell of a case, if there is.
fn entry(
    id: &str,
    guarantee: &str,
    sources: &[Source],
    found: &[Option<(&ReportCase, Outcome)>],
    evidence: &dyn Fn(&str) -> Vec<String>,
) -> Option<Entry> {
    let results: IndexMap<String, Told> = sources
        .iter()
        .zip(found)
        .filter_map(|(source, found)| Some((source, (*found)?)))
        .filter(|(_, (case, _))| case.verdict != "passed")
        .map(|(source, (case, outcome))| (source.name.clone(), told(case, outcome)))
        .collect();
    if results.is_empty() {
        return None;
    }
    let mut why = BTreeSet::new();
    if results.values().any(|told| told.outcome.deviates()) {
        why.extend(found.iter().flatten().flat_map(|(case, _)| case.evidence.iter().cloned()));
        if why.is_empty() {
            why.extend(evidence(id));
        }
    }
    Some(Entry { id: id.to_owned(), guarantee: guarantee.to_owned(), evidence: why.into_iter().collect(), results })
}

fn told(case: &ReportCase, outcome: Outcome) -> Told {
    let known = case.known.clone().or_else(|| known_of(case.detail.as_deref()?));
    let plain = Told {
        outcome,
        verdict: case.verdict.clone(),
        title: None,
        call: None,
        differences: Vec::new(),
        witness: Vec::new(),
        known,
    };
    match &case.failure {
        Some(failure) => with_failure(plain, failure),
        None => Told { title: case.detail.as_deref().map(without_known), ..plain },
    }
}

fn with_failure(told: Told, failure: &ReportFailure) -> Told {
    let cut = |difference: &ReportDifference| ReportDifference {
        at: difference.at.clone(),
        expected: clip(&difference.expected, VALUE_MAX),
        seen: clip(&difference.seen, VALUE_MAX),
    };
    let mut witness: Vec<_> = failure.witness.iter().take(WITNESS_MAX).map(|line| clip(line, VALUE_MAX)).collect();
    if failure.witness.len() > WITNESS_MAX {
        witness.push(format!("… and {} more", failure.witness.len() - WITNESS_MAX));
    }
    Told {
        title: Some(clip(&failure.title, DETAIL_MAX)),
        call: failure.call.clone(),
        differences: failure.differences.iter().map(cut).collect(),
        witness,
        ..told
    }
}

/// The reason of a known deviation in the detail of a report that does not tell it by itself.
fn known_of(detail: &str) -> Option<String> {
    detail.lines().find_map(|line| line.strip_prefix("known: ")).map(str::to_owned)
}

/// The detail of a report that does not tell failures in parts.
fn without_known(detail: &str) -> String {
    let lines: Vec<_> = detail.lines().filter(|line| !line.starts_with("known: ")).collect();
    clip(&lines.join("\n"), DETAIL_MAX)
}

/// The text, cut where it is longer.
fn clip(text: &str, max: usize) -> String {
    match text.char_indices().nth(max) {
        Some((end, _)) => format!("{}… ({} bytes)", &text[..end], text.len()),
        None => text.to_owned(),
    }
}
