//! A lease of a shard: who reads it, since when, and how far he is.

use std::error::Error;
use std::fmt;

/// A lease of a shard, as the table had it when it was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// The shard.
    pub shard: String,
    /// The worker that has it; none when it was given back.
    pub owner: Option<String>,
    /// Raised each time that somebody takes it. What is asked for with an older one is refused.
    pub epoch: u64,
    /// What was written last: a sequence number, or [`SHARD_END`]. None before the first.
    pub checkpoint: Option<String>,
    /// How many records within that one are done, where it holds several.
    pub sub_sequence: Option<u64>,
    /// Whether it may be taken: nobody has it, or its owner has not renewed it for long enough.
    pub is_free: bool,
}

/// The checkpoint of a shard that was closed and read to its end, as the Kinesis Client Library writes it.
/// <https://docs.aws.amazon.com/streams/latest/dev/kcl-dynamoDB.html>
pub const SHARD_END: &str = "SHARD_END";

impl Lease {
    /// Whether its shard was read to its end.
    pub fn is_at_end(&self) -> bool {
        self.checkpoint.as_deref() == Some(SHARD_END)
    }
}

/// Why a call to the table of leases failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeaseError {
    /// The condition did not hold: another worker has taken the lease.
    Lost,
    /// Another worker has it, and its time is not over.
    Taken,
    /// There was no answer, or an error of the table: what was asked for may have happened.
    Unavailable,
}

impl fmt::Display for LeaseError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Lost => "the lease is lost: another worker has taken it",
            Self::Taken => "the lease is not free",
            Self::Unavailable => "the table of leases gave no answer",
        })
    }
}

impl Error for LeaseError {}
