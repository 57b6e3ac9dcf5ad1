//! What can happen, and how proptest draws it.

use proptest::prelude::*;
use proptest::sample::Index;
use redeliver_core::Timestamp;

use super::backend::{Backend, Received};
use super::queue::{Handling, Naive};

/// One thing that happens.
#[derive(Debug, Clone)]
pub(crate) enum Transition {
    Send { group: u8, deduplication: u8, delay: Option<u16> },
    Receive { max: u8, visibility: Option<u16> },
    Delete { handle: Index },
    Change { handle: Index, timeout: u16 },
    Advance { ms: u32 },
    Purge,
}

/// Draws what happens next; a FIFO queue takes no delay of its own for a message.
pub(crate) fn transition(fifo: bool) -> BoxedStrategy<Transition> {
    let delay = if fifo { Just(None).boxed() } else { prop::option::weighted(0.3, 0..30_u16).boxed() };
    prop_oneof![
        8 => (0..3_u8, 0..40_u8, delay)
            .prop_map(|(group, deduplication, delay)| Transition::Send { group, deduplication, delay }),
        8 => (1..=10_u8, prop::option::weighted(0.5, 0..60_u16))
            .prop_map(|(max, visibility)| Transition::Receive { max, visibility }),
        4 => any::<Index>().prop_map(|handle| Transition::Delete { handle }),
        3 => (any::<Index>(), 0..90_u16).prop_map(|(handle, timeout)| Transition::Change { handle, timeout }),
        5 => prop_oneof![0..2_000_u32, 10_000..40_000_u32, 100_000..400_000_u32]
            .prop_map(|ms| Transition::Advance { ms }),
        1 => Just(Transition::Purge),
    ]
    .boxed()
}

/// The queue under test, and the naive one beside it.
#[derive(Debug)]
pub(crate) struct Pair {
    pub(crate) real: Backend,
    pub(crate) naive: Naive,
    sent: u32,
}

impl Pair {
    pub(crate) fn new(real: Backend, naive: Naive) -> Self {
        Self { real, naive, sent: 0 }
    }

    /// In the end everything that was neither deleted nor dead-lettered comes once more.
    pub(crate) fn drain(mut self) {
        self.apply(&Transition::Advance { ms: 100_000 });
        while !self.naive.available(self.now()).is_empty() {
            let before = self.naive.messages.len();
            let (answer, moved) = self.real.receive(10, Some(60));
            self.naive.receive(self.now(), 10, 60_000, &answer, &moved);
            for received in &answer {
                self.real.delete(&received.handle).expect("the message is in flight");
                assert_eq!(self.delete_naively(received), Handling::Works);
            }
            assert!(self.naive.messages.len() < before, "each receive makes progress");
        }
        assert_eq!(self.naive.messages, []);
    }

    fn now(&self) -> u64 {
        self.real.now.as_millis()
    }

    /// Lets one thing happen to both.
    pub(crate) fn apply(&mut self, transition: &Transition) {
        match transition {
            Transition::Send { group, deduplication, delay } => self.send(*group, *deduplication, *delay),
            Transition::Receive { max, visibility } => self.receive(*max, *visibility),
            Transition::Delete { handle } => {
                if let Some((index, text)) = self.handle(*handle) {
                    let expected = self.naive.delete(self.now(), index);
                    assert_eq!(self.real.delete(&text).is_err(), expected == Handling::Refused, "{expected:?}");
                }
            }
            Transition::Change { handle, timeout } => {
                if let Some((index, text)) = self.handle(*handle) {
                    let expected = self.naive.change(self.now(), index, u64::from(*timeout) * 1_000);
                    let answer = self.real.change(&text, i32::from(*timeout));
                    assert_eq!(answer.is_err(), expected == Handling::Refused, "{answer:?}, expected {expected:?}");
                }
            }
            Transition::Advance { ms } => {
                self.real.now = Timestamp(self.real.now.as_millis() + u64::from(*ms));
                self.naive.expire(self.now());
            }
            Transition::Purge => {
                let allowed = self.naive.purge(self.now());
                assert_eq!(self.real.purge().is_ok(), allowed);
            }
        }
        assert_eq!(self.real.counters(), self.naive.counters(self.now()), "visible, in flight, delayed");
    }

    fn delete_naively(&mut self, received: &Received) -> Handling {
        let index = self.naive.handles.iter().position(|(handle, ..)| *handle == received.handle);
        self.naive.delete(self.now(), index.expect("the handle was noted"))
    }

    fn handle(&self, index: Index) -> Option<(usize, String)> {
        let handles = &self.naive.handles;
        if handles.is_empty() {
            return None;
        }
        let index = index.index(handles.len());
        Some((index, handles[index].0.clone()))
    }

    fn send(&mut self, group: u8, deduplication: u8, delay: Option<u16>) {
        self.sent += 1;
        let body = format!("body-{}", self.sent);
        let [group, deduplication] = [format!("g{group}"), format!("d{deduplication}")];
        let fifo = self.naive.fifo;
        let [group, deduplication] = [fifo.then_some(group.as_str()), fifo.then_some(deduplication.as_str())];
        let delay = delay.map(i32::from);
        let now = self.now();
        let id = self.real.send(&body, group, deduplication, delay);
        match self.naive.repeats(now, deduplication) {
            Some(original) => assert_eq!(id, original, "a duplicate is answered with the original's id"),
            None => self.naive.keep(now, &id, &body, group, deduplication, delay),
        }
    }

    fn receive(&mut self, max: u8, visibility: Option<u16>) {
        let (answer, moved) = self.real.receive(max.into(), visibility.map(i32::from));
        let timeout_ms = visibility.map_or(self.naive.visibility_ms, |secs| u64::from(secs) * 1_000);
        self.naive.receive(self.now(), max.into(), timeout_ms, &answer, &moved);
    }
}
