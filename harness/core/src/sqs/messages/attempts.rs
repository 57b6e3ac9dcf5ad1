//! The memory of a FIFO queue for receive request attempts.

use std::collections::VecDeque;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::stored::{State, Store};
use crate::Timestamp;
use crate::sqs::receipt_handle::ReceiptHandle;

/// Seconds for which an attempt can be repeated.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html>
const INTERVAL_SECS: u64 = 300;

/// A message that an attempt got.
#[derive(Debug, Clone)]
pub(in crate::sqs) struct Got {
    /// The handle that was given.
    pub(in crate::sqs) handle: ReceiptHandle,
    /// Until when the attempt hid it.
    pub(in crate::sqs) hidden_until: Timestamp,
}

#[derive(Debug)]
struct Attempt {
    at: Timestamp,
    got: Vec<Got>,
}

/// Receives of the last five minutes by attempt id.
#[derive(Debug)]
pub(super) struct Attempts {
    by_id: IndexMap<Box<str>, Attempt, FxBuildHasher>,
    by_age: VecDeque<(Timestamp, Box<str>)>,
}

impl Attempts {
    /// No attempts yet.
    pub(super) fn new() -> Self {
        Self { by_id: IndexMap::default(), by_age: VecDeque::new() }
    }

    /// Forgets all attempts.
    pub(super) fn clear(&mut self) {
        *self = Self::new();
    }

    /// What the attempt got, if all of it is still as the attempt left it: nothing deleted, received anew, visible again or changed
    /// in its visibility.
    pub(super) fn find(&mut self, now: Timestamp, id: &str, store: &Store) -> Option<Vec<Got>> {
        self.forget_old(now);
        let attempt = self.by_id.get(id)?;
        let unchanged = |got: &Got| {
            store.find(got.handle.place).is_some_and(|stored| {
                stored.id == got.handle.message
                    && stored.receive_count == got.handle.receive
                    && stored.state == State::Hidden
                    && stored.visible_at == got.hidden_until
            })
        };
        attempt.got.iter().all(unchanged).then(|| attempt.got.clone())
    }

    /// Remembers what an attempt got; a repetition starts the five minutes anew only if AWS does, which it does not say: it does not.
    pub(super) fn remember(&mut self, now: Timestamp, id: &str, got: Vec<Got>) {
        self.forget_old(now);
        let id: Box<str> = id.into();
        self.by_age.push_back((now, id.clone()));
        self.by_id.insert(id, Attempt { at: now, got });
    }

    /// Notes until when a repetition hid the messages.
    pub(super) fn renew(&mut self, id: &str, hidden_until: Timestamp) {
        if let Some(attempt) = self.by_id.get_mut(id) {
            for got in &mut attempt.got {
                got.hidden_until = hidden_until;
            }
        }
    }

    fn forget_old(&mut self, now: Timestamp) {
        while let Some((at, _)) = self.by_age.front()
            && at.plus_secs(INTERVAL_SECS) <= now
        {
            let (at, id) = self.by_age.pop_front().expect("there is a front");
            if self.by_id.get(&id).is_some_and(|attempt| attempt.at == at) {
                self.by_id.swap_remove(&id);
            }
        }
    }
}
