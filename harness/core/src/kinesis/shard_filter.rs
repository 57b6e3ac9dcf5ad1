//! Which shards of a stream are listed.

use std::fmt;

use redeliver_model::kinesis::{ShardFilter, ShardFilterType};

use super::{Error, Shard, ShardId, Stream};
use crate::Timestamp;

/// Which shards of a stream are listed.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ShardFilter.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::kinesis) enum Filter {
    /// All that still have records to keep.
    All,
    /// Those behind this one.
    After(ShardId),
    /// The open ones.
    Open,
    /// Those that were open at this time.
    At(Timestamp),
    /// Those that were open at this time or later.
    From(Timestamp),
}

impl Filter {
    /// Reads `ShardFilter`. Times before the oldest records are those of the oldest records.
    pub(in crate::kinesis) fn new(
        filter: Option<&ShardFilter>,
        stream: &Stream,
        now: Timestamp,
    ) -> Result<Self, Error> {
        use ShardFilterType::{
            AfterShardId, AtLatest, AtTimestamp, AtTrimHorizon, FromTimestamp, FromTrimHorizon, Other,
        };
        let Some(filter) = filter else { return Ok(Self::All) };
        let kind = filter.r#type.as_ref().ok_or(Error::Missing { member: "shardFilter.type" })?;
        let opened_at = stream.shards.all().first().map_or(stream.created_at, |first| first.opened_at);
        let horizon = stream.horizon(now).max(opened_at);
        let timestamp = || filter.timestamp.map(|time| time.max(horizon)).ok_or(Error::Filter { lacks: "Timestamp" });
        Ok(match kind {
            AfterShardId => {
                let shard = filter.shard_id.as_deref().ok_or(Error::Filter { lacks: "ShardId" })?;
                ShardId::parse(shard).map_or(Self::All, Self::After)
            }
            AtTrimHorizon => Self::At(horizon),
            FromTrimHorizon => Self::All,
            AtLatest => Self::Open,
            AtTimestamp => Self::At(timestamp()?),
            FromTimestamp => Self::From(timestamp()?),
            Other(other) => return Err(Error::Unknown { member: "shardFilter.type", value: other.to_string() }),
        })
    }

    /// The shard behind which the list begins.
    pub(in crate::kinesis) fn after(self) -> Option<ShardId> {
        if let Self::After(shard) = self { Some(shard) } else { None }
    }

    /// Whether a shard is listed.
    pub(in crate::kinesis) fn takes(self, shard: &Shard) -> bool {
        let ends_before = |time| shard.closed_at.is_some_and(|closed_at| closed_at < time);
        match self {
            Self::All => true,
            Self::After(after) => shard.id > after,
            Self::Open => shard.is_open(),
            Self::At(time) => shard.opened_at <= time && !ends_before(time),
            Self::From(time) => !ends_before(time),
        }
    }

    /// Reads what [`fmt::Display`] wrote.
    pub(in crate::kinesis) fn parse(text: &str) -> Option<Self> {
        let (kind, number) = text.split_once(' ').unwrap_or((text, "0"));
        let number: u64 = number.parse().ok()?;
        Some(match kind {
            "all" => Self::All,
            "open" => Self::Open,
            "after" => Self::After(ShardId(number.try_into().ok()?)),
            "at" => Self::At(Timestamp(number)),
            "from" => Self::From(Timestamp(number)),
            _ => return None,
        })
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => write!(formatter, "all"),
            Self::Open => write!(formatter, "open"),
            Self::After(shard) => write!(formatter, "after {}", shard.0),
            Self::At(time) => write!(formatter, "at {time}"),
            Self::From(time) => write!(formatter, "from {time}"),
        }
    }
}
