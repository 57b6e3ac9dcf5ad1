//! The history of a run while it is written.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use redeliver_chaos::Told;
use redeliver_chaos::plan::Phase as In;
use redeliver_check::{Phase, Record, What};
use redeliver_core::Timestamp;

use serde_json::Value;

use super::faults::Faults;
use crate::Harness;

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
        let Told { rule, id, phase, consumer, call, key, queue, parameters } = told;
        let process =
            self.processes.lock().unwrap_or_else(PoisonError::into_inner).get(&consumer).copied().unwrap_or(0);
        let phase = match phase {
            In::BeforeEffect => Phase::BeforeEffect,
            In::AfterEffect => Phase::AfterEffect,
            In::InReply => Phase::InReply,
            In::Consumer => Phase::Consumer,
        };
        let mut detail = serde_json::Map::new();
        detail.extend(queue.map(|queue| ("queue".to_owned(), queue.into())));
        detail.extend(parameters.iter().map(|(name, value)| (name.to_owned(), value.clone())));
        let detail = if detail.is_empty() { Value::Null } else { Value::Object(detail) };
        let what = What::Fault { rule: rule.to_owned(), id: id.to_owned(), phase, call, key, detail };
        Record { at_ms: self.now_ms(), process, what }
    }
}
