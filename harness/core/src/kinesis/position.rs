//! Where readers begin.

use std::sync::Arc;

use redeliver_model::kinesis::ShardIteratorType;

use super::context::Context;
use super::{Error, SequenceNumber, Shard, ShardId, Stream};
use crate::Timestamp;

/// Where a reader begins in a shard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::kinesis) enum Position {
    /// At the record of this number.
    At(String),
    /// Behind the record of this number.
    After(String),
    /// At the oldest record that is kept.
    TrimHorizon,
    /// Behind the newest record.
    Latest,
    /// At the first record that came at this time or later.
    AtTimestamp(Timestamp),
}

impl Position {
    /// From the parameters of `GetShardIterator` or `StartingPosition`.
    pub(in crate::kinesis) fn new(
        kind: &ShardIteratorType,
        number: Option<&str>,
        timestamp: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<Self, Error> {
        use ShardIteratorType::{AfterSequenceNumber, AtSequenceNumber, AtTimestamp, Latest, Other, TrimHorizon};
        match (kind, number) {
            (AtSequenceNumber, Some(number)) => Ok(Self::At(number.to_owned())),
            (AfterSequenceNumber, Some(number)) => Ok(Self::After(number.to_owned())),
            (TrimHorizon, None) => Ok(Self::TrimHorizon),
            (Latest, None) => Ok(Self::Latest),
            (AtTimestamp, _) => {
                let timestamp = timestamp.ok_or(Error::NoTimestamp)?;
                if timestamp > now {
                    Err(Error::TimestampInFuture { timestamp, now })
                } else {
                    Ok(Self::AtTimestamp(timestamp))
                }
            }
            (Other(other), _) => Err(Error::Unknown { member: "shardIteratorType", value: other.to_string() }),
            (AtSequenceNumber | AfterSequenceNumber | TrimHorizon | Latest, _) => {
                Err(Error::StartingNumber { kind: kind.as_str().to_owned(), number: number.map(str::to_owned) })
            }
        }
    }
}

impl Stream {
    /// A shard that is still told of.
    pub(in crate::kinesis) fn listed_shard(&self, now: Timestamp, id: ShardId) -> Option<&Shard> {
        let horizon = self.horizon(now);
        self.shards.get(id).filter(|shard| shard.closed_at.is_none_or(|closed_at| closed_at >= horizon))
    }

    /// The index of the record at a position, or of the next one that comes.
    pub(in crate::kinesis) fn locate(&self, cx: &Context<'_>, shard: &Shard, position: Position) -> Result<u64, Error> {
        Ok(match position {
            Position::TrimHorizon => shard.records.at(self.horizon(cx.now)),
            Position::Latest => shard.records.next(),
            Position::AtTimestamp(time) => shard.records.at(time.max(self.horizon(cx.now))),
            Position::At(number) => self.number_of(cx, shard, number)?.index(),
            Position::After(number) => self.number_of(cx, shard, number)?.index().saturating_add(1),
        })
    }

    /// Reads a sequence number that is used for a shard.
    fn number_of(&self, cx: &Context<'_>, shard: &Shard, text: String) -> Result<SequenceNumber, Error> {
        let invalid = |value| Error::InvalidNumber {
            value,
            operation: cx.operation,
            shard: shard.id,
            stream: Arc::clone(&self.name),
            account: Arc::clone(&self.account),
        };
        let Some(number) = SequenceNumber::parse(&text) else { return Err(invalid(text)) };
        if number.shard() != shard.id {
            return Err(Error::NumberOfOtherShard { of: number.shard(), used_for: shard.id });
        }
        if number.shard_made_at() != shard.made_at_secs {
            return Err(invalid(text));
        }
        Ok(number)
    }
}
