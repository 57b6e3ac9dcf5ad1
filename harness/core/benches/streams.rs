//! Records into a stream of Kinesis and out of it, however many the stream holds already.
//!
//! `cargo bench -p redeliver-core --bench streams`; set `REDELIVER_BENCH_RECORDS` to leave out the larger sizes, for example `100000`.

#[path = "cycle/cpu_time.rs"]
mod cpu_time;

use std::hint::black_box;

use cpu_time::CpuTime;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use redeliver_core::{Answer, Caller, Calm, Command, Config, Limits, Reply, Request, Timestamp, World};
use redeliver_model::Bytes;
use redeliver_model::kinesis::{self as model, Command as Kinesis, PutRecordsRequestEntry, Reply as KinesisReply};

const BATCH: usize = 500;
const SIZES: [u64; 3] = [1_000, 100_000, 10_000_000];

/// A world with one stream whose shards have no limits.
struct Stream {
    world: World,
    caller: Caller,
    now: u64,
    put: u64,
    data: Bytes,
}

impl Stream {
    fn new(shards: i32, bytes: usize) -> Self {
        let limits = Limits { stream_throughput: false, ..Limits::default() };
        let world = World::new(Config { seed: 1, limits, events: false });
        let caller = Caller {
            account: "000000000000".into(),
            region: "us-east-1".into(),
            principal: "AIDAEXAMPLE".into(),
            endpoint: "https://kinesis.us-east-1.amazonaws.com".into(),
        };
        let mut stream = Self { world, caller, now: 1_767_225_600_000, put: 0, data: vec![7; bytes].into() };
        let input = model::CreateStreamInput { stream_name: name(), shard_count: Some(shards), ..Default::default() };
        stream.call(Kinesis::CreateStream(input));
        stream.now += 1_000;
        stream
    }

    /// One with this many records on one shard.
    fn filled(records: u64, bytes: usize) -> Self {
        let mut stream = Self::new(1, bytes);
        while stream.put < records {
            let batch = stream.batch();
            stream.put_records(batch);
        }
        stream
    }

    fn call(&mut self, command: Kinesis) -> KinesisReply {
        let request =
            Request { caller: self.caller.clone(), command: Command::Kinesis(Box::new(command)), trace: None };
        let step = self.world.apply(Timestamp(self.now), request, &mut Calm);
        let Answer::Now(Ok(Reply::Kinesis(reply))) = step.answer else { panic!("every call here is right") };
        *reply
    }

    fn batch(&mut self) -> Vec<PutRecordsRequestEntry> {
        let mut entry = || {
            self.put += 1;
            let (data, partition_key) = (Some(self.data.clone()), Some(format!("key-{}", self.put)));
            PutRecordsRequestEntry { data, partition_key, ..Default::default() }
        };
        (0..BATCH).map(|_| entry()).collect()
    }

    fn put_records(&mut self, records: Vec<PutRecordsRequestEntry>) {
        let input = model::PutRecordsInput { stream_name: name(), records: Some(records), ..Default::default() };
        let KinesisReply::PutRecords(output) = self.call(Kinesis::PutRecords(input)) else { panic!() };
        assert_eq!(output.failed_record_count, Some(0));
        black_box(output);
    }

    fn iterator(&mut self) -> String {
        let input = model::GetShardIteratorInput {
            stream_name: name(),
            shard_id: Some("shardId-000000000000".to_owned()),
            shard_iterator_type: Some(model::ShardIteratorType::TrimHorizon),
            ..Default::default()
        };
        let KinesisReply::GetShardIterator(output) = self.call(Kinesis::GetShardIterator(input)) else { panic!() };
        output.shard_iterator.expect("every shard has one")
    }

    fn get(&mut self, iterator: &str, limit: usize) {
        let limit = i32::try_from(limit).ok();
        let shard_iterator = Some(iterator.to_owned());
        let input = model::GetRecordsInput { shard_iterator, limit, ..Default::default() };
        let KinesisReply::GetRecords(output) = self.call(Kinesis::GetRecords(input)) else { panic!() };
        assert_eq!(output.records.as_ref().map(Vec::len), limit.and_then(|limit| usize::try_from(limit).ok()));
        black_box(output);
    }
}

#[expect(clippy::unnecessary_wraps, reason = "members are options")]
fn name() -> Option<String> {
    Some("stream".to_owned())
}

fn put(criterion: &mut Criterion<CpuTime>) {
    let mut group = criterion.benchmark_group("PutRecords");
    group.throughput(Throughput::Elements(BATCH as u64));
    let mut stream = Stream::new(64, 1_024);
    group.bench_function("500x1KiB", |bencher| {
        bencher.iter(|| {
            // A minute later, so that no more is held than a day's batches, and what is old is let go.
            stream.now += 60_000;
            let batch = stream.batch();
            stream.put_records(batch);
        });
    });
    group.finish();
}

fn get(criterion: &mut Criterion<CpuTime>) {
    let mut stream = Stream::filled(20_000, 1_024);
    let iterator = stream.iterator();
    let mut group = criterion.benchmark_group("GetRecords");
    group.bench_function("10000x1KiB", |bencher| bencher.iter(|| stream.get(&iterator, 10_000)));
    group.finish();
}

fn retained(criterion: &mut Criterion<CpuTime>) {
    let largest = std::env::var("REDELIVER_BENCH_RECORDS").ok().and_then(|text| text.parse().ok()).unwrap_or(u64::MAX);
    let mut group = criterion.benchmark_group("PutRecords+GetRecords");
    group.throughput(Throughput::Elements(BATCH as u64));
    for size in SIZES.into_iter().filter(|&size| size <= largest) {
        let mut filled = None;
        group.bench_function(BenchmarkId::new("retained", size), |bencher| {
            let (stream, iterator) = filled.get_or_insert_with(|| {
                let mut stream = Stream::filled(size, 16);
                let iterator = stream.iterator();
                (stream, iterator)
            });
            bencher.iter(|| {
                let batch = stream.batch();
                stream.put_records(batch);
                stream.get(iterator, BATCH);
            });
        });
    }
    group.finish();
}

criterion_group! { name = benches; config = Criterion::default().with_measurement(CpuTime); targets = put, get, retained }
criterion_main!(benches);
