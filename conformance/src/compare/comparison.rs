//! The comparison: plain data, of which everything is written.

use indexmap::IndexMap;
use serde::Serialize;

use super::report::ReportDifference;
use super::{Counts, Figures, Outcome};

/// The target that this project brings along.
const REFERENCE: &str = "reference";

/// Several targets' results, side by side.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// Version of this format: raised when a key changes its meaning or goes.
    pub version: u32,
    /// Version of the program that compared.
    pub redeliver: &'static str,
    /// When it did.
    pub compared_at: String,
    /// Cases that at least one target's report has.
    pub cases: usize,
    /// The targets.
    pub targets: Vec<Column>,
    /// Services and guarantees, with a cell for each target.
    pub rows: Vec<Row>,
    /// Cases that not every target passed.
    pub entries: Vec<Entry>,
}

/// One target.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Column {
    /// Its name, the only one.
    pub name: String,
    /// Its version; `null` where it is not known.
    pub version: Option<String>,
    /// Version of the program that ran it.
    pub redeliver: Option<String>,
    /// Seed of the run.
    pub seed: u64,
    /// How the reference used the freedom that AWS keeps.
    pub profile: Option<String>,
    /// Whether Ctrl-C ended the run.
    pub interrupted: bool,
    /// The command that runs one case in the same way, with `${id}` where its id belongs.
    pub again: String,
    /// When and where, and what it took; each `null` where it is not known.
    pub run: Figures,
    /// All its cases.
    pub counts: Counts,
}

/// One guarantee of one service.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// The first part of case ids: `sqs`, `sns`, `kinesis`, or `flows` for several together.
    pub service: String,
    /// The guarantee.
    pub guarantee: String,
    /// What it means; empty for a word that specs of this version do not have.
    pub meaning: &'static str,
    /// Counts in the order of the targets.
    pub cells: Vec<Counts>,
}

impl Comparison {
    /// What a reader should know of the reference, as a sentence with a space before it; empty where it is none of the targets.
    pub(super) fn ours(&self) -> &'static str {
        if self.targets.iter().any(|column| column.name == REFERENCE) {
            " The reference is this project's own, made after the same evidence: that it passes says that it agrees with the cases, while for \
             the others they are news."
        } else {
            ""
        }
    }
}

/// A case that not every target passed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// The guarantee that it belongs to.
    pub guarantee: String,
    /// Why AWS is believed to behave as it says; only where a target deviates.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
    /// Each target of whose result there is something to tell, by name: it is not there when it passed, or when its report lacks the case.
    pub results: IndexMap<String, Told>,
}

/// What is told of one target in one case.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Told {
    /// How it did.
    pub outcome: Outcome,
    /// The verdict of its run.
    pub verdict: String,
    /// What did not hold, or why it was not run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The operation that answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call: Option<String>,
    /// Each difference, cut.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub differences: Vec<ReportDifference>,
    /// The events that show the breach.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub witness: Vec<String>,
    /// Why its manifest knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known: Option<String>,
}
