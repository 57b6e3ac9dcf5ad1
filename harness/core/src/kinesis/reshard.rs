//! Shards become others: parents close, children open, and the ranges of the open ones stay all hash keys, each once.

use std::collections::BTreeSet;

use super::shard::Origin;
use super::shards::Shards;
use super::{HashKey, HashRange, ShardId};
use crate::Timestamp;

impl Shards {
    /// Splits an open shard; the second child begins with `at`, which is in its range but not the first of it.
    pub(in crate::kinesis) fn split(&mut self, now: Timestamp, id: ShardId, at: HashKey) {
        let Some(range) = self.get(id).filter(|shard| shard.is_open()).map(|shard| shard.range) else { return };
        let (low, high) =
            (HashRange { end: HashKey(at.0.saturating_sub(1)), ..range }, HashRange { start: at, ..range });
        self.replace(now, &[id], &[low, high], Origin::Split(id));
    }

    /// Merges two open shards, of which the second begins where the first ends.
    pub(in crate::kinesis) fn merge(&mut self, now: Timestamp, id: ShardId, adjacent: ShardId) {
        let range = |id| self.get(id).filter(|shard| shard.is_open()).map(|shard| shard.range);
        let (Some(low), Some(high)) = (range(id), range(adjacent)) else { return };
        let merged = HashRange { start: low.start, end: high.end };
        self.replace(now, &[id, adjacent], &[merged], Origin::Merge(id, adjacent));
    }

    /// Splits and merges until there are `count` open shards of equal ranges. Shards in between come and go at the same moment, as on AWS
    /// in a short time. <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateShardCount.html>
    pub(in crate::kinesis) fn scale(&mut self, now: Timestamp, count: u32) {
        let starts = self.starts_of(count);
        for id in self.open_ids() {
            self.cut(now, id, &starts);
        }
        for start in starts.iter().rev() {
            while let Some([id, adjacent]) = self.pair_at(*start, &starts) {
                self.merge(now, id, adjacent);
            }
        }
    }

    /// Where `count` equal ranges begin. What is a rounding away from the beginning of an open shard stays there.
    fn starts_of(&self, count: u32) -> BTreeSet<HashKey> {
        let near = |key: HashKey| {
            let from = HashKey(key.0.saturating_sub(count.into()));
            let to = HashKey(key.0.saturating_add(count.into()));
            self.open().range(from..=to).next().map_or(key, |(start, _)| *start)
        };
        HashRange::even(count).map(|range| near(range.start)).collect()
    }

    /// Splits a shard, in the middle first, at all of `starts` that are inside of it.
    fn cut(&mut self, now: Timestamp, id: ShardId, starts: &BTreeSet<HashKey>) {
        let Some(range) = self.get(id).map(|shard| shard.range) else { return };
        let inside: Vec<_> = starts.range(range.start..=range.end).filter(|start| **start != range.start).collect();
        let Some(&&middle) = inside.get(inside.len() / 2) else { return };
        self.split(now, id, middle);
        let children = self.get(id).map(|shard| shard.children.clone()).unwrap_or_default();
        for child in children {
            self.cut(now, child, starts);
        }
    }

    /// The open shard that begins at `start` and the one behind it, if both are in one of the ranges that begin at `starts`.
    fn pair_at(&self, start: HashKey, starts: &BTreeSet<HashKey>) -> Option<[ShardId; 2]> {
        let mut behind = self.open().range(start..);
        let (first, second) = (behind.next()?, behind.next()?);
        (*first.0 == start && !starts.contains(second.0)).then_some([*first.1, *second.1])
    }

    fn open_ids(&self) -> Vec<ShardId> {
        self.open().values().copied().collect()
    }

    /// Closes parents and opens their children.
    fn replace(&mut self, now: Timestamp, parents: &[ShardId], ranges: &[HashRange], origin: Origin) {
        for parent in parents {
            self.close(now, *parent);
        }
        let children: Vec<_> = ranges.iter().map(|range| self.add(now, *range, origin)).collect();
        for parent in parents {
            if let Some(parent) = self.get_mut(*parent) {
                parent.children.clone_from(&children);
            }
        }
    }
}
