//! All messages of a queue: their states, and how they come and go.

use std::collections::BTreeSet;

use super::ages::Ages;
use super::attempts::Attempts;
use super::dedup::Dedup;
use super::groups::Groups;
use super::message::Message;
use super::standard::Standard;
use super::stored::{State, Store, Stored};
use crate::sqs::settings::Settings;
use crate::{Oracle, Timestamp, Uuid};

/// Receives from which on a message of a standard queue goes to the back when it becomes visible again.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html>
const RECEIVES_TO_THE_BACK: u32 = 3;

/// All messages of a queue.
///
/// Every message is in the store, in the list of ages, and in one state: delayed and hidden ones have a timer; visible ones of a
/// standard queue are on a lane; those of a FIFO queue are in their group in every state.
#[derive(Debug)]
pub(in crate::sqs) struct Messages {
    pub(super) store: Store,
    pub(super) order: Order,
    pub(super) ages: Ages,
    /// When delayed and hidden messages become visible.
    pub(super) timers: BTreeSet<(Timestamp, u32)>,
    /// Position of the last message.
    pub(super) position: u64,
    pub(super) total: usize,
    pub(super) delayed: usize,
    pub(super) hidden: usize,
    pub(super) purges: u8,
    /// When anything was last done with messages.
    pub(super) active_at: Timestamp,
}

/// In which order messages are handed out.
#[derive(Debug)]
pub(super) enum Order {
    /// Best effort.
    Standard(Standard),
    /// First in, first out within groups.
    Fifo(Box<Fifo>),
}

/// What only FIFO queues have.
#[derive(Debug)]
pub(super) struct Fifo {
    pub(super) groups: Groups,
    pub(super) dedup: Dedup,
    pub(super) attempts: Attempts,
}

impl Messages {
    /// No messages.
    pub(in crate::sqs) fn new(settings: &Settings, oracle: &mut dyn Oracle) -> Self {
        let order = match settings.fifo {
            None => Order::Standard(Standard::new(oracle.shards())),
            Some(fifo) => Order::Fifo(Box::new(Fifo {
                groups: Groups::new(),
                dedup: Dedup::new(fifo.scope),
                attempts: Attempts::new(),
            })),
        };
        Self {
            store: Store::new(),
            order,
            ages: Ages::new(),
            timers: BTreeSet::new(),
            position: 0,
            total: 0,
            delayed: 0,
            hidden: 0,
            purges: 0,
            active_at: Timestamp(0),
        }
    }

    /// Adds a message that becomes visible at `visible_at`; gives its position.
    pub(in crate::sqs) fn insert(
        &mut self,
        now: Timestamp,
        message: Message,
        visible_at: Timestamp,
        oracle: &mut dyn Oracle,
    ) -> u64 {
        self.position += 1;
        self.total += 1;
        self.active_at = now;
        let (mut stored, group) = Stored::new(message, self.position);
        stored.purges = self.purges;
        stored.state = if visible_at > now { State::Delayed } else { State::Visible };
        stored.visible_at = visible_at;
        let place = match &mut self.order {
            Order::Standard(standard) => {
                stored.shard = standard.place(oracle);
                stored.group = standard.join(group);
                self.store.insert(stored)
            }
            Order::Fifo(fifo) => {
                let place = self.store.insert(stored);
                let name = group.expect("sends to FIFO queues name a group, and moves are between queues of one type");
                let group = fifo.groups.push(&mut self.store, place, name);
                self.store.at_mut(place).group = group;
                place
            }
        };
        self.ages.insert(&mut self.store, place);
        if visible_at > now {
            self.delayed += 1;
            self.timers.insert((visible_at, place));
        } else if let Order::Standard(standard) = &mut self.order {
            standard.show(&mut self.store, place);
        }
        self.position
    }

    /// Takes out a message, whatever its state, to bring it elsewhere.
    pub(in crate::sqs) fn remove(&mut self, now: Timestamp, place: u32) -> Message {
        let group = self.group(self.store.at(place)).map(Box::from);
        self.unlink(now, place);
        self.store.remove(place).into_message(group)
    }

    /// Takes out a message for good; gives its id.
    pub(super) fn discard(&mut self, now: Timestamp, place: u32) -> Uuid {
        let id = self.store.at(place).id;
        self.unlink(now, place);
        self.store.clear(place);
        id
    }

    fn unlink(&mut self, now: Timestamp, place: u32) {
        self.active_at = now;
        self.total -= 1;
        self.leave(now, place);
        self.ages.remove(&mut self.store, place);
        match &mut self.order {
            Order::Standard(standard) => standard.leave(self.store.at(place).group),
            Order::Fifo(fifo) => fifo.groups.remove(&mut self.store, place),
        }
    }

    /// Hides a message until `until`.
    pub(super) fn hide(&mut self, now: Timestamp, place: u32, until: Timestamp) {
        self.active_at = now;
        self.leave(now, place);
        self.hidden += 1;
        let stored = self.store.at_mut(place);
        stored.state = State::Hidden;
        stored.visible_at = until;
        self.timers.insert((until, place));
        match &mut self.order {
            Order::Standard(standard) => {
                standard.took_off(&self.store, self.store.at(place).group, self.hidden as u64);
            }
            Order::Fifo(fifo) => fifo.groups.refresh(&self.store, self.store.at(place).group),
        }
    }

    /// Lets a message become visible.
    pub(super) fn show(&mut self, now: Timestamp, place: u32) {
        self.active_at = now;
        self.leave(now, place);
        let stored = self.store.at_mut(place);
        // A delayed message joins the queue when its delay ends, which keeps the order cheap: AWS promises none on standard queues.
        let to_the_back = stored.state == State::Delayed || stored.receives_here() >= RECEIVES_TO_THE_BACK;
        stored.state = State::Visible;
        stored.visible_at = now;
        match &mut self.order {
            Order::Standard(standard) => {
                if to_the_back {
                    self.position += 1;
                    stored.position = self.position;
                }
                standard.show(&mut self.store, place);
            }
            Order::Fifo(fifo) => fifo.groups.refresh(&self.store, self.store.at(place).group),
        }
    }

    /// Undoes what the present state of a message means for the queue.
    fn leave(&mut self, now: Timestamp, place: u32) {
        let stored = self.store.at(place);
        let (state, group, timer) = (stored.state, stored.group, (stored.visible_at, place));
        match state {
            State::Delayed => {
                self.delayed -= 1;
                self.timers.remove(&timer);
            }
            State::Hidden => {
                self.hidden -= 1;
                self.timers.remove(&timer);
                if let Order::Standard(standard) = &mut self.order {
                    standard.landed(group, now);
                }
            }
            State::Visible => {
                if let Order::Standard(standard) = &mut self.order {
                    standard.hide(&mut self.store, place);
                }
            }
        }
    }

    /// A message that is known to be there.
    pub(in crate::sqs) fn at(&self, place: u32) -> &Stored {
        self.store.at(place)
    }

    /// Name of a message's group.
    pub(in crate::sqs) fn group(&self, stored: &Stored) -> Option<&str> {
        match &self.order {
            Order::Standard(standard) => standard.name(stored.group),
            Order::Fifo(fifo) => Some(fifo.groups.name(stored.group)),
        }
    }

    /// In debug builds, asserts what must hold between calls and costs little to see.
    pub(in crate::sqs) fn check(&self) {
        debug_assert_eq!(
            self.timers.len(),
            self.delayed + self.hidden,
            "exactly delayed and hidden messages have timers"
        );
        debug_assert!(self.delayed + self.hidden <= self.total, "no message is in two states");
        if let Order::Standard(standard) = &self.order {
            debug_assert_eq!(standard.visible(), self.visible(), "every visible message is on a lane");
        }
    }
}
