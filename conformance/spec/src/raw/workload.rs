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
    pub(crate) queue: Option<RawSentence>,
    /// name of the stream, in place of a queue; it has to exist
    pub(crate) stream: Option<RawSentence>,
    /// who sends what
    pub(crate) produce: RawProduce,
    /// who receives how
    pub(crate) consume: Option<RawConsume>,
    /// URL of the dead-letter queue, drained at the end
    #[serde(rename = "dead-letter")]
    pub(crate) dead_letter: Option<RawSentence>,
    /// who reads a stream how
    pub(crate) read: Option<RawRead>,
    /// how the shards of a stream change meanwhile, one after another
    #[schemars(length(min = 1))]
    pub(crate) reshard: Option<Vec<RawReshard>>,
    /// whether the records are read again at the end from each kind of position, false when left out
    pub(crate) replay: Option<bool>,
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
    /// partition keys that the records of a stream are spread over, 1 when left out
    #[schemars(range(min = 1))]
    pub(crate) keys: Option<u32>,
    /// least number of bytes of the data of a record, 0 when left out
    #[schemars(range(max = 1_000_000))]
    pub(crate) size: Option<u32>,
}

/// Who reads a stream how: each reader reads all of its shards.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Read", title = "`read`")]
pub(crate) struct RawRead {
    /// how many read with iterators, 1 when left out
    #[schemars(range(max = 100))]
    pub(crate) polling: Option<u32>,
    /// how many read as registered consumers, by enhanced fan-out, 0 when left out
    #[serde(rename = "fan-out")]
    #[schemars(range(max = 20))]
    pub(crate) fan_out: Option<u32>,
    /// `Limit` of each `GetRecords`; the service's when left out
    #[schemars(range(min = 1, max = 10_000))]
    pub(crate) limit: Option<u32>,
    /// how often each shard is read, `1s` when left out
    pub(crate) every: Option<RawDuration>,
}

/// A change of shards: `after` and exactly one of the others.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Reshard", title = "a change of shards")]
pub(crate) struct RawReshard {
    /// how many records were put before it
    pub(crate) after: u32,
    /// splits an open shard in the middle: its number in the order of hash keys, from 0
    pub(crate) split: Option<u32>,
    /// merges an open shard with the one behind it: its number in the order of hash keys, from 0
    pub(crate) merge: Option<u32>,
    /// scales the stream to so many shards
    #[schemars(range(min = 1))]
    pub(crate) shards: Option<u32>,
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
