//! An entry below `answers`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::text::RawDuration;

/// What an endpoint answers to the next request, or to some.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "HookAnswer", title = "an answer of an endpoint")]
pub(crate) struct RawHookAnswer {
    /// HTTP status, 200 when left out
    #[schemars(range(min = 200, max = 599))]
    pub(crate) status: Option<u16>,
    /// how long it takes, no time when left out
    pub(crate) after: Option<RawDuration>,
    /// to how many requests, 1 when left out; the last answer is given to all that come
    #[schemars(range(min = 1, max = 1_000_000))]
    pub(crate) times: Option<u32>,
}
