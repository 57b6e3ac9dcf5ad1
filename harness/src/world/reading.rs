//! How far the records of a stream are read, by what the history tells.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use redeliver_check::{LeaseState, Record, What};
use serde_json::Value;

use super::drain::millis;
use super::lease::SHARD_END;
use super::run::Run;
use super::stream::Stream;

/// How far the records of a stream are read.
#[derive(Debug)]
pub(super) struct Reading {
    arn: String,
    retention_ms: u64,
    /// How much of the history is known.
    known: usize,
    /// Records by shard and number: when each was put, and whether anybody has read it.
    records: BTreeMap<String, BTreeMap<Number, Put>>,
    /// Who took each shard's lease last.
    owners: BTreeMap<String, String>,
    happened_at: u64,
}

#[derive(Debug)]
struct Put {
    at_ms: u64,
    is_read: bool,
}

/// A sequence number: too large for any integer, and with more digits the larger.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Number(String);

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Reading {
    pub(super) fn new(stream: &Stream) -> Self {
        let (arn, retention_ms) = (stream.arn.clone(), millis(stream.retention));
        Self { arn, retention_ms, known: 0, records: BTreeMap::new(), owners: BTreeMap::new(), happened_at: 0 }
    }

    /// When something happened last, be it to the stream or by one of its workers.
    pub(super) fn happened_at(&self) -> u64 {
        self.happened_at
    }

    /// Records that nobody has read, and, where the table of leases is used, that are not checkpointed. What is gone is left out.
    pub(super) fn left(&mut self, run: &Run) -> u64 {
        for record in run.log.from(self.known) {
            self.known += 1;
            self.note(&record);
        }
        let (now, checkpoints) = (run.log.now_ms(), run.leases().checkpoints());
        let is_kept = |put: &Put| now < put.at_ms + self.retention_ms;
        let left = self.records.iter().map(|(shard, records)| {
            let kept = records.iter().filter(|(_, put)| is_kept(put));
            let is_left = |(number, put): &(&Number, &Put)| match checkpoints.get(shard) {
                Some(end) if end == SHARD_END => false,
                Some(done) => **number > Number(done.clone()),
                None => !checkpoints.is_empty() || !put.is_read,
            };
            kept.filter(is_left).count()
        });
        u64::try_from(left.sum::<usize>()).expect("a run has not so many records")
    }

    fn note(&mut self, record: &Record) {
        let has_happened = match &record.what {
            What::Event { resource, name, detail, .. } if *resource == self.arn => {
                self.told(record.at_ms, name, detail)
            }
            What::Effect { .. }
            | What::Handler { .. }
            | What::Checkpoint { .. }
            | What::Crash { .. }
            | What::Restart
            | What::Shutdown => true,
            What::Lease { shard, owner, state: LeaseState::Taken, .. } => self.is_taken_over(shard, owner),
            _ => false,
        };
        if has_happened {
            self.happened_at = self.happened_at.max(record.at_ms);
        }
    }

    /// Whether the lease was another worker's: one that takes turns at its own leases is at rest.
    fn is_taken_over(&mut self, shard: &str, owner: &str) -> bool {
        self.owners.insert(shard.to_owned(), owner.to_owned()).is_none_or(|before| before != owner)
    }

    /// Whether it is more than a read in vain.
    fn told(&mut self, at_ms: u64, name: &str, detail: &Value) -> bool {
        let text = |name: &str| detail.get(name).and_then(Value::as_str).map(str::to_owned);
        let Some(shard) = text("shard") else { return true };
        let records = self.records.entry(shard).or_default();
        match name {
            "put" => {
                let number = text("sequence").map(Number);
                records.extend(number.map(|number| (number, Put { at_ms, is_read: false })));
            }
            "read" => {
                let (Some(first), Some(last)) = (text("first"), text("last")) else { return false };
                for (_, put) in records.range_mut(Number(first)..=Number(last)) {
                    put.is_read = true;
                }
            }
            _ => {}
        }
        true
    }
}
