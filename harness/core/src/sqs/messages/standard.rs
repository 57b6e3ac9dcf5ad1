//! The order of a standard queue: shards, and on them fair turns between tenants.

use std::collections::BTreeMap;

use super::lane::Lane;
use super::slab::NONE;
use super::stored::Store;
use super::tenants::Tenants;
use crate::{Oracle, Poll, Timestamp};

/// Visible messages of a standard queue.
#[derive(Debug)]
pub(super) struct Standard {
    shards: Vec<Shard>,
    tenants: Tenants,
    asked: Vec<u16>,
}

#[derive(Debug)]
struct Shard {
    /// Messages without a message group: each counts as a tenant of its own, which is never noisy.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues-detailed.html>
    alone: Lane,
    /// Quiet tenants by the position of their first visible message here.
    quiet: BTreeMap<u64, u32>,
    /// How many messages are visible here, of all tenants.
    visible: usize,
}

impl Standard {
    /// No messages on `shards` shards.
    pub(super) fn new(shards: u16) -> Self {
        let shards =
            (0..shards.max(1)).map(|_| Shard { alone: Lane::new(), quiet: BTreeMap::new(), visible: 0 }).collect();
        Self { shards, tenants: Tenants::new(), asked: Vec::new() }
    }

    /// Lets the oracle place a new message on a shard.
    pub(super) fn place(&self, oracle: &mut dyn Oracle) -> u16 {
        let shards = self.shard_count();
        oracle.place(shards).min(shards - 1)
    }

    /// Lets the oracle say which shards a receive asks; gives how many messages are visible there. A long poll asks every shard,
    /// whatever the oracle says: only the order is free.
    pub(super) fn ask(&mut self, poll: Poll, oracle: &mut dyn Oracle) -> usize {
        self.asked.clear();
        let shards = self.shard_count();
        oracle.ask(poll, shards, &mut self.asked);
        if shards == 1 {
            self.asked.truncate(1);
            self.asked.iter_mut().for_each(|shard| *shard = 0);
            if poll == Poll::Long && self.asked.is_empty() {
                self.asked.push(0);
            }
        } else {
            let mut unseen = vec![true; self.shards.len()];
            self.asked.retain(|&shard| unseen.get_mut(usize::from(shard)).is_some_and(std::mem::take));
            if poll == Poll::Long {
                self.asked.extend((0..shards).filter(|&shard| unseen[usize::from(shard)]));
            }
        }
        self.asked.iter().map(|&shard| self.shards[usize::from(shard)].visible).sum()
    }

    /// How many messages are visible on all shards.
    pub(super) fn visible(&self) -> usize {
        self.shards.iter().map(|shard| shard.visible).sum()
    }

    /// The first message on the first of the asked shards that has one.
    pub(super) fn first_asked(&mut self, store: &Store, now: Timestamp) -> Option<u32> {
        for index in 0..self.asked.len() {
            if let Some(place) = self.first_on(store, self.asked[index], now) {
                return Some(place);
            }
        }
        None
    }

    /// The first message on any shard.
    pub(super) fn first(&mut self, store: &Store, now: Timestamp) -> Option<u32> {
        (0..self.shard_count())
            .filter_map(|shard| self.first_on(store, shard, now))
            .min_by_key(|&place| store.at(place).position)
    }

    /// Counts a message in and names its tenant.
    pub(super) fn join(&mut self, group: Option<Box<str>>) -> u32 {
        group.map_or(NONE, |name| self.tenants.join(name, self.shards.len()))
    }

    /// Counts a message out.
    pub(super) fn leave(&mut self, group: u32) {
        if group != NONE {
            self.tenants.leave(group);
        }
    }

    /// Name of the group of a message that has one.
    pub(super) fn name(&self, group: u32) -> Option<&str> {
        (group != NONE).then(|| self.tenants.name(group))
    }

    /// A message became visible.
    pub(super) fn show(&mut self, store: &mut Store, place: u32) {
        self.change_lane(store, place, Lane::insert);
        self.shards[usize::from(store.at(place).shard)].visible += 1;
        let group = store.at(place).group;
        if group != NONE {
            self.tenants.at_mut(group).visible += 1;
        }
    }

    /// A message is no longer visible.
    pub(super) fn hide(&mut self, store: &mut Store, place: u32) {
        self.change_lane(store, place, Lane::remove);
        self.shards[usize::from(store.at(place).shard)].visible -= 1;
        let group = store.at(place).group;
        if group != NONE {
            let tenant = self.tenants.at_mut(group);
            tenant.visible -= 1;
            // The noisy state ends with the backlog.
            if tenant.visible == 0 && tenant.noisy {
                self.tenants.quieten(group);
            }
        }
    }

    /// A message of `group` went into flight, as one of `in_flight` in all.
    pub(super) fn took_off(&mut self, store: &Store, group: u32, in_flight: u64) {
        if group != NONE && self.tenants.took_off(group, in_flight) {
            for (shard, lane) in self.shards.iter_mut().zip(&self.tenants.at(group).lanes) {
                if let Some((position, _)) = lane.first(store) {
                    shard.quiet.remove(&position);
                }
            }
        }
    }

    /// A message of `group` is no longer in flight.
    pub(super) fn landed(&mut self, group: u32, now: Timestamp) {
        if group != NONE {
            self.tenants.landed(group, now);
        }
    }

    /// On how many shards the messages are.
    pub(super) fn shard_count(&self) -> u16 {
        u16::try_from(self.shards.len()).expect("made from a u16")
    }

    fn change_lane(&mut self, store: &mut Store, place: u32, change: fn(&mut Lane, &mut Store, u32)) {
        let (group, shard) = (store.at(place).group, usize::from(store.at(place).shard));
        if group == NONE {
            change(&mut self.shards[shard].alone, store, place);
            return;
        }
        let tenant = self.tenants.at_mut(group);
        let lane = &mut tenant.lanes[shard];
        let before = lane.first(store);
        change(lane, store, place);
        let after = lane.first(store);
        if !tenant.noisy && before != after {
            let quiet = &mut self.shards[shard].quiet;
            if let Some((position, _)) = before {
                quiet.remove(&position);
            }
            if let Some((position, _)) = after {
                quiet.insert(position, group);
            }
        }
    }

    /// The message whose turn it is on one shard: quiet tenants by age, then the noisy tenant with the fewest in flight.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues-detailed.html>
    fn first_on(&mut self, store: &Store, shard: u16, now: Timestamp) -> Option<u32> {
        let index = usize::from(shard);
        for group in self.tenants.no_longer_noisy(now) {
            self.tenants.quieten(group);
            for (shard, lane) in self.shards.iter_mut().zip(&self.tenants.at(group).lanes) {
                if let Some((position, _)) = lane.first(store) {
                    shard.quiet.insert(position, group);
                }
            }
        }
        let Shard { alone, quiet, .. } = &self.shards[index];
        let alone = alone.first(store);
        let quiet = quiet.first_key_value().and_then(|(_, &group)| self.tenants.at(group).lanes[index].first(store));
        match (alone, quiet) {
            (Some(alone), Some(quiet)) => Some(alone.min(quiet).1),
            (Some((_, place)), None) | (None, Some((_, place))) => Some(place),
            (None, None) => self.tenants.calmest_noisy(store, index),
        }
    }
}
