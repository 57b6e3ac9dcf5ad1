//! What a manifest says of AWS.

use std::time::Duration;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

use crate::target::Lasting;

/// AWS itself: nothing is called there without the user's consent, and only in the account that he names.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "the map of AWS")]
pub struct Aws {
    /// the regions in which anything may be created
    #[schemars(length(min = 1))]
    pub regions: Vec<String>,
    /// how long a case rests after a call that succeeded, by calls such as `sqs:CreateQueue`
    #[serde(default, deserialize_with = "durations")]
    #[schemars(with = "IndexMap<String, Lasting>")]
    pub settle: IndexMap<String, Duration>,
    /// how long a call is asked again whose answer is not the expected one; only calls that change nothing, and receives that gave nothing
    #[serde(default, deserialize_with = "durations")]
    #[schemars(with = "IndexMap<String, Lasting>")]
    pub again: IndexMap<String, Duration>,
}

fn durations<'de, D: Deserializer<'de>>(deserializer: D) -> Result<IndexMap<String, Duration>, D::Error> {
    let written = IndexMap::<String, Lasting>::deserialize(deserializer)?;
    Ok(written.into_iter().map(|(call, lasting)| (call, lasting.duration())).collect())
}
