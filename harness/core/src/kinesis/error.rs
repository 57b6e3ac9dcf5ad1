//! Why Kinesis refuses a call: one variant a fact.

use std::fmt;
use std::sync::Arc;

use redeliver_model::Timestamp;
use redeliver_model::kinesis::StreamStatus;

use super::{ChannelFault, ControlFault, HashRange, QueueFault, ShardId};
use crate::UnusableKey;

/// Which stream, in the words of AWS.
type Name = Arc<str>;

/// A fact about a refused call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// A required parameter is missing.
    Missing {
        /// Its name as AWS writes it in texts.
        member: &'static str,
    },
    /// A parameter has a value that the model does not know.
    Unknown {
        /// Its name as AWS writes it in texts.
        member: &'static str,
        /// The value.
        value: String,
    },
    /// A number is outside of what its parameter allows.
    OutOfRange {
        /// Its name as AWS writes it in texts.
        member: &'static str,
        /// The number.
        value: i64,
        /// What it has to be, in the words of AWS.
        must: &'static str,
    },
    /// Neither name nor ARN of a stream is given.
    NoStream,
    /// The ARN of a stream is none.
    StreamArn {
        /// What was given.
        arn: String,
    },
    /// Name and ARN of a stream do not agree.
    NamesDiffer {
        /// The name.
        name: String,
        /// The ARN.
        arn: String,
    },
    /// No such stream, or none that is there yet.
    StreamNotFound {
        /// Its name.
        stream: String,
        /// The account that it was looked for in.
        account: Name,
    },
    /// There is a stream of this name already.
    StreamExists {
        /// Its name.
        stream: Name,
        /// Its account.
        account: Name,
    },
    /// The stream is busy.
    StreamNotActive {
        /// Its name.
        stream: Name,
        /// Its account.
        account: Name,
        /// What it is busy with.
        status: StreamStatus,
    },
    /// Too many streams of the account are being made.
    TooManyCreating {
        /// The account.
        account: Name,
    },
    /// The account would have too many shards.
    TooManyShards {
        /// The account.
        account: Name,
        /// The region.
        region: Name,
        /// How many it has.
        current: u64,
        /// How many it may have.
        limit: u64,
        /// How many would have come.
        more: u64,
    },
    /// The account would have too many on-demand streams.
    TooManyOnDemand {
        /// The account.
        account: Name,
        /// How many it may have.
        limit: usize,
    },
    /// `CreateStream` does not fit its mode.
    Creation {
        /// Why.
        reason: &'static str,
    },
    /// Provisioned streams have no warm throughput.
    NoWarmThroughput,
    /// The distribution of records is not one of the stream's mode.
    Distribution,
    /// No such shard.
    ShardNotFound {
        /// What was asked for.
        shard: String,
        /// The stream.
        stream: Name,
        /// Its account.
        account: Name,
    },
    /// No such shard to split or merge.
    ShardToReshardNotFound {
        /// What was asked for.
        shard: String,
        /// The stream.
        stream: Name,
        /// Its account.
        account: Name,
    },
    /// The capacity of the stream is chosen by AWS.
    OnDemand {
        /// The operation that it is refused.
        operation: &'static str,
    },
    /// A shard cannot be split at this key.
    NotInside {
        /// The key.
        value: String,
        /// The shard.
        shard: ShardId,
        /// The stream.
        stream: Name,
        /// Its account.
        account: Name,
        /// The hash keys of the shard.
        range: HashRange,
    },
    /// A shard is closed already.
    AlreadyResharded {
        /// The shard.
        shard: ShardId,
        /// The stream.
        stream: Name,
        /// Its account.
        account: Name,
    },
    /// The second of two shards does not begin where the first ends.
    NotAdjacent {
        /// The first.
        shard: ShardId,
        /// The second.
        adjacent: ShardId,
        /// The stream.
        stream: Name,
        /// Its account.
        account: Name,
    },
    /// The number of shards is to change by more than the half or the double.
    ScaledTooFar {
        /// Whether there are to be more.
        up: bool,
        /// How many there are.
        current: u64,
        /// How many there are to be.
        target: u64,
    },
    /// A stream would have too many shards.
    TooManyShardsOfStream {
        /// How many it may have.
        limit: u64,
    },
    /// Something may be done only so many times in 24 hours.
    TooOften {
        /// The operation.
        operation: &'static str,
        /// How many times.
        limit: usize,
    },
    /// Records are to be kept for too short a time.
    RetentionTooShort {
        /// How many hours.
        hours: i32,
    },
    /// Records are to be kept for too long a time.
    RetentionTooLong {
        /// How many hours.
        hours: i32,
    },
    /// The retention is to be changed in the other direction than the operation does.
    RetentionDirection {
        /// How many hours it is to be.
        hours: u32,
        /// How many it is.
        current: u32,
        /// Whether the operation makes it longer.
        longer: bool,
        /// The stream.
        stream: Name,
    },
    /// An explicit hash key has more than 128 bits.
    ExplicitHashKey {
        /// What was given.
        value: String,
    },
    /// A record has no partition key, and its stream needs one.
    NoPartitionKey,
    /// The number that a record's has to be above is none, or of another shard.
    MinimumSequenceNumber {
        /// What was given.
        value: String,
        /// The stream.
        stream: Name,
        /// Its account.
        account: Name,
    },
    /// A record is larger than its stream takes.
    RecordTooLarge {
        /// Its bytes with those of its partition key.
        size: usize,
        /// How many bytes the stream takes.
        limit: usize,
    },
    /// The records of a batch are too large together.
    BatchTooLarge {
        /// How many bytes a batch may have.
        limit: usize,
    },
    /// The throughput of a shard is used up.
    RateExceeded {
        /// The shard.
        shard: ShardId,
        /// The stream.
        stream: Name,
        /// Its account.
        account: Name,
    },
    /// An iterator is none that was given out.
    InvalidIterator,
    /// An iterator is older than five minutes.
    ExpiredIterator {
        /// When it was made.
        made_at: Timestamp,
        /// When it is used.
        now: Timestamp,
    },
    /// A position needs a sequence number, or must not have one.
    StartingNumber {
        /// `ShardIteratorType`.
        kind: String,
        /// `StartingSequenceNumber`.
        number: Option<String>,
    },
    /// A sequence number is none.
    InvalidNumber {
        /// What was given.
        value: String,
        /// The operation.
        operation: &'static str,
        /// The shard.
        shard: ShardId,
        /// The stream.
        stream: Name,
        /// Its account.
        account: Name,
    },
    /// A sequence number is of another shard.
    NumberOfOtherShard {
        /// The shard that it is of.
        of: ShardId,
        /// The shard that it was used for.
        used_for: ShardId,
    },
    /// A position in time needs a time.
    NoTimestamp,
    /// A position in time is in the future.
    TimestampInFuture {
        /// The time.
        timestamp: Timestamp,
        /// Now.
        now: Timestamp,
    },
    /// Neither stream nor token are given.
    NoStreamNorToken,
    /// A stream and a token are given.
    StreamAndToken,
    /// A token is none that was given out.
    InvalidToken,
    /// A token is older than five minutes.
    ExpiredToken {
        /// When it was made.
        made_at: Timestamp,
        /// When it is used.
        now: Timestamp,
    },
    /// A filter of shards lacks what it needs.
    Filter {
        /// What it lacks.
        lacks: &'static str,
    },
    /// A dry run would have succeeded.
    DryRun,
    /// A fact about queues.
    Queue(QueueFault),
    /// A fact about channels.
    Channel(ChannelFault),
    /// A fact about consumers, tags, policies or settings.
    Control(ControlFault),
    /// What is encrypted can't be used.
    Key(UnusableKey),
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.describe().message)
    }
}

impl std::error::Error for Error {}

impl From<UnusableKey> for Error {
    fn from(unusable: UnusableKey) -> Self {
        Self::Key(unusable)
    }
}
