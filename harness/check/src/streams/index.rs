//! Everything that a history tells of streams.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use hashbrown::HashMap;
use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;
use serde_json::Value;

use super::names::{of_arn, stream_of};
use super::{Got, Number, Payload, Put, Read, Shard, Starts, Stored, Work, lineage, puts, reads};
use crate::Expectation;
use crate::traffic::{Names, Outcome, Traffic};

/// The least time for which records are kept, in milliseconds.
/// <https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html>
const RETENTION_MS: u64 = 24 * 60 * 60 * 1_000;

/// Everything that a history tells of streams.
#[derive(Debug, Default)]
pub(crate) struct Streams<'a> {
    pub(crate) names: Names<'a>,
    pub(crate) shards: Vec<Shard<'a>>,
    shard_ids: IndexSet<(usize, &'a str), FxBuildHasher>,
    /// Everything that was to be put, in the order of the answers.
    pub(crate) puts: Vec<Put>,
    pub(crate) payloads: Vec<Payload<'a>>,
    payload_ids: IndexSet<(usize, &'a str, &'a str), FxBuildHasher>,
    /// Records of all shards, in the order in which they were first heard of.
    pub(crate) records: Vec<Stored<'a>>,
    record_ids: HashMap<(usize, &'a str), usize, FxBuildHasher>,
    /// Answers to readers, in order.
    pub(crate) reads: Vec<Read<'a>>,
    pub(crate) got: Vec<Got>,
    /// Business keys.
    pub(crate) keys: Names<'a>,
    /// Whether an entry of a batch failed because of a limit of throughput.
    pub(crate) throttled: bool,
    /// Streams that were deleted.
    pub(crate) deleted: BTreeSet<usize>,
    starts: OnceCell<Vec<Starts<'a>>>,
    work: OnceCell<Work>,
}

impl<'a> Streams<'a> {
    /// Makes sense of what a history tells of streams.
    pub(crate) fn of(traffic: &Traffic<'a>) -> Self {
        let mut streams = Self::default();
        // A stream that was made anew under its old name has two lives, which its numbers do not tell apart.
        let anew = made_anew(traffic);
        let is_told = |name: Option<&str>| name.is_none_or(|name| !anew.contains(name));
        let mut iterators = reads::Iterators::default();
        let mut parts = traffic.parts.iter().filter(|part| is_told(stream_of(part.input))).peekable();
        for (number, call) in traffic.calls.iter().enumerate() {
            let Some(operation) = call.name.strip_prefix("kinesis:") else { continue };
            let name = stream_of(call.input);
            if !is_told(name) {
                continue;
            }
            while let Some(part) = parts.next_if(|part| call.outcome == Outcome::Done && part.span.end < call.span.end)
            {
                reads::part(&mut streams, traffic, &mut iterators, part);
            }
            match operation {
                "PutRecord" | "PutRecords" => puts::read(&mut streams, traffic, number, name),
                "DeleteStream" if call.outcome != Outcome::Refused => {
                    let stream = name.map(|name| streams.names.number(name));
                    streams.deleted.extend(stream);
                }
                _ => {
                    lineage::of_call(&mut streams, call, name);
                    iterators.read(&mut streams, traffic, call, (operation, name));
                }
            }
        }
        for part in parts {
            reads::part(&mut streams, traffic, &mut iterators, part);
        }
        for told in &traffic.told_of_streams {
            if let Some(name) = of_arn(told.stream).filter(|name| !anew.contains(name)) {
                lineage::told(&mut streams, name, told);
            }
        }
        streams.sort();
        streams
    }

    /// Puts the records of each shard in the order of their numbers.
    fn sort(&mut self) {
        for shard in &mut self.shards {
            let records = &self.records;
            if !shard.records.is_sorted_by_key(|record| records[*record].number) {
                shard.records.sort_by_key(|record| records[*record].number);
            }
            for (rank, record) in shard.records.iter().enumerate() {
                self.records[*record].rank = rank;
            }
        }
    }

    /// The number of a shard; `at` is the record of the history that names it.
    pub(super) fn shard(&mut self, stream: usize, id: &'a str, at: usize) -> usize {
        let (number, _) = self.shard_ids.insert_full((stream, tail(id)));
        if number == self.shards.len() {
            self.shards.push(Shard { stream, id, parents: Vec::new(), seen_at: at, records: Vec::new() });
        }
        self.shards[number].seen_at = self.shards[number].seen_at.min(at);
        number
    }

    /// The number of a shard by the name of its stream, which may be left out where there is but one that has it.
    pub(crate) fn find_shard(&self, stream: Option<&str>, id: &str) -> Option<usize> {
        let named = stream.map(|name| of_arn(name).unwrap_or(name));
        match named.and_then(|name| self.names.find(name)) {
            Some(stream) => self.shard_ids.get_index_of(&(stream, tail(id))),
            None => self.shards.iter().position(|shard| tail(shard.id) == tail(id)),
        }
    }

    /// The number of what is put: the same data with the same partition key is the same.
    pub(super) fn payload(&mut self, traffic: &Traffic<'a>, stream: usize, record: &'a Value) -> usize {
        let (mut data, mut partition_key) = ("", "");
        for (name, value) in record.as_object().into_iter().flatten() {
            match name.as_str() {
                "Data" => data = value.as_str().unwrap_or_default(),
                "PartitionKey" => partition_key = value.as_str().unwrap_or_default(),
                _ => {}
            }
        }
        let (number, _) = self.payload_ids.insert_full((stream, partition_key, data));
        if number == self.payloads.len() {
            let key = self.keys.number_of(traffic.key_of_data(data));
            self.payloads.push(Payload { stream, partition_key, data, key, put: None, records: 0 });
        }
        number
    }

    /// The number of the record that has this number in its shard.
    pub(super) fn record(&mut self, shard: usize, number: Number<'a>, payload: usize) -> usize {
        let new = self.records.len();
        let record = *self.record_ids.entry((shard, number.text())).or_insert(new);
        if record == new {
            self.records.push(Stored { shard, number, payload, put: None, got: None, seen: None, rank: 0 });
            self.shards[shard].records.push(new);
            self.payloads[payload].records += 1;
        }
        record
    }

    /// From where on the readers of each shard have to see its records.
    pub(crate) fn starts(&self) -> &[Starts<'a>] {
        self.starts.get_or_init(|| Starts::of(self))
    }

    /// When each record was handled.
    pub(crate) fn work(&self, traffic: &Traffic<'a>, expectation: &Expectation) -> &Work {
        self.work.get_or_init(|| Work::of(self, traffic, expectation))
    }

    /// Whether a history is about streams at all.
    pub(crate) fn are_none(&self) -> bool {
        self.puts.is_empty() && self.reads.is_empty()
    }

    /// When a record was acknowledged.
    pub(crate) fn put_of(&self, record: usize) -> Option<&Put> {
        self.records[record].put.map(|put| &self.puts[put])
    }

    /// Whether a record may be gone at this millisecond, because it had been kept long enough. Nobody knows how old a record is whose put
    /// the history does not have.
    pub(crate) fn may_be_trimmed(&self, record: usize, at_ms: u64) -> bool {
        self.put_of(record).is_none_or(|put| at_ms.saturating_sub(put.span.begin_ms) >= RETENTION_MS)
    }

    /// The rank of the first record of a shard behind this number.
    pub(crate) fn rank_behind(&self, shard: usize, number: Number<'_>) -> usize {
        self.shards[shard].records.partition_point(|record| self.records[*record].number <= number)
    }

    /// The business key of a record.
    pub(crate) fn key(&self, record: usize) -> &str {
        self.keys.text(self.payloads[self.records[record].payload].key)
    }

    /// The names by which a fault may say that it struck a record.
    pub(crate) fn names_of(&self, record: usize) -> [&str; 4] {
        let stored = &self.records[record];
        let partition_key = self.payloads[stored.payload].partition_key;
        [self.key(record), partition_key, self.shards[stored.shard].id, stored.number.text()]
    }

    /// A record in words.
    pub(crate) fn shown(&self, record: usize) -> String {
        let stored = &self.records[record];
        format!("record {} of {} `{}`", stored.number, self.shards[stored.shard].id, self.key(record))
    }
}

/// What names a shard: callers may write its number alone, or with any word before it.
fn tail(id: &str) -> &str {
    id.rsplit_once('-').map_or(id, |(_, number)| number).trim_start_matches('0')
}

/// Streams that were created again after they had been deleted.
fn made_anew<'a>(traffic: &Traffic<'a>) -> BTreeSet<&'a str> {
    let (mut deleted, mut anew) = (BTreeSet::new(), BTreeSet::new());
    for call in traffic.calls.iter().filter(|call| call.outcome != Outcome::Refused) {
        match call.name {
            "kinesis:DeleteStream" => deleted.extend(stream_of(call.input)),
            "kinesis:CreateStream" => anew.extend(stream_of(call.input).filter(|name| deleted.contains(name))),
            _ => {}
        }
    }
    anew
}
