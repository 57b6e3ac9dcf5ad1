//! The order of a FIFO queue: message groups, and the line in which they wait to be served.

use super::list::{Linked, Links, List};
use super::names::{Named, Names};
use super::slab::Slab;
use super::stored::{ByLane, State, Store};

/// One message group.
#[derive(Debug)]
struct Group {
    name: Box<str>,
    /// All messages of the group in the order in which they were sent, whatever their state.
    messages: List,
    /// Neighbours in the line.
    line: Links,
    in_line: bool,
}

impl Named for Group {
    fn name(&self) -> &str {
        &self.name
    }
}

#[derive(Debug)]
struct ByLine;

impl Linked<ByLine> for Group {
    fn links(&self) -> &Links {
        &self.line
    }

    fn links_mut(&mut self) -> &mut Links {
        &mut self.line
    }
}

/// All message groups that have messages.
///
/// A group stands in the line while its first message is visible: then that message and the visible ones after it, up to the first
/// hidden one, can be received. So a group with messages in flight yields nothing that comes after them.
#[derive(Debug)]
pub(super) struct Groups {
    all: Slab<Group>,
    names: Names,
    line: List,
}

impl Groups {
    /// No groups.
    pub(super) fn new() -> Self {
        Self { all: Slab::new(), names: Names::default(), line: List::EMPTY }
    }

    /// Adds a message, with its state already set, to the end of the group of this name; gives the group's place.
    pub(super) fn push(&mut self, store: &mut Store, place: u32, name: Box<str>) -> u32 {
        let group = self.names.find(&self.all, &name).unwrap_or_else(|| {
            let group = self.all.insert(Group { name, messages: List::EMPTY, line: Links::NONE, in_line: false });
            self.names.insert(&self.all, group);
            group
        });
        self.all.at_mut(group).messages.push::<ByLane, _>(store, place);
        self.refresh(store, group);
        group
    }

    /// Takes a message out; a group without messages is forgotten.
    pub(super) fn remove(&mut self, store: &mut Store, place: u32) {
        let group = store.at(place).group;
        self.all.at_mut(group).messages.remove::<ByLane, _>(store, place);
        self.refresh(store, group);
        let entry = self.all.at(group);
        if entry.messages.first().is_none() {
            self.names.remove(&entry.name, group);
            self.all.remove(group);
        }
    }

    /// Puts the group at the end of the line or takes it out, as its first message asks; call after a state changed.
    pub(super) fn refresh(&mut self, store: &Store, group: u32) {
        let entry = self.all.at(group);
        let available = entry.messages.first().is_some_and(|first| store.at(first).state == State::Visible);
        if available != entry.in_line {
            self.all.at_mut(group).in_line = available;
            if available {
                self.line.push::<ByLine, _>(&mut self.all, group);
            } else {
                self.line.remove::<ByLine, _>(&mut self.all, group);
            }
        }
    }

    /// The group at the head of the line.
    pub(super) fn next_in_line(&self) -> Option<u32> {
        self.line.first()
    }

    /// The first message of a group that has messages.
    pub(super) fn first_of(&self, group: u32) -> Option<u32> {
        self.all.at(group).messages.first()
    }

    /// The message after `place` in its group.
    pub(super) fn after(store: &Store, place: u32) -> Option<u32> {
        List::after::<ByLane, _>(store, place)
    }

    /// Name of a group.
    pub(super) fn name(&self, group: u32) -> &str {
        &self.all.at(group).name
    }
}
