//! One shard of a stream.

use std::fmt;

use redeliver_model::kinesis as model;

use super::records::Records;
use super::throughput::Throughput;
use super::{HashRange, SequenceNumber, decimal};
use crate::{Timestamp, hexadecimal};

/// Begins every shard id.
const PREFIX: &str = "shardId-";
const FORM: &[u8; 20] = b"shardId-000000000000";

/// Names a shard of a stream: shards are numbered from 0 in the order in which they came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShardId(pub u32);

impl ShardId {
    /// As clients see it.
    pub fn to_text(self) -> String {
        let mut text = *FORM;
        decimal::write(self.0.into(), &mut text[PREFIX.len()..]);
        hexadecimal::text(&text)
    }

    /// Reads the id in a request. AWS goes by the number behind the last hyphen, as recorded: `shardId-0` and `x-0` find shard 0.
    pub fn parse(text: &str) -> Option<Self> {
        let number = text.rsplit_once('-').map_or(text, |(_, number)| number);
        number.bytes().all(|byte| byte.is_ascii_digit()).then(|| number.parse().ok().map(Self)).flatten()
    }
}

impl fmt::Display for ShardId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.to_text())
    }
}

/// Which shards a shard came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::kinesis) enum Origin {
    /// None: it came with its stream.
    Stream,
    /// One, which was split.
    Split(ShardId),
    /// Two, which were merged.
    Merge(ShardId, ShardId),
}

impl Origin {
    /// `ParentShardId` and `AdjacentParentShardId`.
    pub(in crate::kinesis) fn parents(self) -> (Option<ShardId>, Option<ShardId>) {
        match self {
            Self::Stream => (None, None),
            Self::Split(parent) => (Some(parent), None),
            Self::Merge(parent, adjacent) => (Some(parent), Some(adjacent)),
        }
    }
}

/// One shard of a stream.
#[derive(Debug)]
pub(crate) struct Shard {
    /// Its name.
    pub(in crate::kinesis) id: ShardId,
    /// The hash keys that it holds.
    pub(in crate::kinesis) range: HashRange,
    /// Which shards it came from.
    pub(in crate::kinesis) origin: Origin,
    /// When it was opened.
    pub(in crate::kinesis) opened_at: Timestamp,
    /// The second that its sequence numbers say it was made at, which is later than that of its parents.
    pub(in crate::kinesis) made_at_secs: u64,
    /// When it was closed by a split or a merge.
    pub(in crate::kinesis) closed_at: Option<Timestamp>,
    /// The shards that came from it.
    pub(in crate::kinesis) children: Vec<ShardId>,
    /// Its records.
    pub(in crate::kinesis) records: Records,
    /// What it takes in and gives out.
    pub(in crate::kinesis) throughput: Throughput,
}

impl Shard {
    /// Whether it takes records.
    pub(in crate::kinesis) fn is_open(&self) -> bool {
        self.closed_at.is_none()
    }

    /// The number that it begins with.
    pub(in crate::kinesis) fn first_number(&self) -> SequenceNumber {
        SequenceNumber::first(self.id, self.made_at_secs)
    }

    /// The number that it ends with, once it is closed.
    pub(in crate::kinesis) fn last_number(&self) -> Option<SequenceNumber> {
        let closed_at = self.closed_at?.as_secs();
        Some(SequenceNumber::last(self.id, self.made_at_secs, closed_at))
    }

    /// As clients see it.
    pub(in crate::kinesis) fn to_model(&self) -> model::Shard {
        let (parent, adjacent) = self.origin.parents();
        model::Shard {
            adjacent_parent_shard_id: adjacent.map(|shard| shard.to_string()),
            hash_key_range: Some(self.range.to_model()),
            parent_shard_id: parent.map(|shard| shard.to_string()),
            sequence_number_range: Some(model::SequenceNumberRange {
                ending_sequence_number: self.last_number().map(|number| number.to_string()),
                starting_sequence_number: Some(self.first_number().to_string()),
            }),
            shard_id: Some(self.id.to_string()),
        }
    }

    /// The number of the record with this index.
    pub(in crate::kinesis) fn number(&self, index: u64, taken_at: Timestamp) -> SequenceNumber {
        SequenceNumber::of_record(self.id, self.made_at_secs, index, taken_at.as_secs())
    }
}

#[cfg(test)]
mod tests {
    use super::ShardId;

    #[test]
    fn ids_have_twelve_digits_and_are_found_by_their_number() {
        assert_eq!(ShardId(7).to_string(), "shardId-000000000007");
        for text in ["shardId-000000000007", "shardId-7", "x-7", "7"] {
            assert_eq!(ShardId::parse(text), Some(ShardId(7)), "{text}");
        }
        for text in ["shardId-", "shard", "shardId-99999999999", "shardId-7x"] {
            assert_eq!(ShardId::parse(text), None, "{text}");
        }
    }
}
