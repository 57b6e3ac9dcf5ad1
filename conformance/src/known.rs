//! Known deviations of a target: claims that are checked both ways.

use globset::{GlobBuilder, GlobMatcher};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One entry of a target's `known` list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "a known deviation")]
pub struct Known {
    /// a glob over case ids, as in `redeliver run`: the cases that this is about
    pub pattern: String,
    /// what the target does instead, or why it does
    pub reason: String,
    /// whether the cases pass at times; such an entry is not checked, so give a reason that says when
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub flaky: bool,
    /// where it is reported, a URL
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// A `known` list, ready to be asked.
#[derive(Debug, Clone, Default)]
pub struct KnownList {
    entries: Vec<(Known, GlobMatcher)>,
}

/// A pattern of a `known` list that is no glob.
#[derive(Debug, thiserror::Error)]
#[error("the known deviation `{pattern}` is no valid pattern: {source}")]
pub struct BadPattern {
    pattern: String,
    source: globset::Error,
}

impl KnownList {
    /// Compiles the patterns.
    pub fn new(entries: &[Known]) -> Result<Self, BadPattern> {
        let compile = |known: &Known| {
            let glob = GlobBuilder::new(&known.pattern).literal_separator(true).build();
            let matcher = glob.map_err(|source| BadPattern { pattern: known.pattern.clone(), source })?;
            Ok((known.clone(), matcher.compile_matcher()))
        };
        Ok(Self { entries: entries.iter().map(compile).collect::<Result<_, _>>()? })
    }

    /// The first entry that is about this case.
    pub fn find(&self, id: &str) -> Option<&Known> {
        self.entries.iter().find(|(_, glob)| glob.is_match(id)).map(|(known, _)| known)
    }

    /// Entries that are about none of these cases, the ids of the whole suite: claims that are no longer true of anything.
    pub fn stale(&self, suite: &[String]) -> Vec<&Known> {
        let about_none = |glob: &GlobMatcher| !suite.iter().any(|id| glob.is_match(id));
        self.entries.iter().filter(|(_, glob)| about_none(glob)).map(|(known, _)| known).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(pattern: &str) -> Known {
        Known { pattern: pattern.to_owned(), reason: "because".to_owned(), flaky: false, source: None }
    }

    #[test]
    fn first_matching_entry_is_found() {
        let list = KnownList::new(&[known("sqs/fifo/order::a"), known("sqs/fifo/*")]).unwrap();
        assert_eq!(list.find("sqs/fifo/order::a"), Some(&known("sqs/fifo/order::a")));
        assert_eq!(list.find("sqs/fifo/order::b"), Some(&known("sqs/fifo/*")));
        assert_eq!(list.find("sqs/queue/create::a"), None);
    }

    #[test]
    fn entry_about_no_case_of_the_suite_is_stale() {
        let list = KnownList::new(&[known("sqs/fifo/*"), known("sqs/gone::*")]).unwrap();
        let suite = ["sqs/fifo/order::a", "sqs/queue/create::a"].map(str::to_owned);
        assert_eq!(list.stale(&suite), [&known("sqs/gone::*")]);
    }

    #[test]
    fn broken_pattern_is_named() {
        let problem = KnownList::new(&[known("sqs/{a")]).unwrap_err().to_string();
        assert!(problem.starts_with("the known deviation `sqs/{a` is no valid pattern"), "{problem}");
    }
}
