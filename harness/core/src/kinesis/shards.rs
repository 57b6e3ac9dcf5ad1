//! The shards of a stream: open ones by hash key, all of them by number.

use std::collections::BTreeMap;

use super::records::Records;
use super::shard::Origin;
use super::throughput::Throughput;
use super::{HashKey, HashRange, Shard, ShardId};
use crate::Timestamp;

/// The shards of a stream. The ranges of the open ones are all hash keys, each once.
#[derive(Debug, Default)]
pub(in crate::kinesis) struct Shards {
    /// All that there ever were, by number.
    all: Vec<Shard>,
    /// The open ones by the first key of their range.
    open: BTreeMap<HashKey, ShardId>,
    /// The key that was chosen last.
    spread: u128,
}

impl Shards {
    /// `count` shards of equal ranges.
    pub(in crate::kinesis) fn even(now: Timestamp, count: u32) -> Self {
        let mut shards = Self::default();
        for range in HashRange::even(count) {
            shards.add(now, range, Origin::Stream);
        }
        shards
    }

    /// Opens a shard.
    pub(in crate::kinesis) fn add(&mut self, now: Timestamp, range: HashRange, origin: Origin) -> ShardId {
        let id = ShardId(u32::try_from(self.all.len()).expect("a stream has fewer shards than 2^32"));
        let (parent, adjacent) = origin.parents();
        let parents = parent.into_iter().chain(adjacent).filter_map(|parent| self.get(parent));
        // Recorded: children are made one second after their parents were closed, so that their numbers are higher.
        let behind = |parent: &Shard| parent.made_at_secs.max(now.as_secs()) + 1;
        let made_at_secs = parents.map(behind).chain([now.as_secs()]).max().unwrap_or(0);
        let shard = Shard {
            id,
            range,
            origin,
            opened_at: now,
            made_at_secs,
            closed_at: None,
            children: Vec::new(),
            records: Records::default(),
            throughput: Throughput::new(now),
        };
        self.all.push(shard);
        self.open.insert(range.start, id);
        id
    }

    /// Closes a shard: it takes no more records.
    pub(in crate::kinesis) fn close(&mut self, now: Timestamp, id: ShardId) {
        if let Some(shard) = self.all.get_mut(index(id)) {
            shard.closed_at = Some(now);
            self.open.remove(&shard.range.start);
        }
    }

    /// The open shards by the first key of their range.
    pub(in crate::kinesis) fn open(&self) -> &BTreeMap<HashKey, ShardId> {
        &self.open
    }

    /// Lets go of all records that came before `time`.
    pub(in crate::kinesis) fn trim(&mut self, time: Timestamp) {
        for shard in &mut self.all {
            shard.records.trim(time);
        }
    }

    /// A shard.
    pub(in crate::kinesis) fn get(&self, id: ShardId) -> Option<&Shard> {
        self.all.get(index(id))
    }

    /// A shard, to be changed.
    pub(in crate::kinesis) fn get_mut(&mut self, id: ShardId) -> Option<&mut Shard> {
        self.all.get_mut(index(id))
    }

    /// The open shard that holds a key; none only while there are no shards.
    pub(in crate::kinesis) fn holding(&mut self, key: HashKey) -> Option<&mut Shard> {
        let (_, &id) = self.open.range(..=key).next_back()?;
        self.get_mut(id)
    }

    /// All shards that there ever were, by number.
    pub(in crate::kinesis) fn all(&self) -> &[Shard] {
        &self.all
    }

    /// A key for a record whose shard is ours to choose: one after the other they are spread over all keys.
    pub(in crate::kinesis) fn next_key(&mut self) -> HashKey {
        // 2^128 divided by the golden ratio: every next one is far from those before.
        self.spread = self.spread.wrapping_add(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C834);
        HashKey(self.spread)
    }

    /// Whether a shard is `ancestor`, or came from it by splits and merges.
    pub(in crate::kinesis) fn came_from(&self, shard: ShardId, ancestor: ShardId) -> bool {
        let mut line = vec![shard];
        // Numbers of parents are below those of their children, so nothing older than the ancestor leads to it.
        while let Some(next) = line.pop() {
            if next == ancestor {
                return true;
            }
            let (parent, adjacent) = self.get(next).map_or((None, None), |shard| shard.origin.parents());
            line.extend(parent.into_iter().chain(adjacent).filter(|parent| *parent >= ancestor));
        }
        false
    }

    /// How many shards are open.
    pub(in crate::kinesis) fn open_count(&self) -> usize {
        self.open.len()
    }
}

fn index(id: ShardId) -> usize {
    usize::try_from(id.0).expect("numbers of shards fit")
}
