//! A run, as the JSON report of `redeliver run` tells it. Fields that came to the format later may be missing.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::report::Recorded;
use crate::report::json;

/// A run, as its report tells it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Report {
    /// Version of the program that wrote it.
    pub redeliver: Option<String>,
    /// Name of the target.
    pub target: String,
    /// Its version, as it tells it.
    pub target_version: Option<String>,
    /// The command that runs one case in the same way, with `${id}` where its id belongs.
    pub again: Option<String>,
    /// Seed of the run.
    pub seed: u64,
    /// How the reference used the freedom that AWS keeps.
    pub profile: Option<String>,
    /// Whether Ctrl-C ended the run.
    #[serde(default)]
    pub interrupted: bool,
    /// Why nothing could be run.
    pub problem: Option<String>,
    /// When and where, and what it took.
    pub run: Option<Figures>,
    /// Results by case id.
    pub cases: Vec<ReportCase>,
}

/// When and where a run was, and what it took.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Figures {
    /// When it began.
    pub started_at: Option<String>,
    /// Wall-clock time.
    pub elapsed_ms: Option<u64>,
    /// Operating system.
    pub os: Option<String>,
    /// Architecture.
    pub arch: Option<String>,
    /// Cores.
    pub cores: Option<usize>,
    /// Of the target's own processes.
    pub peak_memory_bytes: Option<u64>,
    /// Of the target's own processes, in milliseconds.
    pub cpu_ms: Option<u64>,
}

/// One case of a report.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ReportCase {
    /// Its id.
    pub id: String,
    /// The guarantee that it belongs to.
    pub guarantee: String,
    /// Name of its verdict.
    pub verdict: String,
    /// What there is to say beyond that.
    pub detail: Option<String>,
    /// The reason of a known deviation.
    pub known: Option<String>,
    /// What did not hold.
    pub failure: Option<ReportFailure>,
    /// Why AWS is believed to behave as it says.
    #[serde(default)]
    pub evidence: Vec<String>,
}

/// What did not hold.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ReportFailure {
    /// In one line.
    pub title: String,
    /// The operation that answered.
    pub call: Option<String>,
    /// Each difference.
    #[serde(default)]
    pub differences: Vec<ReportDifference>,
    /// For a workload: the events that show the breach.
    #[serde(default)]
    pub witness: Vec<String>,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportDifference {
    /// JSON pointer into what was seen.
    pub at: String,
    /// What was expected.
    pub expected: String,
    /// What was seen.
    pub seen: String,
}

/// Why a text is no report that can be compared; a lowercase fragment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReportProblem {
    /// It is not what `redeliver run --report json=FILE` writes.
    #[error("is no report: {0}; `redeliver run --report json=FILE` writes one")]
    NoReport(String),
    /// It is of another version of the format.
    #[error("is a report of version {found}, and this program reads version {}: run the target anew", json::VERSION)]
    Version {
        /// Its version.
        found: String,
    },
    /// Its run never began.
    #[error("tells that nothing was run: {0}; run the target anew, or leave this report out")]
    NothingRun(String),
    /// It has a verdict that this program does not know.
    #[error("`{target}` has the verdict `{verdict}` on `{id}`, which this program does not know: a newer one wrote it")]
    Verdict {
        /// Of which target.
        target: String,
        /// The verdict.
        verdict: String,
        /// Of which case.
        id: String,
    },
}

impl Report {
    /// Reads a report file.
    pub fn parse(text: &str) -> Result<Self, ReportProblem> {
        let no_report = |problem: serde_json::Error| ReportProblem::NoReport(problem.to_string());
        let value: Value = serde_json::from_str(text).map_err(no_report)?;
        match value.get("version") {
            Some(version) if *version == json::VERSION => {}
            Some(version) => return Err(ReportProblem::Version { found: version.to_string() }),
            None => return Err(ReportProblem::NoReport("it has no `version`".to_owned())),
        }
        let report: Self = serde_json::from_value(value).map_err(no_report)?;
        match (&report.problem, report.cases.is_empty()) {
            (Some(problem), _) => Err(ReportProblem::NothingRun(problem.clone())),
            (None, true) => Err(ReportProblem::NothingRun("it has no cases".to_owned())),
            (None, false) => Ok(report),
        }
    }

    /// The report of a run of this process, with its figures whatever the target's clock is.
    ///
    /// # Panics
    ///
    /// Never: what is written can be read.
    pub fn of(run: &Recorded) -> Self {
        let report: Self = serde_json::from_str(&json::json(run)).expect("what is written can be read");
        Self {
            run: serde_json::to_value(json::figures(run)).ok().and_then(|run| serde_json::from_value(run).ok()),
            ..report
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> String {
        Report::parse(text).unwrap_err().to_string()
    }

    #[test]
    fn what_is_no_report_is_told_with_the_remedy() {
        let remedy = "`redeliver run --report json=FILE` writes one";
        assert_eq!(problem("{"), format!("is no report: EOF while parsing an object at line 1 column 1; {remedy}"));
        assert_eq!(problem("[]"), format!("is no report: it has no `version`; {remedy}"));
        assert_eq!(problem(r#"{ "version": 1 }"#), format!("is no report: missing field `target`; {remedy}"));
        let newer = "is a report of version 2, and this program reads version 1: run the target anew";
        assert_eq!(problem(r#"{ "version": 2 }"#), newer);
        let nothing = "tells that nothing was run: no such target; run the target anew, or leave this report out";
        let text = r#"{ "version": 1, "target": "a", "seed": 0, "problem": "no such target", "cases": [] }"#;
        assert_eq!(problem(text), nothing);
    }

    #[test]
    fn fields_that_came_later_may_be_missing() {
        let text = r#"{ "version": 1, "target": "a", "seed": 7, "profile": null, "interrupted": false, "totals": {},
            "cases": [ { "id": "sqs/a::b", "guarantee": "polling", "verdict": "passed", "duration_ms": 1, "detail": null } ] }"#;
        let report = Report::parse(text).unwrap();
        assert_eq!((report.target.as_str(), report.run, report.cases.len()), ("a", None, 1));
    }
}
