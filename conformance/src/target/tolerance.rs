//! Deviations so small and so frequent that they would hide all others.

use schemars::JsonSchema;
use serde::Deserialize;

/// A deviation that is overlooked wherever a case is not about it, that is, in every case that `known` does not list: there it is strict,
/// and so the deviation itself stays a checked claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Tolerance {
    /// an empty list or map in an answer counts as left out
    EmptyLists,
}

impl Tolerance {
    /// What is overlooked, as a sentence without capital and full stop.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::EmptyLists => "an empty list or map in an answer counts as left out, but for the known deviations",
        }
    }
}
