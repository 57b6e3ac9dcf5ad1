//! Streams in histories for tests: puts, reads, shards, leases and checkpoints.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::Story;
use crate::HandlerState::{End, Start};
use crate::{CheckpointEnd, HandlerState, LeaseState, Phase, What};

const STREAM: &str = "orders";

/// What a history in the making has of streams.
#[derive(Debug, Default)]
pub(super) struct Streams {
    /// Partition key and data by number.
    records: BTreeMap<u32, (String, String)>,
    /// Iterators by process and shard.
    iterators: BTreeMap<(u32, u32), String>,
    made: u32,
}

/// Partition key and data of a record of a batch; shard and number, unless it fails.
type Entry<'a> = (&'a str, &'a str, Option<(u32, u32)>);

/// Id of a shard.
pub(crate) fn shard(number: u32) -> String {
    format!("shardId-{number:012}")
}

impl Story {
    /// Puts a record, which gets this number in this shard. Its data are its business key.
    pub(crate) fn put(&mut self, partition_key: &str, data: &str, of: u32, number: u32) -> &mut Self {
        self.streams.records.insert(number, (partition_key.to_owned(), data.to_owned()));
        let input = json!({ "StreamName": STREAM, "PartitionKey": partition_key, "Data": STANDARD.encode(data) });
        self.call(0, "kinesis:PutRecord", input, json!({ "ShardId": shard(of), "SequenceNumber": number.to_string() }))
    }

    /// Puts several records at once, by partition key and data; those without shard and number fail.
    pub(crate) fn put_all(&mut self, process: u32, all: &[Entry<'_>]) -> &mut Self {
        let (mut records, mut results, mut failed) = (Vec::new(), Vec::new(), 0);
        for (partition_key, data, told) in all {
            records.push(json!({ "PartitionKey": partition_key, "Data": STANDARD.encode(data) }));
            if let Some((of, number)) = told {
                self.streams.records.insert(*number, ((*partition_key).to_owned(), (*data).to_owned()));
                results.push(json!({ "ShardId": shard(*of), "SequenceNumber": number.to_string() }));
            } else {
                failed += 1;
                results.push(
                    json!({ "ErrorCode": "ProvisionedThroughputExceededException", "ErrorMessage": "slow down" }),
                );
            }
        }
        let input = json!({ "StreamName": STREAM, "Records": records });
        self.call(process, "kinesis:PutRecords", input, json!({ "FailedRecordCount": failed, "Records": results }))
    }

    /// The shards of the stream, each with those that it came of.
    pub(crate) fn shards(&mut self, all: &[(u32, &[u32])]) -> &mut Self {
        let list = all.iter().map(|(number, parents)| {
            let mut one = json!({ "ShardId": shard(*number) });
            for (name, parent) in ["ParentShardId", "AdjacentParentShardId"].iter().zip(*parents) {
                one[*name] = shard(*parent).into();
            }
            one
        });
        let output = json!({ "Shards": list.collect::<Vec<_>>() });
        self.call(0, "kinesis:ListShards", json!({ "StreamName": STREAM }), output)
    }

    /// The backend tells of a shard that came of others.
    pub(crate) fn told_opened(&mut self, number: u32, parents: &[u32]) -> &mut Self {
        let parents: Vec<_> = parents.iter().map(|parent| shard(*parent)).collect();
        let (service, resource) =
            ("kinesis".to_owned(), format!("arn:aws:kinesis:us-east-1:000000000000:stream/{STREAM}"));
        let detail = json!({ "shard": shard(number), "from": "0", "to": "1", "parents": parents });
        self.note(0, What::Event { service, resource, name: "shard-opened".to_owned(), detail })
    }

    /// Takes a new iterator, with which the process goes on.
    pub(crate) fn iterate(&mut self, process: u32, of: u32, kind: &str, number: Option<u32>) -> &mut Self {
        let iterator = self.next_iterator();
        let mut input = json!({ "StreamName": STREAM, "ShardId": shard(of), "ShardIteratorType": kind });
        if let Some(number) = number {
            input["StartingSequenceNumber"] = number.to_string().into();
        }
        let output = json!({ "ShardIterator": iterator });
        self.streams.iterators.insert((process, of), iterator);
        self.call(process, "kinesis:GetShardIterator", input, output)
    }

    /// Reads these records of a shard with the iterator that the process has, and is at the end of it.
    pub(crate) fn get(&mut self, process: u32, of: u32, numbers: &[u32]) -> &mut Self {
        let (next, records) = (self.next_iterator(), self.records_of(numbers));
        let iterator = self.streams.iterators.insert((process, of), next.clone()).expect("it has an iterator");
        let output = json!({ "Records": records, "MillisBehindLatest": 0, "NextShardIterator": next });
        self.call(process, "kinesis:GetRecords", json!({ "ShardIterator": iterator }), output)
    }

    /// The last read came to the end of a closed shard.
    pub(crate) fn closed(&mut self) -> &mut Self {
        self.with("NextShardIterator", Value::Null)
    }

    /// Subscribes to a shard.
    pub(crate) fn subscribe_to(&mut self, process: u32, of: u32, kind: &str) -> &mut Self {
        let mut input = subscription(of);
        input["StartingPosition"] = json!({ "Type": kind });
        self.call(process, "kinesis:SubscribeToShard", input, json!({}))
    }

    /// An event of a subscription with these records.
    pub(crate) fn pushed(&mut self, process: u32, of: u32, numbers: &[u32]) -> &mut Self {
        let records = self.records_of(numbers);
        let event = json!({ "Records": records, "ContinuationSequenceNumber": "1", "MillisBehindLatest": 0 });
        let (call, output) = ("kinesis:SubscribeToShard".to_owned(), json!({ "SubscribeToShardEvent": event }));
        self.note(process, What::Part { call, input: subscription(of), output })
    }

    /// A handler of a record begins or ends.
    pub(crate) fn handles(
        &mut self,
        process: u32,
        state: HandlerState,
        number: u32,
        reason: Option<&str>,
    ) -> &mut Self {
        let (message, reason) = (number.to_string(), reason.map(str::to_owned));
        let key = Some(self.streams.records[&number].1.clone());
        self.note(process, What::Handler { state, message, handle: None, key, reason })
    }

    /// Handles a record, which has its effect.
    pub(crate) fn works(&mut self, process: u32, number: u32) -> &mut Self {
        let key = self.streams.records[&number].1.clone();
        self.handles(process, Start, number, None).effect(process, &key, 1).handles(process, End, number, None)
    }

    /// What became of a lease; workers are named by their processes.
    pub(crate) fn lease(&mut self, process: u32, of: u32, epoch: u64, state: LeaseState) -> &mut Self {
        self.note(process, What::lease(shard(of), format!("worker-{process}"), epoch, state).of_stream(STREAM))
    }

    /// A checkpoint that was written.
    pub(crate) fn checkpoint(&mut self, process: u32, of: u32, epoch: u64, sequence: &str) -> &mut Self {
        self.checkpoint_as(process, of, epoch, (sequence, CheckpointEnd::Accepted))
    }

    pub(crate) fn checkpoint_as(
        &mut self,
        process: u32,
        of: u32,
        epoch: u64,
        (sequence, outcome): (&str, CheckpointEnd),
    ) -> &mut Self {
        self.note(process, What::checkpoint(shard(of), sequence, epoch, outcome).of_stream(STREAM))
    }

    /// A fault that struck a put.
    pub(crate) fn put_fault(&mut self, id: &str, rule: &str) -> &mut Self {
        let (rule, id, call) = (rule.to_owned(), id.to_owned(), Some("kinesis:PutRecords".to_owned()));
        self.note(0, What::Fault { rule, id, phase: Phase::AfterEffect, call, key: None, detail: Value::Null })
    }

    fn next_iterator(&mut self) -> String {
        self.streams.made += 1;
        format!("iterator-{}", self.streams.made)
    }

    fn records_of(&self, numbers: &[u32]) -> Vec<Value> {
        let record = |number: &u32| {
            let (partition_key, data) = &self.streams.records[number];
            json!({ "SequenceNumber": number.to_string(), "PartitionKey": partition_key, "Data": STANDARD.encode(data) })
        };
        numbers.iter().map(record).collect()
    }
}

fn subscription(of: u32) -> Value {
    let arn = format!("arn:aws:kinesis:us-east-1:000000000000:stream/{STREAM}/consumer/app:1");
    json!({ "ConsumerARN": arn, "ShardId": shard(of) })
}
