//! A stream takes a record.

use std::sync::Arc;

use super::event::{Event, Happening};
use super::incoming::Incoming;
use super::records::Stored;
use super::stream::Mode;
use super::{Error, HashKey, SequenceNumber, Shard, Stream};
use crate::Timestamp;
use crate::log::Log;

impl Stream {
    /// Takes a record into the open shard that holds its hash key, if there is throughput left or `throttle` is off; gives its number.
    pub(in crate::kinesis) fn take(
        &mut self,
        now: Timestamp,
        incoming: Incoming,
        throttle: bool,
        log: &mut Log,
    ) -> Result<SequenceNumber, Error> {
        let horizon = self.horizon(now);
        let hash_key = if self.spreads { self.shards.next_key() } else { incoming.hash_key };
        let Some(shard) = self.shards.holding(hash_key) else { return Err(self.not_found()) };
        shard.records.trim(horizon);
        if throttle && !shard.throughput.take_record(now, incoming.size()) {
            let (shard, stream, account) = (shard.id, Arc::clone(&self.name), Arc::clone(&self.account));
            return Err(Error::RateExceeded { shard, stream, account });
        }
        if self.mode == Mode::OnDemand {
            self.growth.count(shard.id, incoming.size());
        }
        let Incoming { data, key, .. } = incoming;
        let number = shard.number(shard.records.next(), now);
        log.kinesis(|| {
            let what = Happening::Put { shard: shard.id, sequence: number, key: key.as_deref().map(Arc::from) };
            Event { at: now, stream: Arc::clone(&self.arn), what }
        });
        shard.records.push(Stored { data, key, taken_at: now });
        Ok(number)
    }

    /// Checks `SequenceNumberForOrdering`, above which every number is that comes: it has to be of the shard that the record goes to, or of
    /// one that it came from.
    pub(in crate::kinesis) fn check_minimum(
        &mut self,
        now: Timestamp,
        hash_key: HashKey,
        minimum: String,
    ) -> Result<(), Error> {
        let number = SequenceNumber::parse(&minimum).filter(|number| number.taken_at() <= now.as_secs());
        let target = self.shards.holding(hash_key).map(|shard| shard.id);
        let fits = number.zip(target).is_some_and(|(number, target)| {
            let shard = self.shards.get(number.shard()).filter(|shard| shard.made_at_secs == number.shard_made_at());
            shard.is_some_and(|shard| self.shards.came_from(target, shard.id))
        });
        if fits {
            return Ok(());
        }
        let (stream, account) = (Arc::clone(&self.name), Arc::clone(&self.account));
        Err(Error::MinimumSequenceNumber { value: minimum, stream, account })
    }

    /// The shards that are told of: open ones, and closed ones that still have records to keep.
    pub(in crate::kinesis) fn listed(&self, now: Timestamp) -> impl Iterator<Item = &Shard> {
        let horizon = self.horizon(now);
        self.shards.all().iter().filter(move |shard| shard.closed_at.is_none_or(|closed_at| closed_at >= horizon))
    }
}
