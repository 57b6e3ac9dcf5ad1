//! A file and its cases.

use schemars::JsonSchema;
use serde::Deserialize;

use super::RawStep;
use super::text::{RawDate, RawDoc, RawName, RawSentence, RawUrl};
use crate::{Feature, Guarantee, Level};

/// One behaviour of SQS, SNS or Kinesis as cases that run against any backend.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "File", title = "a spec file")]
pub(crate) struct RawFile {
    /// the version of the format, `"1.0"`
    #[expect(dead_code, reason = "the version is looked at before anything else")]
    pub(crate) spec: String,
    /// the behaviour, in one sentence
    pub(crate) about: RawSentence,
    /// what AWS promises; reports group by it
    pub(crate) guarantee: Guarantee,
    /// what a target must declare for any of the cases
    #[serde(default)]
    pub(crate) requires: Vec<Feature>,
    /// how binding the cases are, `must` when left out
    pub(crate) level: Option<Level>,
    /// the cases
    #[schemars(length(min = 1))]
    #[expect(dead_code, reason = "entries are read one by one, so that a mistake in one hides none in another")]
    pub(crate) cases: Vec<RawCase>,
}

/// One sentence about the behaviour, with the steps that show it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Case", title = "a case")]
pub(crate) struct RawCase {
    /// a statement in lower-hyphen, unique in its file
    pub(crate) name: RawName,
    /// a sentence where the name does not say enough
    pub(crate) about: Option<RawSentence>,
    /// why AWS is believed to behave so: at least one of `doc`, `recorded`, `model`
    pub(crate) evidence: RawEvidence,
    /// more features, for this case
    #[serde(default)]
    pub(crate) requires: Vec<Feature>,
    /// overrides the level of the file
    pub(crate) level: Option<Level>,
    /// the steps; run in order, the first that fails ends the case
    #[schemars(length(min = 1))]
    #[expect(dead_code, reason = "entries are read one by one, so that a mistake in one hides none in another")]
    pub(crate) steps: Vec<RawStep>,
}

/// Why AWS is believed to behave so.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Evidence", title = "evidence")]
pub(crate) struct RawEvidence {
    /// URL of AWS documentation, or of an AWS-owned repository
    pub(crate) doc: Option<RawDoc>,
    /// date on which a response of real AWS that shows it was recorded
    pub(crate) recorded: Option<RawDate>,
    /// URL of the recording, or of the report that led to the case
    pub(crate) source: Option<RawUrl>,
    /// the recording's own name for the test, goes with `recorded`
    pub(crate) test: Option<RawSentence>,
    /// the API model that states it, for example `botocore 1.44.5`
    pub(crate) model: Option<RawSentence>,
    /// what the evidence does not say and the case still assumes; such a case is never `must`
    pub(crate) silent: Option<RawSentence>,
}
