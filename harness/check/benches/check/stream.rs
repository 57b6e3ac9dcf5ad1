//! A run in which records are put into the shards of a stream, read in batches, handled and checkpointed.

use redeliver_check::{CheckpointEnd, HandlerState, LeaseState, Record, What};
use serde_json::{Value, json};

const SHARDS: usize = 4;
/// Records of a batch.
const BATCH: usize = 10;
const KEYS: usize = 100;
/// Base64, three bytes of four letters each.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// A calm run of so many records of the history: of each batch every record is put by itself, and handled by the worker of its shard.
pub(super) fn history(records: usize) -> Vec<Record> {
    let mut all = Vec::with_capacity(records + 8 * BATCH);
    for number in 0..SHARDS {
        let worker = worker(number);
        push(&mut all, 0, worker, What::lease(shard(number), format!("worker-{worker}"), 1, LeaseState::Taken));
        let input = json!({ "StreamName": "orders", "ShardId": shard(number), "ShardIteratorType": "TRIM_HORIZON" });
        call(&mut all, 0, worker, ("GetShardIterator", input), json!({ "ShardIterator": iterator(number, 0) }));
    }
    let mut batch = 0;
    while all.len() < records {
        one_batch(&mut all, batch);
        batch += 1;
    }
    all
}

fn one_batch(all: &mut Vec<Record>, batch: usize) {
    let (at_ms, of, turn) = (batch as u64 * 20, batch % SHARDS, batch / SHARDS);
    let mut read = Vec::with_capacity(BATCH);
    for place in 0..BATCH {
        let number = batch * BATCH + place;
        let (data, sequence) = (base64(&key(number)), sequence(number));
        let partition_key = format!("customer-{}", number % KEYS * SHARDS + of);
        let input = json!({ "StreamName": "orders", "PartitionKey": partition_key, "Data": data });
        call(all, at_ms, 0, ("PutRecord", input), json!({ "ShardId": shard(of), "SequenceNumber": sequence }));
        read.push(json!({ "SequenceNumber": sequence, "PartitionKey": partition_key, "Data": data }));
    }
    let worker = worker(of);
    let output = json!({ "Records": read, "MillisBehindLatest": 0, "NextShardIterator": iterator(of, turn + 1) });
    call(all, at_ms + 10, worker, ("GetRecords", json!({ "ShardIterator": iterator(of, turn) })), output);
    for place in 0..BATCH {
        let number = batch * BATCH + place;
        let handler = |state| What::Handler {
            state,
            message: sequence(number),
            handle: None,
            key: Some(key(number)),
            reason: None,
        };
        push(all, at_ms + 10, worker, handler(HandlerState::Start));
        push(all, at_ms + 10, worker, What::Effect { key: key(number), value: json!(number), message: None });
        push(all, at_ms + 10, worker, handler(HandlerState::End));
    }
    let last = sequence(batch * BATCH + BATCH - 1);
    push(all, at_ms + 10, worker, What::checkpoint(shard(of), last, 1, CheckpointEnd::Accepted));
}

fn push(all: &mut Vec<Record>, at_ms: u64, process: u32, what: What) {
    all.push(Record { at_ms, process, what });
}

fn call(all: &mut Vec<Record>, at_ms: u64, process: u32, (operation, input): (&str, Value), output: Value) {
    let name = format!("kinesis:{operation}");
    push(all, at_ms, process, What::Invoke { call: name.clone(), input });
    push(all, at_ms, process, What::Ok { call: name, output });
}

fn worker(shard: usize) -> u32 {
    u32::try_from(shard).unwrap_or(0) + 1
}

fn shard(number: usize) -> String {
    format!("shardId-{number:012}")
}

fn key(number: usize) -> String {
    format!("order-{number:09}")
}

/// As long as those of the service.
fn sequence(number: usize) -> String {
    format!("4959033827149025660855969253836157109592157598913{number:07}")
}

fn iterator(shard: usize, turn: usize) -> String {
    format!("AAAAAAAAAAHSywljv0zEgPX4NyKdZ5wryMzP9yALs8NeKbUjp1IxtZs1Sp-{shard}-{turn}")
}

/// In Base64; the length is a multiple of three.
fn base64(text: &str) -> String {
    let digit = |bits: u32| char::from(DIGITS[(bits & 63) as usize]);
    let three = |bytes: &[u8]| {
        let bits = bytes.iter().fold(0, |bits, byte| bits << 8 | u32::from(*byte));
        [18, 12, 6, 0].map(|shift| digit(bits >> shift))
    };
    text.as_bytes().chunks_exact(3).flat_map(three).collect()
}
