//! All checkers together over one history, from ten thousand to a million records.
//!
//! `RECORDS=10000000 cargo bench -p redeliver-check` adds a size of one's own.

mod cpu_time;
mod fan_out;
mod stream;

use std::hint::black_box;

use cpu_time::CpuTime;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use redeliver_check::{Expectation, HandlerState, Invariant, Phase, Record, Scene, Verdict, What, check_all};
use serde_json::{Value, json};

const QUEUE: &str = "http://127.0.0.1:4100/000000000000/orders.fifo";
const GROUPS: usize = 100;
const CONSUMERS: usize = 8;
/// Records that one message makes: send, receive, handler, effect, deletion.
const RECORDS_EACH: usize = 9;

fn expectation() -> Expectation {
    let scene = Scene {
        queue: QUEUE.to_owned(),
        dead_letter: Some("http://127.0.0.1:4100/000000000000/orders-dlq.fifo".to_owned()),
        visibility_ms: 30_000,
        max_receive_count: Some(3),
        deduplication_per_group: false,
        topics: Vec::new(),
    };
    Expectation { drain_within_ms: Some(60_000), ..Expectation::new(scene) }
}

/// A calm run of so many records: each message is sent, received, handled and deleted, with a fault now and then.
fn history(records: usize) -> Vec<Record> {
    let mut all = Vec::with_capacity(records + RECORDS_EACH);
    let mut number = 0;
    while all.len() < records {
        let at_ms = number as u64 * 3;
        let consumer = u32::try_from(number % CONSUMERS).unwrap_or(0) + 1;
        let mut add =
            |process: u32, what: What| all.push(Record { at_ms: at_ms + u64::from(process > 0), process, what });
        let (id, handle, key) =
            (format!("message-{number:08}"), format!("handle-{number:08}"), format!("order-{number:08}"));
        let (group, sequence) = (format!("group-{}", number % GROUPS), format!("{:020}", number + 1));
        let send =
            json!({ "QueueUrl": QUEUE, "MessageBody": key, "MessageGroupId": group, "MessageDeduplicationId": key });
        call(&mut add, 0, "SendMessage", send, json!({ "MessageId": id, "SequenceNumber": sequence }));
        let attributes = json!({ "ApproximateReceiveCount": "1", "SequenceNumber": sequence, "MessageGroupId": group });
        let message = json!({ "MessageId": id, "ReceiptHandle": handle, "Body": key, "Attributes": attributes });
        let receive = json!({ "QueueUrl": QUEUE, "WaitTimeSeconds": 20 });
        call(&mut add, consumer, "ReceiveMessage", receive, json!({ "Messages": [message] }));
        let handler = |state| What::Handler {
            state,
            message: id.clone(),
            handle: Some(handle.clone()),
            key: Some(key.clone()),
            reason: None,
        };
        add(consumer, handler(HandlerState::Start));
        add(consumer, What::Effect { key: key.clone(), value: json!(number), message: None });
        add(consumer, handler(HandlerState::End));
        call(&mut add, consumer, "DeleteMessage", json!({ "QueueUrl": QUEUE, "ReceiptHandle": handle }), json!({}));
        if number % 50 == 0 {
            add(consumer, fault(key));
        }
        number += 1;
    }
    all
}

fn call(add: &mut impl FnMut(u32, What), process: u32, operation: &str, input: Value, output: Value) {
    let name = format!("sqs:{operation}");
    add(process, What::Invoke { call: name.clone(), input });
    add(process, What::Ok { call: name, output });
}

fn fault(key: String) -> What {
    let (rule, id) = ("receive-count".to_owned(), "S10".to_owned());
    let call = Some("sqs:ReceiveMessage".to_owned());
    What::Fault { rule, id, phase: Phase::InReply, call, key: Some(key), detail: Value::Null }
}

fn check(criterion: &mut Criterion<CpuTime>) {
    let mut sizes = vec![10_000, 100_000, 1_000_000];
    sizes.extend(std::env::var("RECORDS").ok().and_then(|size| size.parse::<usize>().ok()));
    let mut group = criterion.benchmark_group("check_all");
    group.sample_size(10);
    for size in sizes {
        let (history, expectation) = (history(size), expectation());
        group.throughput(Throughput::Elements(history.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(size), &history, |bench, history| {
            bench.iter(|| black_box(check_all(history, &expectation)));
        });
    }
    group.finish();
}

/// The same checkers over a run of one topic with eight queues.
fn check_fan_out(criterion: &mut Criterion<CpuTime>) {
    let mut group = criterion.benchmark_group("check_all/fan_out");
    group.sample_size(10);
    for size in [10_000, 100_000] {
        let history = fan_out::history(size);
        let verdicts = check_all(&history, &Expectation::default());
        let holds = |invariant| verdicts.contains(&(invariant, Verdict::Holds));
        assert!(holds(Invariant::FanOutComplete) && holds(Invariant::FilteredNeverDelivered), "the run is a good one");
        group.throughput(Throughput::Elements(history.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(size), &history, |bench, history| {
            bench.iter(|| black_box(check_all(history, &Expectation::default())));
        });
    }
    group.finish();
}

/// The same checkers over a run of one stream with four shards.
fn check_stream(criterion: &mut Criterion<CpuTime>) {
    let mut group = criterion.benchmark_group("check_all/stream");
    group.sample_size(10);
    for size in [10_000, 100_000, 1_000_000] {
        let history = stream::history(size);
        let expectation = Expectation { drain_within_ms: Some(60_000), ..Expectation::default() };
        let verdicts = check_all(&history, &expectation);
        let holds = |invariant| verdicts.contains(&(invariant, Verdict::Holds));
        assert!(OF_STREAMS.into_iter().all(holds), "the run is a good one");
        group.throughput(Throughput::Elements(history.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(size), &history, |bench, history| {
            bench.iter(|| black_box(check_all(history, &expectation)));
        });
    }
    group.finish();
}

/// What there is to say of that run.
const OF_STREAMS: [Invariant; 10] = [
    Invariant::CheckpointAfterEffect,
    Invariant::CheckpointFenced,
    Invariant::PrefixLostWrite,
    Invariant::PollSkip,
    Invariant::NonmonotonicPoll,
    Invariant::PutDuplicate,
    Invariant::KeyOrderAcrossReshard,
    Invariant::NoLoss,
    Invariant::NoInvention,
    Invariant::EffectOnce,
];

criterion_group!(name = benches; config = Criterion::default().with_measurement(CpuTime); targets = check, check_fan_out, check_stream);
criterion_main!(benches);
