//! What all processes of a workload saw and did, and when to end.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::{Number, Value};
use tokio::time::Instant;

use super::plan::Record;

/// A record that was put, and acknowledged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Taken {
    /// The record.
    pub(super) record: Record,
    /// The shard that took it.
    pub(super) shard: String,
    /// Its number.
    pub(super) sequence: String,
    /// When it was acknowledged.
    pub(super) at: Duration,
}

/// A record that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seen {
    /// Where.
    pub(super) shard: String,
    /// Its number.
    pub(super) sequence: String,
    /// Its partition key.
    pub(super) key: String,
    /// Its data, in base64.
    pub(super) data: String,
    /// When it arrived, as the service says: seconds since 1970.
    pub(super) arrived: Option<Number>,
}

impl Seen {
    /// Reads the records of an answer.
    pub(super) fn all(shard: &str, answer: &Value) -> Vec<Self> {
        let text = |record: &Value, name: &str| record[name].as_str().unwrap_or_default().to_owned();
        let seen = |record: &Value| Self {
            shard: shard.to_owned(),
            sequence: text(record, "SequenceNumber"),
            key: text(record, "PartitionKey"),
            data: text(record, "Data"),
            arrived: record["ApproximateArrivalTimestamp"].as_number().cloned(),
        };
        answer["Records"].as_array().into_iter().flatten().map(seen).collect()
    }
}

/// A shard that was read again.
#[derive(Debug, Clone)]
pub(super) struct Replay {
    /// From where, in words.
    pub(super) from: String,
    /// What was to come.
    pub(super) due: Vec<Seen>,
    /// What came.
    pub(super) came: Vec<Seen>,
}

/// An answer to a read of a shard.
#[derive(Debug, Clone)]
pub(super) struct Got {
    /// The shard.
    pub(super) shard: String,
    /// When.
    pub(super) at: Duration,
    /// Bytes of data and keys.
    pub(super) bytes: u64,
}

/// What was seen and done.
#[derive(Debug, Default)]
pub(super) struct Entries {
    /// Everything that was ever to be put: key and data.
    pub(super) tried: BTreeSet<(String, String)>,
    /// What was acknowledged, in the order of the answers.
    pub(super) taken: Vec<Taken>,
    /// What each reader read, by its number, in order.
    pub(super) readers: BTreeMap<u32, Vec<Seen>>,
    /// Answers to `GetRecords`.
    pub(super) got: Vec<Got>,
    /// What was read again.
    pub(super) replays: Vec<Replay>,
    /// How often a limit of throughput was hit.
    pub(super) throttled: u32,
    /// Shards that were read to their end, with those that took their place.
    pub(super) closed: BTreeMap<String, BTreeSet<String>>,
    /// Shard and number of what was acknowledged.
    places: BTreeSet<(String, String)>,
    /// What of that each reader has not read yet.
    missing: BTreeMap<u32, BTreeSet<(String, String)>>,
    producing: usize,
    /// How many records may have been sent before the changes of shards that are not done yet are.
    allowed: Option<u32>,
    sent: u32,
    resharding: bool,
}

/// What all processes know together.
#[derive(Debug)]
pub(super) struct Ledger {
    give_up: Instant,
    entries: RefCell<Entries>,
}

impl Ledger {
    /// Nothing is done yet.
    pub(super) fn new(producers: usize, resharding: bool, within: Duration) -> Self {
        let entries = Entries { producing: producers, resharding, ..Entries::default() };
        Self { give_up: Instant::now() + within, entries: RefCell::new(entries) }
    }

    /// Everything, at the end.
    pub(super) fn into_entries(self) -> Entries {
        self.entries.into_inner()
    }

    /// A producer is about to send these, unless it has to wait for a change of shards.
    pub(super) fn may_send(&self, records: &[Record]) -> bool {
        let mut entries = self.entries.borrow_mut();
        if entries.allowed.is_some_and(|allowed| entries.sent >= allowed) {
            return false;
        }
        entries.sent += u32::try_from(records.len()).unwrap_or(u32::MAX);
        entries.tried.extend(records.iter().map(|record| (record.key.clone(), record.data.clone())));
        true
    }

    /// No more than so many records are sent until this is called again; `None`: all.
    pub(super) fn allow(&self, records: Option<u32>) {
        self.entries.borrow_mut().allowed = records;
    }

    /// How many records were acknowledged.
    pub(super) fn taken(&self) -> usize {
        self.entries.borrow().taken.len()
    }

    /// A record was acknowledged.
    pub(super) fn took(&self, taken: Taken) {
        let mut entries = self.entries.borrow_mut();
        let place = (taken.shard.clone(), taken.sequence.clone());
        let Entries { missing, readers, .. } = &mut *entries;
        for (reader, missing) in missing {
            let is_read = |seen: &Seen| (&seen.shard, &seen.sequence) == (&place.0, &place.1);
            if !readers.get(reader).is_some_and(|seen| seen.iter().rev().any(is_read)) {
                missing.insert(place.clone());
            }
        }
        entries.places.insert(place);
        entries.taken.push(taken);
    }

    /// One more reader.
    pub(super) fn reader(&self, reader: u32) {
        let mut entries = self.entries.borrow_mut();
        entries.readers.insert(reader, Vec::new());
        let places = entries.places.clone();
        entries.missing.insert(reader, places);
    }

    /// A reader read records.
    pub(super) fn read(&self, reader: u32, seen: Vec<Seen>) {
        let mut entries = self.entries.borrow_mut();
        if let Some(missing) = entries.missing.get_mut(&reader) {
            for seen in &seen {
                missing.remove(&(seen.shard.clone(), seen.sequence.clone()));
            }
        }
        entries.readers.entry(reader).or_default().extend(seen);
    }

    /// A read was answered.
    pub(super) fn got(&self, got: Got) {
        self.entries.borrow_mut().got.push(got);
    }

    /// A shard was read to its end.
    pub(super) fn closed(&self, shard: &str, children: impl Iterator<Item = String>) {
        self.entries.borrow_mut().closed.entry(shard.to_owned()).or_default().extend(children);
    }

    /// A shard was read again.
    pub(super) fn replayed(&self, replay: Replay) {
        self.entries.borrow_mut().replays.push(replay);
    }

    /// What a reader has read, shard by shard.
    pub(super) fn of_reader(&self, reader: u32) -> BTreeMap<String, Vec<Seen>> {
        let entries = self.entries.borrow();
        let mut shards: BTreeMap<String, Vec<Seen>> = BTreeMap::new();
        for seen in entries.readers.get(&reader).into_iter().flatten() {
            shards.entry(seen.shard.clone()).or_default().push(seen.clone());
        }
        shards
    }

    /// A limit of throughput was hit.
    pub(super) fn throttled(&self) {
        self.entries.borrow_mut().throttled += 1;
    }

    /// A producer is done.
    pub(super) fn produced(&self) {
        self.entries.borrow_mut().producing -= 1;
    }

    /// All changes of shards are done.
    pub(super) fn resharded(&self) {
        self.entries.borrow_mut().resharding = false;
    }

    /// Whether a reader has nothing more to wait for.
    pub(super) fn is_done(&self, reader: u32) -> bool {
        let entries = self.entries.borrow();
        let is_read = entries.missing.get(&reader).is_none_or(BTreeSet::is_empty);
        (entries.producing == 0 && !entries.resharding && is_read) || self.is_out_of_time()
    }

    /// Whether the time of the workload is over.
    pub(super) fn is_out_of_time(&self) -> bool {
        Instant::now() >= self.give_up
    }
}
