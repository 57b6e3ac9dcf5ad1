//! What a stream that is `UPDATING` becomes when it is done.

use std::sync::Arc;

use super::growth::{Grow, Growth};
use super::stream::Mode;
use super::{HashKey, ShardId, Stream};
use crate::Timestamp;
use crate::kinesis::event::{Event, Happening};
use crate::log::Log;

/// What a stream that is `UPDATING` becomes when it is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::kinesis) enum Change {
    /// It is encrypted with this key, or not any more.
    Encryption {
        /// The key.
        key: Option<String>,
    },
    /// A shard is split.
    Split {
        /// The shard.
        shard: ShardId,
        /// The first key of the second child.
        at: HashKey,
    },
    /// Two shards are merged.
    Merge {
        /// The one with the lower keys.
        shard: ShardId,
        /// The one right behind it.
        adjacent: ShardId,
    },
    /// The number of shards changes.
    Scale {
        /// How many there are to be.
        target: u32,
    },
    /// The way changes in which the capacity is chosen.
    Mode(Mode),
    /// The largest record changes.
    RecordSize {
        /// How many KiB it may have.
        kib: u32,
    },
    /// It grows with what it takes.
    Growth(Grow),
    /// The throughput changes that is ready at any time.
    WarmThroughput {
        /// How many MiB a second.
        mib: u32,
    },
}

impl Stream {
    /// Makes a change that was begun.
    pub(in crate::kinesis) fn change(&mut self, now: Timestamp, change: Change, log: &mut Log) {
        let before = self.shards.all().len();
        match change {
            Change::Encryption { key } => self.key_id = key,
            Change::Split { shard, at } => self.shards.split(now, shard, at),
            Change::Merge { shard, adjacent } => self.shards.merge(now, shard, adjacent),
            Change::Scale { target } => self.shards.scale(now, target),
            Change::Mode(mode) => self.set_mode(mode),
            Change::Growth(grow) => self.shards.grow(now, &grow),
            Change::RecordSize { kib } => self.record_kib_max = kib,
            Change::WarmThroughput { mib } => {
                self.warm_mib = Some(mib);
                // silent: how AWS makes room; a shard takes 1 MiB a second.
                let open = u32::try_from(self.shards.open_count()).unwrap_or(u32::MAX);
                self.shards.scale(now, mib.max(open));
            }
        }
        for shard in &self.shards.all()[before..] {
            let (parent, adjacent) = shard.origin.parents();
            log.kinesis(|| {
                let parents = parent.into_iter().chain(adjacent).collect();
                let what = Happening::ShardOpened { shard: shard.id, range: shard.range, parents };
                Event { at: now, stream: Arc::clone(&self.arn), what }
            });
        }
    }

    fn set_mode(&mut self, mode: Mode) {
        self.mode = mode;
        if mode == Mode::Provisioned {
            (self.warm_mib, self.spreads, self.growth) = (None, false, Growth::default());
        }
    }
}
