//! A reader with iterators.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

use super::super::stop::Stop;
use super::call::{BACKOFF, BUSY, Process, Reply};
use super::ledger::{Got, Seen};
use super::lineage::Lineage;

/// The code of an iterator that is too old.
const EXPIRED: &str = "ExpiredIteratorException";

/// One reader with iterators.
pub(super) struct Poller<'a, 'b> {
    process: Process<'a, 'b>,
    limit: Option<u32>,
    every: Duration,
    lineage: Lineage,
    /// The iterator of each shard that is being read.
    iterators: BTreeMap<String, String>,
    /// The number of the last record of each shard.
    last: BTreeMap<String, String>,
}

impl<'a, 'b> Poller<'a, 'b> {
    /// A reader that has read nothing yet.
    pub(super) fn new(process: Process<'a, 'b>, limit: Option<u32>, every: Duration) -> Self {
        process.ledger.reader(process.number);
        let (lineage, iterators, last) = (Lineage::default(), BTreeMap::new(), BTreeMap::new());
        Self { process, limit, every, lineage, iterators, last }
    }

    /// Reads all shards, parents before children, until all that was put is read, and once more.
    pub(super) async fn run(mut self) -> Result<(), Stop> {
        self.lineage.list(&self.process.shards().await?);
        loop {
            let is_last = self.process.ledger.is_done(self.process.number);
            for shard in self.lineage.ready() {
                self.read(&shard).await?;
            }
            if is_last {
                return Ok(());
            }
            self.process.session.pause(self.every).await;
        }
    }

    async fn read(&mut self, shard: &str) -> Result<(), Stop> {
        let iterator = match self.iterators.remove(shard) {
            Some(iterator) => iterator,
            None => match self.iterator(shard).await? {
                Some(iterator) => iterator,
                None => return Ok(()),
            },
        };
        match self.process.get(&iterator, self.limit).await? {
            Some(answer) => self.take(shard, &answer),
            None if self.process.ledger.is_out_of_time() => {}
            // It is asked for anew behind the last record.
            None => self.process.session.pause(BACKOFF).await,
        }
        Ok(())
    }

    /// Takes in the answer of a read.
    fn take(&mut self, shard: &str, answer: &Value) {
        let seen = Seen::all(shard, answer);
        if let Some(last) = seen.last() {
            self.last.insert(shard.to_owned(), last.sequence.clone());
        }
        self.process.got(shard, &seen);
        self.process.ledger.read(self.process.number, seen);
        if let Some(next) = answer["NextShardIterator"].as_str() {
            self.iterators.insert(shard.to_owned(), next.to_owned());
            return;
        }
        self.process.end(&mut self.lineage, shard, answer);
    }

    async fn iterator(&self, shard: &str) -> Result<Option<String>, Stop> {
        let from = match self.last.get(shard) {
            Some(last) => json!({ "ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "StartingSequenceNumber": last }),
            None => json!({ "ShardIteratorType": "TRIM_HORIZON" }),
        };
        self.process.iterator(shard, from).await
    }
}

impl Process<'_, '_> {
    /// An iterator of a shard.
    pub(super) async fn iterator(&self, shard: &str, mut from: Value) -> Result<Option<String>, Stop> {
        from["StreamName"] = self.stream.into();
        from["ShardId"] = shard.into();
        let output = self.insist("GetShardIterator", &from).await?;
        Ok(output.and_then(|output| output["ShardIterator"].as_str().map(str::to_owned)))
    }

    /// Reads with an iterator; nothing when another has to be asked for, or the time is over.
    pub(super) async fn get(&self, iterator: &str, limit: Option<u32>) -> Result<Option<Value>, Stop> {
        let mut input = json!({ "ShardIterator": iterator });
        if let Some(limit) = limit {
            input["Limit"] = limit.into();
        }
        while !self.ledger.is_out_of_time() {
            match self.call("GetRecords", &input, &[BUSY[0], EXPIRED]).await? {
                Reply::Output(output) => return Ok(Some(output)),
                Reply::Refused(code) if code == EXPIRED => return Ok(None),
                Reply::Refused(_) | Reply::Failed => self.session.pause(BACKOFF).await,
            }
        }
        Ok(None)
    }

    /// Notes an answer to `GetRecords`.
    pub(super) fn got(&self, shard: &str, seen: &[Seen]) {
        let bytes = seen.iter().map(|seen| seen.data.len() / 4 * 3 + seen.key.len()).sum::<usize>();
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        self.ledger.got(Got { shard: shard.to_owned(), at: self.session.elapsed(), bytes });
    }

    /// All shards of the stream.
    pub(super) async fn shards(&self) -> Result<Vec<Value>, Stop> {
        let mut shards = Vec::new();
        let mut input = json!({ "StreamName": self.stream });
        while let Some(output) = self.insist("ListShards", &input).await? {
            shards.extend(output["Shards"].as_array().into_iter().flatten().cloned());
            match output["NextToken"].as_str() {
                Some(token) => input = json!({ "NextToken": token }),
                None => break,
            }
        }
        Ok(shards)
    }

    /// A shard was read to its end, as an answer or event says.
    pub(super) fn end(&self, lineage: &mut Lineage, shard: &str, answer: &Value) {
        let children = answer["ChildShards"].as_array().cloned().unwrap_or_default();
        let ids = children.iter().filter_map(|child| child["ShardId"].as_str()).map(str::to_owned);
        self.ledger.closed(shard, ids);
        lineage.end(shard, &children);
    }
}
