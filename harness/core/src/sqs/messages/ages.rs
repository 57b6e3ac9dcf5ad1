//! All messages of a queue by age, for retention.

use std::collections::BTreeSet;

use super::list::List;
use super::stored::{ByAge, Store};
use crate::Timestamp;

/// Messages by the time at which they were enqueued.
///
/// Nearly all arrive in that order and go to the end of a list; a dead-lettered message of a standard queue keeps its old time and
/// goes to a small ordered set beside it.
#[derive(Debug)]
pub(super) struct Ages {
    in_order: List,
    late: BTreeSet<(Timestamp, u32)>,
}

impl Ages {
    /// No messages.
    pub(super) fn new() -> Self {
        Self { in_order: List::EMPTY, late: BTreeSet::new() }
    }

    /// Adds a message.
    pub(super) fn insert(&mut self, store: &mut Store, place: u32) {
        let sent_at = store.at(place).sent_at;
        if self.in_order.last().is_some_and(|last| store.at(last).sent_at > sent_at) {
            self.late.insert((sent_at, place));
            store.at_mut(place).late_in_age = true;
        } else {
            self.in_order.push::<ByAge, _>(store, place);
        }
    }

    /// Takes out a message.
    pub(super) fn remove(&mut self, store: &mut Store, place: u32) {
        let stored = store.at(place);
        if stored.late_in_age {
            self.late.remove(&(stored.sent_at, place));
        } else {
            self.in_order.remove::<ByAge, _>(store, place);
        }
    }

    /// The oldest message.
    pub(super) fn oldest(&self, store: &Store) -> Option<u32> {
        let late = self.late.first().copied();
        let in_order = self.in_order.first().map(|place| (store.at(place).sent_at, place));
        late.into_iter().chain(in_order).min_by_key(|&(sent_at, _)| sent_at).map(|(_, place)| place)
    }
}
