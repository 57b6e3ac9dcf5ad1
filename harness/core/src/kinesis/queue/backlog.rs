//! Which records of the stream a queue still has to hand out.

use std::collections::{BTreeMap, BTreeSet};

use crate::kinesis::{ShardId, Stream};
use crate::{Timestamp, Uuid};

/// A record: its shard, and its index there.
pub(super) type Key = (ShardId, u64);

/// A record that was handed out and not acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Held {
    /// How often it was handed out.
    pub(super) receives: u32,
    /// When it was for the first time.
    pub(super) first_at: Timestamp,
    /// What the newest receipt handle has that no other has.
    pub(super) receipt: Uuid,
    /// Until when it is hidden, while it is.
    hidden_until: Option<Timestamp>,
    /// Whether it is a dead letter.
    pub(super) is_dead: bool,
}

/// Which records of the stream a queue still has to hand out.
#[derive(Debug, Default)]
pub(super) struct Backlog {
    /// The next record of each shard that was never handed out.
    cursors: BTreeMap<ShardId, u64>,
    held: BTreeMap<Key, Held>,
    /// Hidden records by the time at which they are shown again.
    hidden: BTreeSet<(Timestamp, Key)>,
    /// Records that are shown again.
    ready: BTreeSet<Key>,
    /// Dead letters that are not hidden.
    dead: BTreeSet<Key>,
}

impl Backlog {
    /// One that begins in each shard at the index that is given for it, and in shards that come later at their first record.
    pub(super) fn new(cursors: impl Iterator<Item = (ShardId, u64)>) -> Self {
        Self { cursors: cursors.collect(), ..Self::default() }
    }

    /// Lets pass what time has brought: hidden records are shown again, or are dead letters.
    pub(super) fn advance(&mut self, now: Timestamp, receives_max: Option<u32>) {
        while let Some(&(at, key)) = self.hidden.first().filter(|(at, _)| *at <= now) {
            self.hidden.remove(&(at, key));
            let Some(held) = self.held.get_mut(&key) else { continue };
            held.hidden_until = None;
            held.is_dead |= receives_max.is_some_and(|most| held.receives >= most);
            if held.is_dead {
                self.dead.insert(key)
            } else {
                self.ready.insert(key)
            };
        }
    }

    /// When a hidden record is shown again next.
    pub(super) fn due(&self) -> Option<Timestamp> {
        self.hidden.first().map(|(at, _)| *at)
    }

    /// How many records are hidden.
    pub(super) fn in_flight(&self) -> usize {
        self.hidden.len()
    }

    /// Records that could be handed out, those that are hidden, and dead letters that could be handed out.
    pub(super) fn counters(&self, stream: &Stream, now: Timestamp) -> (usize, usize, usize) {
        let horizon = stream.horizon(now);
        let fresh = stream.shards.all().iter().map(|shard| {
            let cursor = self.cursors.get(&shard.id).copied().unwrap_or(1);
            shard.records.there(cursor.max(shard.records.at(horizon)))
        });
        (self.ready.len() + fresh.sum::<usize>(), self.hidden.len(), self.dead.len())
    }

    /// The next records to hand out, `most` at most: those that are shown again first, then those that never were handed out. Records that
    /// have expired are gone.
    pub(super) fn next(&mut self, stream: &Stream, now: Timestamp, most: usize) -> Vec<Key> {
        let mut found = take(&mut self.ready, &mut self.held, stream, now, most);
        let horizon = stream.horizon(now);
        for shard in stream.shards.all() {
            let cursor = self.cursors.entry(shard.id).or_insert(1);
            *cursor = (*cursor).max(shard.records.at(horizon));
            let fresh = shard.records.there(*cursor).min(most - found.len());
            let end = *cursor + u64::try_from(fresh).unwrap_or(0);
            found.extend((*cursor..end).map(|index| (shard.id, index)));
            *cursor = end;
        }
        found
    }

    /// The next dead letters, `most` at most.
    pub(super) fn next_dead(&mut self, stream: &Stream, now: Timestamp, most: usize) -> Vec<Key> {
        take(&mut self.dead, &mut self.held, stream, now, most)
    }

    /// Hands out a record: it is hidden until a time.
    pub(super) fn hand_out(&mut self, key: Key, now: Timestamp, until: Timestamp, receipt: Uuid) -> Held {
        let new = Held { receives: 0, first_at: now, receipt, hidden_until: None, is_dead: false };
        let held = self.held.entry(key).or_insert(new);
        held.receives += 1;
        held.receipt = receipt;
        held.hidden_until = Some(until);
        self.hidden.insert((until, key));
        *held
    }

    /// The record that a receipt handle is of, if it is the newest one.
    pub(super) fn held(&self, key: Key, receipt: Uuid) -> Option<&Held> {
        self.held.get(&key).filter(|held| held.receipt == receipt)
    }

    /// Forgets a record: it is done with.
    pub(super) fn acknowledge(&mut self, key: Key) {
        self.show(key);
        self.held.remove(&key);
    }

    /// Hides a record until a time.
    pub(super) fn hide(&mut self, key: Key, until: Timestamp) {
        self.show(key);
        if let Some(held) = self.held.get_mut(&key) {
            held.hidden_until = Some(until);
            self.hidden.insert((until, key));
        }
    }

    /// Makes of a dead letter a record that was never received.
    pub(super) fn restore(&mut self, key: Key) {
        self.show(key);
        if let Some(held) = self.held.get_mut(&key) {
            (held.receives, held.is_dead, held.hidden_until) = (0, false, None);
            self.ready.insert(key);
        }
    }

    /// Takes a record out of wherever it waits.
    fn show(&mut self, key: Key) {
        if let Some(until) = self.held.get(&key).and_then(|held| held.hidden_until) {
            self.hidden.remove(&(until, key));
        }
        self.ready.remove(&key);
        self.dead.remove(&key);
    }
}

/// Takes out of `waiting` what has not expired yet; what has is forgotten.
fn take(
    waiting: &mut BTreeSet<Key>,
    held: &mut BTreeMap<Key, Held>,
    stream: &Stream,
    now: Timestamp,
    most: usize,
) -> Vec<Key> {
    let horizon = stream.horizon(now);
    let mut found = Vec::new();
    while found.len() < most {
        let Some(key) = waiting.pop_first() else { break };
        let record = stream.shards.get(key.0).and_then(|shard| shard.records.get(key.1));
        if record.is_some_and(|record| record.taken_at >= horizon) {
            found.push(key);
        } else {
            held.remove(&key);
        }
    }
    found
}
