//! Producers, readers, and what is checked of what they saw of a stream.

use std::time::Duration;

use crate::{Invariant, Stress};

/// Producers and readers of a stream that run at the same time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamWorkloadStep {
    /// Name of the stream; may hold variables.
    pub stream: String,
    /// Who puts what.
    pub put: Put,
    /// Who reads how.
    pub read: Read,
    /// How the shards change meanwhile, in the order of `after`.
    pub reshard: Vec<Reshard>,
    /// Whether the records are read again at the end from each kind of position.
    pub replay: bool,
    /// The workload ends at the latest after this time.
    pub within: Duration,
    /// What must hold.
    pub invariants: Vec<Invariant>,
    /// The stress without which it proves nothing.
    pub expects: Vec<Stress>,
}

/// Who puts what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Put {
    /// How many put at the same time.
    pub producers: u32,
    /// Distinct records in all.
    pub messages: u32,
    /// Partition keys that they are spread over.
    pub keys: u32,
    /// Whether to put in batches of up to ten.
    pub batch: bool,
    /// Least number of bytes of the data of a record.
    pub size: u32,
}

/// Who reads how: each reader reads all shards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Read {
    /// How many read with iterators.
    pub polling: u32,
    /// How many read as registered consumers.
    pub fan_out: u32,
    /// `Limit` of each `GetRecords`; the service's when absent.
    pub limit: Option<u32>,
    /// How often each shard is read.
    pub every: Duration,
}

impl Default for Read {
    fn default() -> Self {
        Self { polling: 1, fan_out: 0, limit: None, every: Duration::from_secs(1) }
    }
}

/// A change of shards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reshard {
    /// How many records were put before it.
    pub after: u32,
    /// What changes.
    pub to: Shards,
}

/// What becomes of shards. Open shards are numbered in the order of their hash keys, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shards {
    /// This one is split in the middle.
    Split(u32),
    /// This one is merged with the one behind it.
    Merge(u32),
    /// The stream is scaled to so many.
    Count(u32),
}
