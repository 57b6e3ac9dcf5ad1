//! The map below `workload`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::text::{RawDuration, RawSentence};

/// Producers and consumers that run at the same time.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Workload", title = "a workload")]
pub(crate) struct RawWorkload {
    /// URL of the queue; it has to exist
    pub(crate) queue: RawSentence,
    /// who sends what
    pub(crate) produce: RawProduce,
    /// who receives how
    pub(crate) consume: Option<RawConsume>,
    /// URL of the dead-letter queue, drained at the end
    #[serde(rename = "dead-letter")]
    pub(crate) dead_letter: Option<RawSentence>,
    /// the longest that the workload runs, `10m` when left out
    pub(crate) within: Option<RawDuration>,
}

/// Who sends what.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Produce", title = "`produce`")]
pub(crate) struct RawProduce {
    /// how many send at the same time, 1 when left out
    #[schemars(range(min = 1, max = 1000))]
    pub(crate) producers: Option<u32>,
    /// distinct messages in all
    #[schemars(range(min = 1, max = 1_000_000))]
    pub(crate) messages: u32,
    /// message groups that they are spread over, 0 when left out: no `MessageGroupId`
    pub(crate) groups: Option<u32>,
    /// whether to send in batches of ten, false when left out
    pub(crate) batch: Option<bool>,
    /// sends repeated with the same deduplication id, 0 when left out; FIFO only
    pub(crate) duplicates: Option<u32>,
}

/// Who receives how.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Consume", title = "`consume`")]
pub(crate) struct RawConsume {
    /// how many receive at the same time, 1 when left out
    #[schemars(range(min = 1, max = 1000))]
    pub(crate) consumers: Option<u32>,
    /// `MaxNumberOfMessages`, 10 when left out
    #[schemars(range(min = 1, max = 10))]
    pub(crate) batch: Option<u32>,
    /// `WaitTimeSeconds`, `1s` when left out
    pub(crate) wait: Option<RawDuration>,
    /// `VisibilityTimeout` of each receive; the queue's when left out
    pub(crate) visibility: Option<RawDuration>,
    /// what is received and not deleted: `{ every: N }` or `{ body: regex }`
    pub(crate) abandon: Option<RawAbandon>,
    /// whether an abandoned message is given back at once, false when left out: its timeout runs out
    pub(crate) release: Option<bool>,
}

/// What is received and not deleted: exactly one of the two.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Abandon", title = "`abandon`")]
pub(crate) struct RawAbandon {
    /// every N-th message that a consumer receives
    #[schemars(range(min = 1))]
    pub(crate) every: Option<u32>,
    /// messages whose body matches this regular expression
    pub(crate) body: Option<RawSentence>,
}
