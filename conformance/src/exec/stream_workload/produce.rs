//! A producer.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

use super::super::names::seed_of;
use super::super::stop::Stop;
use super::call::{BACKOFF, Process, Reply, THROTTLED};
use super::ledger::Taken;
use super::plan::Record;

/// The longest pause between two puts, in milliseconds: without one, virtual time would let the first producer put everything before
/// anyone else gets a turn.
const PAUSE_MS_MAX: u64 = 20;

/// One producer.
pub(super) struct Producer<'a, 'b> {
    process: Process<'a, 'b>,
    /// The number of the last record of each key, so that the next gets a greater one.
    last: BTreeMap<String, String>,
}

impl<'a, 'b> Producer<'a, 'b> {
    /// A producer that has put nothing yet.
    pub(super) fn new(process: Process<'a, 'b>) -> Self {
        Self { process, last: BTreeMap::new() }
    }

    /// Puts what it is told to, call by call. What is refused because of limits is put again until it is taken.
    pub(super) async fn run(mut self, calls: Vec<Vec<Record>>) -> Result<(), Stop> {
        let Process { session, ledger, number, .. } = self.process;
        let mut random = fastrand::Rng::with_seed(seed_of(session.seed(), &format!("producer {number}")));
        for mut records in calls {
            session.pause(Duration::from_millis(random.u64(0..=PAUSE_MS_MAX))).await;
            while !ledger.may_send(&records) && !ledger.is_out_of_time() {
                session.pause(BACKOFF).await;
            }
            while !records.is_empty() && !ledger.is_out_of_time() {
                records = match records.as_slice() {
                    [record] => self.put(record).await?.then(|| record.clone()).into_iter().collect(),
                    _ => self.put_batch(records).await?,
                };
                if !records.is_empty() {
                    session.pause(BACKOFF).await;
                }
            }
        }
        ledger.produced();
        Ok(())
    }

    /// Puts one; tells whether it has to be put again.
    async fn put(&mut self, record: &Record) -> Result<bool, Stop> {
        let mut input = record.parameters();
        input["StreamName"] = self.process.stream.into();
        if let Some(last) = self.last.get(&record.key) {
            input["SequenceNumberForOrdering"] = last.clone().into();
        }
        match self.process.call("PutRecord", &input, &[THROTTLED, "InvalidArgumentException"]).await? {
            Reply::Output(output) => {
                self.took(record, &output);
                Ok(false)
            }
            // The number is of a shard that is closed by now: the order does not depend on it any more.
            Reply::Refused(code) if code != THROTTLED && self.last.remove(&record.key).is_none() => {
                Err(Stop::could_not_run(format!("a record was refused with `{code}`")))
            }
            Reply::Refused(_) | Reply::Failed => Ok(true),
        }
    }

    /// Puts a batch; gives what has to be put again.
    async fn put_batch(&mut self, records: Vec<Record>) -> Result<Vec<Record>, Stop> {
        let entries: Vec<_> = records.iter().map(Record::parameters).collect();
        let input = json!({ "StreamName": self.process.stream, "Records": entries });
        let Reply::Output(output) = self.process.call("PutRecords", &input, &[THROTTLED]).await? else {
            return Ok(records);
        };
        let results = output["Records"].as_array().cloned().unwrap_or_default();
        let mut again = Vec::new();
        for (index, record) in records.into_iter().enumerate() {
            match results.get(index) {
                Some(result) if result["SequenceNumber"].is_string() => self.took(&record, result),
                result => {
                    if result.is_some_and(|result| result["ErrorCode"] == THROTTLED) {
                        self.process.ledger.throttled();
                    }
                    again.push(record);
                }
            }
        }
        Ok(again)
    }

    fn took(&mut self, record: &Record, output: &Value) {
        let text = |name: &str| output[name].as_str().unwrap_or_default().to_owned();
        let (shard, sequence) = (text("ShardId"), text("SequenceNumber"));
        self.last.insert(record.key.clone(), sequence.clone());
        let at = self.process.session.elapsed();
        self.process.ledger.took(Taken { record: record.clone(), shard, sequence, at });
    }
}
