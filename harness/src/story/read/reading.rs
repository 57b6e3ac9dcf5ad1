//! All that a history means.

use std::collections::BTreeMap;

use redeliver_check::{KeyRule, Record};

use super::call::calls;
use super::handling::{Handling, handlings, seen};
use super::lease::{Lease, leases};
use super::shard::{Iterators, is_of_streams};
use super::tell::moments;
use super::{Messages, Moment, Roles};

/// All that a history means.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) messages: Messages,
    pub(crate) leases: Vec<Lease>,
    pub(crate) handlings: Vec<Handling>,
    /// In order of time.
    pub(crate) moments: Vec<Moment>,
    pub(crate) roles: Roles,
    /// What the backend is called.
    pub(crate) backend: &'static str,
    /// The shards of iterators.
    pub(super) iterators: Iterators,
    /// Where keys stand.
    pub(super) rule: KeyRule,
    /// When the history ends.
    pub(crate) end_ms: u64,
    /// Index of a lease by its message and the answer that brought it.
    by_delivery: BTreeMap<(usize, usize), usize>,
    /// Indices of handlings by message.
    handled: BTreeMap<usize, Vec<usize>>,
}

impl Reading {
    /// Reads a history; `names` are the names of processes that are known, `rule` says where keys stand.
    pub(crate) fn of(history: &[Record], names: &BTreeMap<u32, String>, rule: &KeyRule) -> Self {
        let (calls, loose) = calls(history);
        let messages = Messages::of(history, &calls, rule);
        let mut leases = leases(history, &calls, &messages);
        let handlings = handlings(history, &messages);
        let roles = Roles::of(history, names);
        for lease in &mut leases {
            lease.process = lease.process.map(|process| roles.whose(process));
        }
        let by_delivery =
            leases.iter().enumerate().filter_map(|(index, lease)| Some(((lease.message, lease.delivered?), index)));
        let mut handled: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, handling) in handlings.iter().enumerate() {
            handled.entry(handling.message).or_default().push(index);
        }
        let mut reading = Self {
            by_delivery: by_delivery.collect(),
            handled,
            messages,
            leases,
            handlings,
            moments: Vec::new(),
            roles,
            backend: if is_of_streams(history) { "stream" } else { "queue" },
            iterators: Iterators::of(&calls),
            rule: rule.clone(),
            end_ms: history.last().map_or(0, |record| record.at_ms),
        };
        reading.moments = moments(history, &calls, &loose, &reading);
        for moment in &mut reading.moments {
            moment.process = moment.process.map(|process| reading.roles.whose(process));
        }
        if reading.handlings.is_empty() {
            reading.handlings = seen(&reading.moments);
        }
        reading
    }

    /// The lease that an answer brought.
    pub(super) fn lease_of(&self, message: usize, answer: usize) -> Option<&Lease> {
        self.by_delivery.get(&(message, answer)).map(|index| &self.leases[*index])
    }

    /// Everybody's time with a message.
    pub(super) fn handlings_of(&self, message: usize) -> impl Iterator<Item = &Handling> {
        self.handled.get(&message).into_iter().flatten().map(|index| &self.handlings[*index])
    }
}
