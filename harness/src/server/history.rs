//! What was asked and what happened, as far back as the memory set aside for it reaches.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use redeliver_check::jsonl::{self, Header, Line};
use redeliver_check::{Record, What};
use redeliver_core::{Event, Timestamp};
use serde_json::Value;

use crate::engine::Engine;

/// The case that all lines are said to belong to: a server knows of none.
const CASE: &str = "served";
/// What an entry takes besides its texts, in bytes.
const ENTRY_BYTES: usize = 160;

/// What was asked and what happened, newest last; the oldest are forgotten when there is no more room.
#[derive(Debug)]
pub(crate) struct History {
    /// How many bytes may be kept; 0 for no history.
    most: usize,
    inner: Mutex<Inner>,
}

#[derive(Debug)]
struct Inner {
    begin: Timestamp,
    entries: VecDeque<Entry>,
    bytes: usize,
    dropped: u64,
    /// Numbers of processes that have no call in the air; each call gets the lowest.
    free: BTreeSet<u32>,
    processes: u32,
    /// How often the history was begun anew: calls that were in the air then are not told any more.
    epoch: u64,
}

#[derive(Debug)]
struct Entry {
    at: Timestamp,
    process: u32,
    what: Kept,
}

/// What is kept of a record; texts are parsed when somebody asks.
#[derive(Debug)]
enum Kept {
    Invoke { operation: &'static str, input: Bytes },
    Ok { operation: &'static str, output: Bytes },
    Fail { operation: &'static str, code: &'static str, message: String },
    Info { operation: &'static str, reason: String },
    Event(Event),
}

/// How a call ended, as far as a history is concerned.
#[derive(Debug)]
pub(crate) enum End {
    /// With this JSON.
    Ok(Bytes),
    /// With an error of this code and text.
    Fail {
        /// Code of the query protocol, which SDKs show.
        code: &'static str,
        /// Text.
        message: String,
    },
    /// Whether it had its effect is unknown.
    Info(String),
}

impl History {
    /// An empty history that keeps at most so many bytes.
    pub(crate) fn new(most: usize, begin: Timestamp) -> Self {
        let inner = Inner {
            begin,
            entries: VecDeque::new(),
            bytes: 0,
            dropped: 0,
            free: BTreeSet::new(),
            processes: 0,
            epoch: 0,
        };
        Self { most, inner: Mutex::new(inner) }
    }

    /// Whether anything is kept.
    pub(crate) fn is_kept(&self) -> bool {
        self.most > 0
    }

    /// Notes that a call begins, with its parameters as JSON.
    pub(crate) fn invoke<'a>(&'a self, engine: &'a Engine, operation: &'static str, input: Bytes) -> Call<'a> {
        let mut inner = self.inner();
        let process = inner.free.pop_first().unwrap_or_else(|| {
            inner.processes += 1;
            inner.processes
        });
        inner.add(self.most, Entry { at: engine.clock.now(), process, what: Kept::Invoke { operation, input } });
        Call { history: self, engine, operation, process, epoch: inner.epoch, ended: false }
    }

    /// Begins anew.
    pub(crate) fn clear(&self, begin: Timestamp) {
        let mut inner = self.inner();
        let epoch = inner.epoch + 1;
        *inner = Inner { epoch, ..Self::new(0, begin).inner.into_inner().unwrap_or_else(PoisonError::into_inner) };
    }

    /// The history as JSON lines, and how many older records are missing from it.
    pub(crate) fn lines(&self, engine: &Engine, target: &str, seed: u64) -> (String, u64) {
        let mut inner = self.inner();
        inner.add_events(self.most, engine);
        let line = |entry: &Entry| Line { case: CASE.to_owned(), record: entry.record(inner.begin) };
        let lines: Vec<_> = inner.entries.iter().map(line).collect();
        (jsonl::write(&Header::new(target, Some(seed)), &lines), inner.dropped)
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn add(&mut self, most: usize, entry: Entry) {
        self.bytes += entry.bytes();
        self.entries.push_back(entry);
        while self.bytes > most
            && let Some(oldest) = self.entries.pop_front()
        {
            self.bytes -= oldest.bytes();
            self.dropped += 1;
        }
    }

    /// Takes over what the world has told since the last time.
    fn add_events(&mut self, most: usize, engine: &Engine) {
        for event in engine.take_events() {
            let Event::Sqs(inside) = &event;
            self.add(most, Entry { at: inside.at, process: 0, what: Kept::Event(event) });
        }
    }
}

impl Entry {
    fn bytes(&self) -> usize {
        let texts = match &self.what {
            Kept::Invoke { input: text, .. } | Kept::Ok { output: text, .. } => text.len(),
            Kept::Fail { message: text, .. } | Kept::Info { reason: text, .. } => text.len(),
            Kept::Event(_) => 0,
        };
        texts + ENTRY_BYTES
    }

    fn record(&self, begin: Timestamp) -> Record {
        let call = |operation: &str| format!("sqs:{operation}");
        let json = |bytes: &Bytes| serde_json::from_slice(bytes).unwrap_or(Value::Null);
        let what = match &self.what {
            Kept::Invoke { operation, input } => What::Invoke { call: call(operation), input: json(input) },
            Kept::Ok { operation, output } => What::Ok { call: call(operation), output: json(output) },
            Kept::Fail { operation, code, message } => {
                What::Fail { call: call(operation), code: (*code).to_owned(), message: message.clone() }
            }
            Kept::Info { operation, reason } => What::Info { call: call(operation), reason: reason.clone() },
            Kept::Event(event) => return Record::told(event, begin),
        };
        let at_ms = self.at.as_millis().saturating_sub(begin.as_millis());
        Record { at_ms, process: self.process, what }
    }
}

/// A call in the air. When it is dropped there, because its client went away, the history says so.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    history: &'a History,
    engine: &'a Engine,
    operation: &'static str,
    process: u32,
    epoch: u64,
    ended: bool,
}

impl Call<'_> {
    /// Notes how it ended, after what happened meanwhile.
    pub(crate) fn end(mut self, end: End) {
        self.note(end);
    }

    fn note(&mut self, end: End) {
        self.ended = true;
        let operation = self.operation;
        let what = match end {
            End::Ok(output) => Kept::Ok { operation, output },
            End::Fail { code, message } => Kept::Fail { operation, code, message },
            End::Info(reason) => Kept::Info { operation, reason },
        };
        let mut inner = self.history.inner();
        if inner.epoch == self.epoch {
            inner.add_events(self.history.most, self.engine);
            inner.add(self.history.most, Entry { at: self.engine.clock.now(), process: self.process, what });
            inner.free.insert(self.process);
        }
    }
}

impl Drop for Call<'_> {
    fn drop(&mut self) {
        if !self.ended {
            self.note(End::Info("the client went away".to_owned()));
        }
    }
}
