//! The history of a run while it is written.

use std::sync::{Mutex, MutexGuard, PoisonError};

use redeliver_check::{Record, What};
use redeliver_core::Timestamp;

use crate::Harness;

/// The history of a run while it is written. What the world tells of itself is put in where it happened: before whatever is noted next.
#[derive(Debug)]
pub(crate) struct Log {
    harness: Harness,
    start: Timestamp,
    records: Mutex<Vec<Record>>,
}

impl Log {
    pub(crate) fn new(harness: Harness) -> Self {
        let start = harness.clock().now();
        Self { harness, start, records: Mutex::default() }
    }

    /// Milliseconds since the run began.
    pub(crate) fn now_ms(&self) -> u64 {
        self.harness.clock().now().as_millis().saturating_sub(self.start.as_millis())
    }

    /// Notes that `process` did something.
    pub(crate) fn add(&self, process: u32, what: What) {
        let at_ms = self.now_ms();
        self.told().push(Record { at_ms, process, what });
    }

    /// How long the history is by now.
    pub(crate) fn len(&self) -> usize {
        self.told().len()
    }

    /// The history so far.
    pub(crate) fn snapshot(&self) -> Vec<Record> {
        self.told().clone()
    }

    /// The records with all that the world has told by now.
    fn told(&self) -> MutexGuard<'_, Vec<Record>> {
        let mut records = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        records.extend(self.harness.events().iter().map(|event| Record::told(event, self.start)));
        records
    }
}
