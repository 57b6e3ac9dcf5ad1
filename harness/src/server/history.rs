//! What was asked and what happened, as far back as the memory set aside for it reaches.
//!
//! While calls come and go, each takes a number when it begins and another when it ends, and is kept as it is. Order, processes and JSON are
//! made when somebody asks.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use redeliver_chaos::failpoints::{BEFORE_KEEP, hit};
use redeliver_check::jsonl::{self, Header, Line};
use redeliver_check::{Record, What};
use redeliver_core::{Event, Timestamp};
use redeliver_model::Operation;
use serde_json::Value;

use super::texts::{Span, Texts};
use crate::engine::Engine;

/// The case that all lines are said to belong to: a server knows of none.
const CASE: &str = "served";
/// What an entry takes besides its texts, in bytes.
const ENTRY_BYTES: usize = 200;
/// Calls after which events are taken over, so that they do not pile up.
const CALLS_BETWEEN_EVENTS: u64 = 256;
/// Who has the effects that consumers tell: which process told them is not known.
const CONSUMER: u32 = 900_000;

/// What was asked and what happened; the oldest is forgotten when there is no more room.
#[derive(Debug)]
pub(crate) struct History {
    /// How many bytes may be kept; 0 for no history.
    most: usize,
    /// How often the history was begun anew: calls that were in the air then are not told any more.
    epoch: AtomicU64,
    inner: Mutex<Inner>,
}

#[derive(Debug)]
struct Inner {
    begin: Timestamp,
    /// In the order in which calls ended and events were taken over.
    entries: VecDeque<Entry>,
    /// Parameters and replies of calls.
    texts: Texts,
    bytes: usize,
    /// Records that were forgotten.
    dropped: u64,
    /// Calls that were noted.
    calls: u64,
    /// Empty; lets the engine's next events do with memory that is there.
    spare: Vec<(u64, Event)>,
}

#[derive(Debug)]
enum Entry {
    Call {
        begin: Moment,
        end: Moment,
        operation: &'static Operation,
        input: Span,
        came_to: Kept,
    },
    Event {
        number: u64,
        event: Event,
    },
    /// A fault, and the number of the beginning of the call that it happened to.
    Fault {
        moment: Moment,
        begun: u64,
        what: Box<What>,
    },
    /// What a consumer told of its effects.
    Effect {
        moment: Moment,
        what: Box<What>,
        bytes: usize,
    },
}

/// A place in the order of all that happens, and its time.
#[derive(Debug, Clone, Copy)]
struct Moment {
    number: u64,
    at: Timestamp,
}

/// How a call ended, as far as a history is concerned.
#[derive(Debug)]
pub(crate) enum End<'a> {
    /// With this JSON.
    Ok(Cow<'a, [u8]>),
    /// With an error of this code and text.
    Fail {
        /// Code of the query protocol, which SDKs show.
        code: Cow<'static, str>,
        /// Text.
        message: String,
    },
    /// Whether it had its effect is unknown.
    Info(String),
}

/// As [`End`], with a reply where it is kept.
#[derive(Debug)]
enum Kept {
    Ok(Span),
    Fail { code: Cow<'static, str>, message: String },
    Info(String),
}

impl History {
    /// An empty history that keeps at most so many bytes.
    pub(crate) fn new(most: usize, begin: Timestamp) -> Self {
        Self { most, epoch: AtomicU64::new(0), inner: Mutex::new(Inner::new(begin)) }
    }

    /// Whether anything is kept.
    pub(crate) fn is_kept(&self) -> bool {
        self.most > 0
    }

    /// A call that begins, with its parameters as JSON. It is noted when it has ended.
    pub(crate) fn invoke<'a>(&'a self, engine: &'a Engine, operation: &'static Operation, input: Bytes) -> Call<'a> {
        let epoch = self.epoch.load(Ordering::Acquire);
        Call { history: self, engine, operation, begin: moment(engine), epoch, input: Some(input) }
    }

    /// Effects that a consumer tells now; `text_bytes` is how long it said that.
    pub(crate) fn effects(&self, engine: &Engine, effects: Vec<What>, text_bytes: usize) {
        let bytes = text_bytes / effects.len().max(1);
        let entry = |what| Entry::Effect { moment: moment(engine), what: Box::new(what), bytes };
        let entries: Vec<_> = effects.into_iter().map(entry).collect();
        let mut inner = self.inner();
        for entry in entries {
            inner.add(self.most, entry);
        }
    }

    /// All effects that were told and are not forgotten, in order.
    pub(crate) fn told_effects(&self) -> Vec<Record> {
        let inner = self.inner();
        let told = inner.entries.iter().filter(|entry| matches!(entry, Entry::Effect { .. }));
        told.map(|entry| inner.record(0, Side::Begin, entry, &mut Processes::default())).collect()
    }

    /// Begins anew.
    pub(crate) fn clear(&self, begin: Timestamp) {
        let mut inner = self.inner();
        self.epoch.fetch_add(1, Ordering::AcqRel);
        *inner = Inner::new(begin);
    }

    /// The calls that have ended and what happened, as JSON lines, and how many older records are missing.
    pub(crate) fn lines(&self, engine: &Engine, target: &str, seed: u64) -> (String, u64) {
        let mut inner = self.inner();
        inner.take_events(self.most, engine);
        let line = |record| Line { case: CASE.to_owned(), record };
        let lines: Vec<_> = inner.records().into_iter().map(line).collect();
        (jsonl::write(&Header::new(target, Some(seed)), &lines), inner.dropped)
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn moment(engine: &Engine) -> Moment {
    Moment { number: engine.number(), at: engine.clock.now() }
}

impl Inner {
    fn new(begin: Timestamp) -> Self {
        Self {
            begin,
            entries: VecDeque::new(),
            texts: Texts::default(),
            bytes: 0,
            dropped: 0,
            calls: 0,
            spare: Vec::new(),
        }
    }

    fn add(&mut self, most: usize, entry: Entry) {
        self.bytes += entry.bytes();
        self.entries.push_back(entry);
        while self.bytes > most
            && let Some(oldest) = self.entries.pop_front()
        {
            self.bytes -= oldest.bytes();
            self.dropped += oldest.records();
            if let Entry::Call { input, .. } = oldest {
                self.texts.forget_before(input);
            }
        }
    }

    /// Takes over what the world has told since the last time.
    fn take_events(&mut self, most: usize, engine: &Engine) {
        let mut events = std::mem::take(&mut self.spare);
        engine.exchange_events(&mut events);
        for (number, event) in events.drain(..) {
            self.add(most, Entry::Event { number, event });
        }
        self.spare = events;
    }

    /// All records, in order; each call in the air has a process of its own, the lowest that is free.
    fn records(&self) -> Vec<Record> {
        let mut moments: Vec<(u64, Side, &Entry)> = Vec::with_capacity(self.entries.len() * 2);
        for entry in &self.entries {
            match entry {
                Entry::Call { begin, end, .. } => {
                    moments.extend([(begin.number, Side::Begin, entry), (end.number, Side::End(begin.number), entry)]);
                }
                Entry::Event { number, .. } => moments.push((*number, Side::Begin, entry)),
                Entry::Fault { moment, .. } | Entry::Effect { moment, .. } => {
                    moments.push((moment.number, Side::Begin, entry));
                }
            }
        }
        moments.sort_unstable_by_key(|(number, ..)| *number);
        let mut processes = Processes::default();
        moments.into_iter().map(|(number, side, entry)| self.record(number, side, entry, &mut processes)).collect()
    }

    fn record(&self, number: u64, side: Side, entry: &Entry, processes: &mut Processes) -> Record {
        let since = |at: Timestamp| at.as_millis().saturating_sub(self.begin.as_millis());
        match (entry, side) {
            (Entry::Event { event, .. }, _) => Record::told(event, self.begin),
            (Entry::Fault { moment, begun, what }, _) => {
                Record { at_ms: since(moment.at), process: processes.of(*begun), what: (**what).clone() }
            }
            (Entry::Effect { moment, what, .. }, _) => {
                Record { at_ms: since(moment.at), process: CONSUMER, what: (**what).clone() }
            }
            (Entry::Call { begin, operation, input, .. }, Side::Begin) => {
                let what = What::Invoke { call: call(operation), input: json(self.texts.get(*input)) };
                Record { at_ms: since(begin.at), process: processes.take(number), what }
            }
            (Entry::Call { end, operation, came_to, .. }, Side::End(begun)) => Record {
                at_ms: since(end.at),
                process: processes.give_back(begun),
                what: came_to.what(operation, &self.texts),
            },
        }
    }
}

/// Which of an entry's records is meant; an end knows the number of its beginning.
#[derive(Debug, Clone, Copy)]
enum Side {
    Begin,
    End(u64),
}

/// Numbers of processes, by the number of the beginning of the call that has it.
#[derive(Debug, Default)]
struct Processes {
    taken: BTreeMap<u64, u32>,
    free: BTreeSet<u32>,
}

impl Processes {
    fn take(&mut self, begun: u64) -> u32 {
        let next = u32::try_from(self.taken.len() + 1).unwrap_or(u32::MAX);
        let process = self.free.pop_first().unwrap_or(next);
        self.taken.insert(begun, process);
        process
    }

    /// Who is in the call that began with this number; 0 when that was forgotten.
    fn of(&self, begun: u64) -> u32 {
        self.taken.get(&begun).copied().unwrap_or_default()
    }

    fn give_back(&mut self, begun: u64) -> u32 {
        let process = self.taken.remove(&begun).unwrap_or_default();
        self.free.insert(process);
        process
    }
}

impl Entry {
    fn bytes(&self) -> usize {
        let texts = match self {
            Self::Call { input, came_to, .. } => input.len() + came_to.bytes(),
            Self::Event { .. } => 0,
            Self::Fault { .. } => ENTRY_BYTES,
            Self::Effect { bytes, .. } => *bytes,
        };
        texts + ENTRY_BYTES
    }

    fn records(&self) -> u64 {
        match self {
            Self::Call { .. } => 2,
            Self::Event { .. } | Self::Fault { .. } | Self::Effect { .. } => 1,
        }
    }
}

impl Kept {
    fn bytes(&self) -> usize {
        match self {
            Self::Ok(output) => output.len(),
            Self::Fail { message: text, .. } | Self::Info(text) => text.len(),
        }
    }

    fn what(&self, operation: &Operation, texts: &Texts) -> What {
        let call = call(operation);
        match self {
            Self::Ok(output) => What::Ok { call, output: json(texts.get(*output)) },
            Self::Fail { code, message } => {
                What::Fail { call, code: code.clone().into_owned(), message: message.clone() }
            }
            Self::Info(reason) => What::Info { call, reason: reason.clone() },
        }
    }
}

fn call(operation: &Operation) -> String {
    format!("{}:{}", operation.service.prefix(), operation.name)
}

fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap_or(Value::Null)
}

/// A call in the air. When it is dropped there, because its client went away, the history says so.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    history: &'a History,
    engine: &'a Engine,
    operation: &'static Operation,
    begin: Moment,
    epoch: u64,
    /// `None` when it has been noted. It may be a part of what its connection has read, and keeps all of that no longer than it lasts.
    input: Option<Bytes>,
}

impl Call<'_> {
    /// Notes how it ended.
    pub(crate) fn end(mut self, end: End<'_>) {
        self.note(end);
    }

    /// Notes that a fault happened to it.
    pub(crate) fn fault(&self, what: What) {
        let entry = Entry::Fault { moment: moment(self.engine), begun: self.begin.number, what: Box::new(what) };
        let mut inner = self.history.inner();
        if self.history.epoch.load(Ordering::Acquire) == self.epoch {
            inner.add(self.history.most, entry);
        }
    }

    fn note(&mut self, end: End<'_>) {
        let Some(input) = self.input.take() else { return };
        let most = self.history.most;
        let (begin, operation) = (self.begin, self.operation);
        let ended = moment(self.engine);
        if hit(BEFORE_KEEP) {
            return;
        }
        let mut inner = self.history.inner();
        if self.history.epoch.load(Ordering::Acquire) != self.epoch {
            return;
        }
        inner.calls += 1;
        if inner.calls.is_multiple_of(CALLS_BETWEEN_EVENTS) {
            inner.take_events(most, self.engine);
        }
        let input = inner.texts.keep(&input);
        let came_to = match end {
            End::Ok(output) => Kept::Ok(inner.texts.keep(&output)),
            End::Fail { code, message } => Kept::Fail { code, message },
            End::Info(reason) => Kept::Info(reason),
        };
        inner.add(most, Entry::Call { begin, end: ended, operation, input, came_to });
    }
}

impl Drop for Call<'_> {
    fn drop(&mut self) {
        self.note(End::Info("the client went away".to_owned()));
    }
}
