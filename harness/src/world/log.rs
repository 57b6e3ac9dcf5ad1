//! The history of a run while it is written.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use redeliver_chaos::Told;
use redeliver_check::{Record, What};
use redeliver_core::Timestamp;

use super::faults::Faults;
use crate::Harness;
use crate::chaos::fault;

/// The history of a run while it is written. What the world tells of itself is put in where it happened: before whatever is noted next.
#[derive(Debug)]
pub(crate) struct Log {
    harness: Harness,
    start: Timestamp,
    faults: Faults,
    /// Processes by name; those of faults are told by name.
    processes: Mutex<BTreeMap<String, u32>>,
    records: Mutex<Vec<Record>>,
}

impl Log {
    pub(crate) fn new(harness: Harness, faults: Faults) -> Self {
        let start = harness.clock().now();
        Self { harness, start, faults, processes: Mutex::default(), records: Mutex::default() }
    }

    /// Notes under which number a process is known.
    pub(crate) fn name(&self, name: &str, process: u32) {
        self.processes.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), process);
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

    /// The history so far, from the record with this number on.
    pub(crate) fn from(&self, first: usize) -> Vec<Record> {
        self.told().get(first..).unwrap_or_default().to_vec()
    }

    /// The history so far.
    pub(crate) fn snapshot(&self) -> Vec<Record> {
        self.told().clone()
    }

    /// The records with all that the world has told by now.
    fn told(&self) -> MutexGuard<'_, Vec<Record>> {
        let mut records = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        records.extend(self.harness.events().iter().map(|event| Record::told(event, self.start)));
        records.extend(self.faults.told().into_iter().map(|told| self.fault(told)));
        records
    }

    fn fault(&self, told: Told) -> Record {
        let processes = self.processes.lock().unwrap_or_else(PoisonError::into_inner);
        let process = processes.get(&told.consumer).copied().unwrap_or(0);
        Record { at_ms: self.now_ms(), process, what: fault(told) }
    }
}
