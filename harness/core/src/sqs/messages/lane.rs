//! Visible messages in the order in which they are handed out.

use std::collections::BTreeMap;

use super::list::List;
use super::stored::{ByLane, Store};

/// Visible messages by position.
///
/// New messages go to the end of a list; what comes back to an earlier position goes to an ordered map beside it, which stays as
/// small as the number of messages that were in flight.
#[derive(Debug)]
pub(super) struct Lane {
    in_order: List,
    late: BTreeMap<u64, u32>,
}

impl Lane {
    /// No messages.
    pub(super) fn new() -> Self {
        Self { in_order: List::EMPTY, late: BTreeMap::new() }
    }

    /// Adds a message at its position.
    pub(super) fn insert(&mut self, store: &mut Store, place: u32) {
        let position = store.at(place).position;
        if self.in_order.last().is_some_and(|last| store.at(last).position > position) {
            self.late.insert(position, place);
        } else {
            self.in_order.push::<ByLane, _>(store, place);
        }
    }

    /// Takes out a message.
    pub(super) fn remove(&mut self, store: &mut Store, place: u32) {
        if self.late.is_empty() || self.late.remove(&store.at(place).position).is_none() {
            self.in_order.remove::<ByLane, _>(store, place);
        }
    }

    /// Position and place of the first message.
    pub(super) fn first(&self, store: &Store) -> Option<(u64, u32)> {
        let late = self.late.first_key_value().map(|(&position, &place)| (position, place));
        let in_order = self.in_order.first().map(|place| (store.at(place).position, place));
        match (late, in_order) {
            (Some(late), Some(in_order)) => Some(late.min(in_order)),
            (one, other) => one.or(other),
        }
    }
}
