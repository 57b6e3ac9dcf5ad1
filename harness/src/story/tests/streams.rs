//! A stream is split while it is read: a worker goes on with a child before another is done with the parent.

use redeliver_check::{CheckpointEnd, LeaseState, What};
use serde_json::{Value, json};

use super::{Ink, Script, Timeline, Told, story, timeline};

const NUMBERS: [&str; 3] = [
    "49590338271490256608559692538361571095921575989136588898",
    "49590338271490256608559692540925702759324208523137515618",
    "49590338271490256608559692541000000000000000000000000002",
];

fn shard(number: u32) -> String {
    format!("shardId-{number:012}")
}

impl Script {
    fn answered(&mut self, at_ms: u64, process: u32, call: &str, (input, output): (Value, Value)) -> &mut Self {
        let call = format!("kinesis:{call}");
        self.call(at_ms, process, &call, input).ok(at_ms + 10, process, &call, output)
    }

    fn refused(&mut self, at_ms: u64, process: u32, call: &str, (input, code): (Value, &str)) -> &mut Self {
        let (call, code, message) = (format!("kinesis:{call}"), code.to_owned(), String::new());
        self.call(at_ms, process, &call, input).add(at_ms + 10, process, What::Fail { call, code, message })
    }

    fn put(&mut self, at_ms: u64, of: u32, number: &str, data: &str) -> &mut Self {
        let input = json!({ "StreamName": "orders", "PartitionKey": "customer-1", "Data": data });
        self.answered(at_ms, 1, "PutRecord", (input, json!({ "ShardId": shard(of), "SequenceNumber": number })))
    }

    fn go(&mut self, at_ms: u64, process: u32, of: u32, kind: &str, number: Option<&str>) -> &mut Self {
        let input = json!({ "StreamName": "orders", "ShardId": shard(of), "ShardIteratorType": kind, "StartingSequenceNumber": number });
        let iterator = format!("iterator-{process}-{of}-{at_ms}");
        self.answered(at_ms, process, "GetShardIterator", (input, json!({ "ShardIterator": iterator })))
    }

    fn read(&mut self, at_ms: u64, process: u32, iterator: &str, records: &Value, behind_ms: u64) -> &mut Self {
        let next = format!("{iterator}-next");
        let output = json!({ "Records": records, "NextShardIterator": next, "MillisBehindLatest": behind_ms });
        self.answered(at_ms, process, "GetRecords", (json!({ "ShardIterator": iterator }), output))
    }

    fn checkpoint(
        &mut self,
        at_ms: u64,
        process: u32,
        (of, epoch): (u32, u64),
        number: &str,
        outcome: CheckpointEnd,
    ) -> &mut Self {
        self.add(at_ms, process, What::checkpoint(shard(of), number, epoch, outcome))
    }

    fn lease(&mut self, at_ms: u64, process: u32, (of, epoch): (u32, u64), state: LeaseState) -> &mut Self {
        self.add(at_ms, process, What::lease(shard(of), format!("worker-{process}"), epoch, state))
    }
}

fn record(number: &str, data: &str) -> Value {
    json!({ "SequenceNumber": number, "PartitionKey": "customer-1", "Data": data })
}

/// `order-1`, `order-2`, `order-3`.
const DATA: [&str; 3] = ["b3JkZXItMQ==", "b3JkZXItMg==", "b3JkZXItMw=="];

fn child_first() -> Told {
    let mut script = Script::default();
    script.put(10, 0, NUMBERS[0], DATA[0]);
    let records = json!([{ "PartitionKey": "customer-1", "Data": DATA[1] }]);
    let failed = json!({ "FailedRecordCount": 1, "Records": [{ "ErrorCode": "ProvisionedThroughputExceededException", "ErrorMessage": "" }] });
    script.answered(30, 1, "PutRecords", (json!({ "StreamName": "orders", "Records": records }), failed));
    script.put(60, 0, NUMBERS[1], DATA[1]);
    script.lease(100, 2, (0, 1), LeaseState::Taken).go(110, 2, 0, "TRIM_HORIZON", None);
    script.read(130, 2, "iterator-2-0-110", &json!([record(NUMBERS[0], DATA[0])]), 20).effect(150, 2, "order-1");
    script.checkpoint(160, 2, (0, 1), NUMBERS[0], CheckpointEnd::Accepted);
    script.answered(200, 0, "SplitShard", (json!({ "StreamName": "orders", "ShardToSplit": shard(0) }), json!({})));
    let (service, resource) = ("kinesis".into(), "arn:aws:kinesis:us-east-1:000000000000:stream/orders".into());
    let detail = json!({ "shard": shard(1), "from": "0", "to": "1", "parents": [shard(0)] });
    script.add(205, 0, What::Event { service, resource, name: "shard-opened".into(), detail });
    script.put(220, 1, NUMBERS[2], DATA[2]);
    script.read(300, 2, "iterator-2-0-110-next", &json!([]), 90);
    script.lease(320, 3, (1, 1), LeaseState::Taken).lease(400, 3, (1, 1), LeaseState::Renewed);
    script.go(410, 3, 1, "TRIM_HORIZON", None);
    script.read(430, 3, "iterator-3-1-410", &json!([record(NUMBERS[2], DATA[2])]), 0).effect(450, 3, "order-3");
    let expired = json!({ "ShardIterator": "iterator-2-0-110-next-next" });
    script.refused(300_600, 2, "GetRecords", (expired, "ExpiredIteratorException"));
    script.go(300_620, 2, 0, "AFTER_SEQUENCE_NUMBER", Some(NUMBERS[0]));
    script
        .read(300_640, 2, "iterator-2-0-300620", &json!([record(NUMBERS[1], DATA[1])]), 0)
        .effect(300_660, 2, "order-2");
    script.lease(300_665, 0, (0, 2), LeaseState::Taken);
    script.checkpoint(300_670, 2, (0, 1), NUMBERS[1], CheckpointEnd::Refused).lease(
        300_675,
        2,
        (0, 1),
        LeaseState::Lost,
    );
    Told {
        test: "orders".into(),
        property: "key-order-across-reshard".into(),
        headline: "order-3 before order-2".into(),
        keys: vec!["order-2".into()],
        history: script.records,
        names: [(1, "shop".to_owned()), (2, "worker-2".to_owned()), (3, "worker-3".to_owned())].into(),
        ..Told::default()
    }
}

#[test]
fn story_of_a_split_tells_of_leases_places_and_the_whole_key() {
    insta::assert_snapshot!(story(&child_first(), Ink::Plain));
}

#[test]
fn timeline_of_a_stream_calls_its_backend_a_stream() {
    let told = child_first();
    let text = timeline(&told.history, &Timeline { lines_max: 100, all: true, ..Timeline::default() });
    let line = |text: &&str| text.contains("opens shard 1 in place of shard 0");
    assert_eq!(
        text.lines().find(line).map(str::trim),
        Some("0.205s  stream    opens shard 1 in place of shard 0"),
        "{text}"
    );
}
