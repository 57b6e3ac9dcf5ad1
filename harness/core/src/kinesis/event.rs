//! What happened to a stream and its records.

use std::sync::Arc;

use redeliver_model::kinesis::StreamStatus;

use super::{HashRange, SequenceNumber, ShardId};
use crate::Timestamp;

/// Something that happened to a stream or one of its records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// ARN of the stream.
    pub stream: Arc<str>,
    /// What.
    pub what: Happening,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// A stream was asked for.
    StreamCreated,
    /// A stream is gone with its records.
    StreamDeleted,
    /// A stream began to be busy with something, or is done with it.
    StatusChanged {
        /// What it is busy with now.
        status: StreamStatus,
    },
    /// A shard came of others, which are closed now.
    ShardOpened {
        /// The shard.
        shard: ShardId,
        /// Its hash keys.
        range: HashRange,
        /// What it came of.
        parents: Vec<ShardId>,
    },
    /// A record was taken.
    Put {
        /// Its shard.
        shard: ShardId,
        /// Its number.
        sequence: SequenceNumber,
        /// Its partition key.
        key: Option<Arc<str>>,
    },
    /// Records of a shard were read.
    Read {
        /// The shard.
        shard: ShardId,
        /// How many there were.
        records: usize,
        /// The number of the first one.
        first: Option<SequenceNumber>,
        /// The number of the last one.
        last: Option<SequenceNumber>,
        /// Milliseconds by which the reader is behind.
        behind_ms: u64,
    },
}
