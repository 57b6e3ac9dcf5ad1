//! On-demand streams grow with what they take.
//!
//! A stream gets room for twice the most that it took in the last 30 days, and a shard that takes more than 500 KB a second is split; both
//! within 15 minutes. Until then its shards take no more than shards do.
//! <https://docs.aws.amazon.com/streams/latest/dev/how-do-i-size-a-stream.html>; silent: over which time it is counted, here a minute, and
//! how shards are chosen, here those with the widest ranges. Nothing says that a stream gets smaller again.

use std::collections::{BTreeMap, VecDeque};

use super::agenda::Due;
use super::change::Change;
use super::shards::Shards;
use super::{HashKey, Kinesis, ShardId, StreamId};
use crate::Timestamp;
use crate::log::Log;

const MINUTE_MS: u64 = 60_000;
const DAY_MS: u64 = 24 * 60 * MINUTE_MS;
/// How long it takes until a stream has grown.
const GROWS_AFTER_MS: u64 = 15 * MINUTE_MS;
/// Days that count.
const DAYS: u64 = 30;
/// Bytes a second above which a shard is split.
const HOT: u64 = 500_000;
/// Bytes a second that a shard takes.
const OF_SHARD: u64 = 1 << 20;
/// Shards that a stream grows to, in the regions with the most room and in others: a shard takes 1 MB a second.
/// <https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html>
const SHARDS_MAX: [u64; 2] = [10_000, 200];

/// What an on-demand stream took.
#[derive(Debug, Default)]
pub(in crate::kinesis) struct Growth {
    /// Bytes of each shard in the minute that is being counted.
    bytes: BTreeMap<ShardId, u64>,
    /// Whether somebody looks at the end of the minute.
    is_watched: bool,
    /// The most bytes a second of each day, the oldest first.
    peaks: VecDeque<(u64, u64)>,
    /// What it is about to become.
    grows: Option<Grow>,
}

impl Growth {
    /// Counts a record.
    pub(in crate::kinesis) fn count(&mut self, shard: ShardId, bytes: usize) {
        *self.bytes.entry(shard).or_default() += u64::try_from(bytes).unwrap_or(u64::MAX);
    }

    /// Ends a minute: gives the shards that took too much in it.
    fn end_minute(&mut self, now: Timestamp) -> Vec<ShardId> {
        let bytes = std::mem::take(&mut self.bytes);
        self.is_watched = false;
        let rate = bytes.values().sum::<u64>() / 60;
        let day = now.as_millis() / DAY_MS;
        self.peaks.retain(|(of, _)| of + DAYS > day);
        match self.peaks.back_mut().filter(|(of, _)| *of == day) {
            Some((_, peak)) => *peak = rate.max(*peak),
            None => self.peaks.push_back((day, rate)),
        }
        bytes.into_iter().filter(|(_, bytes)| bytes / 60 > HOT).map(|(shard, _)| shard).collect()
    }

    /// How many shards have room for twice the peak.
    fn wanted(&self) -> u64 {
        let peak = self.peaks.iter().map(|(_, peak)| *peak).max().unwrap_or(0);
        (2 * peak).div_ceil(OF_SHARD)
    }
}

impl Kinesis {
    /// Sees to it that somebody looks at what an on-demand stream took when the minute is over.
    pub(in crate::kinesis) fn watch_growth(&mut self, now: Timestamp, id: StreamId) {
        let stream = self.stream_mut(id);
        if stream.growth.bytes.is_empty() || stream.growth.is_watched {
            return;
        }
        stream.growth.is_watched = true;
        self.agenda.plan(Timestamp(now.as_millis() + MINUTE_MS), Due::Minute(id));
    }

    /// A minute of a stream is over: if it has to grow, it will have grown in a while.
    pub(in crate::kinesis) fn end_minute(&mut self, now: Timestamp, id: StreamId) {
        let Some(stream) = self.registry.get_mut(id).filter(|stream| stream.is_on_demand()) else { return };
        let hot = stream.growth.end_minute(now);
        let most = SHARDS_MAX[usize::from(!matches!(&*stream.region, "us-east-1" | "us-west-2" | "eu-west-1"))];
        let wanted = stream.growth.wanted().min(most);
        let open = stream.shard_count();
        if stream.growth.grows.is_some() || open >= most || (hot.is_empty() && wanted <= open) {
            return;
        }
        stream.growth.grows = Some(Grow { hot, wanted });
        self.agenda.plan(Timestamp(now.as_millis() + GROWS_AFTER_MS - MINUTE_MS), Due::Growth(id));
    }

    /// A stream has grown.
    pub(in crate::kinesis) fn grow(&mut self, now: Timestamp, id: StreamId, log: &mut Log) {
        let Some(stream) = self.registry.get_mut(id) else { return };
        if let Some(grow) = stream.growth.grows.take() {
            stream.change(now, Change::Growth(grow), log);
        }
    }
}

/// How a stream grows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::kinesis) struct Grow {
    /// Shards that are split.
    hot: Vec<ShardId>,
    /// Shards that it has then at least.
    wanted: u64,
}

impl Shards {
    /// Splits the shards that took too much, and those with the widest ranges until there are as many as are wanted.
    pub(in crate::kinesis) fn grow(&mut self, now: Timestamp, grow: &Grow) {
        for shard in &grow.hot {
            self.halve(now, *shard);
        }
        while u64::try_from(self.open_count()).unwrap_or(u64::MAX) < grow.wanted {
            let width = |id: &ShardId| self.get(*id).map(|shard| shard.range.end.0 - shard.range.start.0);
            let Some(widest) = self.open().values().copied().max_by_key(width) else { return };
            if !self.halve(now, widest) {
                return;
            }
        }
    }

    fn halve(&mut self, now: Timestamp, id: ShardId) -> bool {
        let range = self.get(id).filter(|shard| shard.is_open()).map(|shard| shard.range);
        let Some(range) = range.filter(|range| range.end.0 - range.start.0 > 1) else { return false };
        self.split(now, id, HashKey(range.start.0 + (range.end.0 - range.start.0) / 2 + 1));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::{DAY_MS, Growth, ShardId, Timestamp};

    #[test]
    fn peak_of_thirty_days_counts() {
        let mut growth = Growth::default();
        let mut minute = |day: u64, mib: usize| {
            growth.count(ShardId(0), (60 * mib) << 20);
            growth.end_minute(Timestamp(day * DAY_MS));
            growth.wanted()
        };
        assert_eq!((minute(0, 3), minute(1, 1), minute(29, 1), minute(30, 1), minute(31, 2)), (6, 6, 6, 2, 4));
    }
}
