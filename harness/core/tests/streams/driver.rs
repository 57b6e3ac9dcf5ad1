//! A world with a caller and a clock.

use redeliver_core::kinesis::{Error, StoredObject};
use redeliver_core::{Answer, Caller, Calm, Command, Config, Effect, Limits, Oracle, Reply, Request};
use redeliver_core::{Ticket, Timestamp, World};
use redeliver_model::Bytes;
use redeliver_model::kinesis::{self as model, Command as Kinesis, Reply as KinesisReply};

/// When every test begins: 2026-01-01.
pub(crate) const START: u64 = 1_767_225_600_000;
/// Account of the caller.
pub(crate) const ACCOUNT: &str = "000000000000";
/// The last hash key.
pub(crate) const LAST_KEY: &str = "340282366920938463463374607431768211455";

/// A world with a caller and a clock.
pub(crate) struct Driver {
    world: World,
    oracle: Box<dyn Oracle>,
    /// Answers to calls that had to wait, with the time at which they came.
    pub(crate) answers: Vec<(u64, Ticket, KinesisReply)>,
    /// Objects that channels wrote.
    pub(crate) objects: Vec<StoredObject>,
    /// Account of the next call.
    pub(crate) account: &'static str,
    /// Time of the next call.
    pub(crate) now: u64,
    /// Region of the next call.
    pub(crate) region: &'static str,
}

impl Driver {
    /// An empty world with a calm oracle and the limits of AWS, but for those on how often calls come.
    pub(crate) fn new() -> Self {
        Self::with(Limits { stream_call_rates: false, ..Limits::default() }, Calm)
    }

    /// An empty world in which shards have no limits.
    pub(crate) fn unthrottled() -> Self {
        Self::with(Limits { stream_throughput: false, stream_call_rates: false, ..Limits::default() }, Calm)
    }

    /// An empty world with this oracle and these limits.
    pub(crate) fn with(limits: Limits, oracle: impl Oracle + 'static) -> Self {
        let world = World::new(Config { seed: 1, limits, events: false });
        Self {
            world,
            oracle: Box::new(oracle),
            answers: Vec::new(),
            objects: Vec::new(),
            account: ACCOUNT,
            now: START,
            region: "us-east-1",
        }
    }

    /// Lets time pass.
    pub(crate) fn wait(&mut self, millis: u64) {
        self.now += millis;
    }

    /// Makes a call that is answered at once.
    pub(crate) fn call(&mut self, command: Kinesis) -> Result<KinesisReply, Error> {
        self.call_or_wait(command).map(|answer| answer.expect("no call here waits"))
    }

    /// Makes a call, which may have to wait.
    pub(crate) fn call_or_wait(&mut self, command: Kinesis) -> Result<Result<KinesisReply, Ticket>, Error> {
        let caller = Caller {
            account: self.account.into(),
            region: self.region.into(),
            principal: "AIDAEXAMPLE".into(),
            endpoint: "http://localhost:4566".into(),
        };
        let request = Request { caller, command: Command::Kinesis(Box::new(command)), trace: None };
        let step = self.world.apply(Timestamp(self.now), request, &mut *self.oracle);
        self.note(step.effects);
        match step.answer {
            Answer::Now(Ok(Reply::Kinesis(reply))) => Ok(Ok(*reply)),
            Answer::Later(ticket) => Ok(Err(ticket)),
            Answer::Now(Err(redeliver_core::Error::Kinesis(error))) => Err(error),
            other => panic!("it is answered by Kinesis: {other:?}"),
        }
    }

    /// Lets time pass, and with it what happens by itself.
    pub(crate) fn pass(&mut self, millis: u64) {
        let end = self.now + millis;
        while self.now < end {
            let step = self.world.tick(Timestamp(self.now), &mut *self.oracle);
            self.note(step.effects);
            let next = step.wake_at.map_or(end, Timestamp::as_millis);
            self.now = next.clamp(self.now, end);
        }
        let step = self.world.tick(Timestamp(self.now), &mut *self.oracle);
        self.note(step.effects);
    }

    fn note(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Answer { ticket, outcome: Ok(Reply::Kinesis(reply)) } => {
                    self.answers.push((self.now, ticket, *reply));
                }
                Effect::Store { object } => self.objects.push(StoredObject::clone(&object)),
                _ => {}
            }
        }
    }

    /// `CreateStream`, without waiting for it.
    pub(crate) fn create(&mut self, name: &str, shards: i32) -> Result<(), Error> {
        let stream_name = Some(name.to_owned());
        self.call(Kinesis::CreateStream(model::CreateStreamInput {
            stream_name,
            shard_count: Some(shards),
            ..Default::default()
        }))
        .map(|_| ())
    }

    /// A stream that is ready.
    pub(crate) fn stream(&mut self, name: &str, shards: i32) {
        self.create(name, shards).expect("the name is good and free");
        self.wait(1_000);
    }

    /// An on-demand stream that is ready.
    pub(crate) fn on_demand(&mut self, name: &str) {
        let mode = model::StreamModeDetails { stream_mode: Some(model::StreamMode::OnDemand) };
        self.call(Kinesis::CreateStream(model::CreateStreamInput {
            stream_name: Some(name.to_owned()),
            stream_mode_details: Some(mode),
            ..Default::default()
        }))
        .expect("the name is good and free");
        self.wait(1_000);
    }

    /// `DescribeStreamSummary`.
    pub(crate) fn summary(&mut self, name: &str) -> Result<model::StreamDescriptionSummary, Error> {
        let input = model::DescribeStreamSummaryInput { stream_name: Some(name.to_owned()), ..Default::default() };
        match self.call(Kinesis::DescribeStreamSummary(input))? {
            KinesisReply::DescribeStreamSummary(output) => Ok(output.stream_description_summary.unwrap()),
            other => panic!("{other:?}"),
        }
    }

    /// The status of a stream.
    pub(crate) fn status(&mut self, name: &str) -> Result<model::StreamStatus, Error> {
        self.summary(name).map(|summary| summary.stream_status.unwrap())
    }

    /// The ARN of a stream.
    pub(crate) fn arn(&self, name: &str) -> String {
        format!("arn:aws:kinesis:{}:{ACCOUNT}:stream/{name}", self.region)
    }

    /// `ListShards` with all its results.
    pub(crate) fn shards(&mut self, name: &str) -> Vec<model::Shard> {
        self.list(model::ListShardsInput { stream_name: Some(name.to_owned()), ..Default::default() }).unwrap().0
    }

    /// A page of `ListShards`, and the token of the next.
    pub(crate) fn list(&mut self, input: model::ListShardsInput) -> Result<(Vec<model::Shard>, Option<String>), Error> {
        match self.call(Kinesis::ListShards(input))? {
            KinesisReply::ListShards(output) => Ok((output.shards.unwrap(), output.next_token)),
            other => panic!("{other:?}"),
        }
    }

    /// `PutRecord` of a text.
    pub(crate) fn put(&mut self, stream: &str, key: &str, text: &str) -> Result<model::PutRecordOutput, Error> {
        self.put_record(record(stream, key, text.to_owned().into_bytes()))
    }

    /// `PutRecord`.
    pub(crate) fn put_record(&mut self, input: model::PutRecordInput) -> Result<model::PutRecordOutput, Error> {
        match self.call(Kinesis::PutRecord(input))? {
            KinesisReply::PutRecord(output) => Ok(output),
            other => panic!("{other:?}"),
        }
    }

    /// `PutRecords`.
    pub(crate) fn put_records(
        &mut self,
        stream: &str,
        records: Vec<model::PutRecordsRequestEntry>,
    ) -> Result<model::PutRecordsOutput, Error> {
        let stream_name = Some(stream.to_owned());
        let input = model::PutRecordsInput { records: Some(records), stream_name, ..Default::default() };
        match self.call(Kinesis::PutRecords(input))? {
            KinesisReply::PutRecords(output) => Ok(output),
            other => panic!("{other:?}"),
        }
    }

    /// `GetShardIterator` of a type that needs nothing else.
    pub(crate) fn iterator(&mut self, stream: &str, shard: u32, kind: model::ShardIteratorType) -> String {
        self.iterator_of(position(stream, shard, kind)).unwrap()
    }

    /// `GetShardIterator`.
    pub(crate) fn iterator_of(&mut self, input: model::GetShardIteratorInput) -> Result<String, Error> {
        match self.call(Kinesis::GetShardIterator(input))? {
            KinesisReply::GetShardIterator(output) => Ok(output.shard_iterator.unwrap()),
            other => panic!("{other:?}"),
        }
    }

    /// `GetRecords`.
    pub(crate) fn get(&mut self, iterator: &str) -> Result<model::GetRecordsOutput, Error> {
        self.get_some(iterator, None)
    }

    /// `GetRecords` with a limit.
    pub(crate) fn get_some(&mut self, iterator: &str, limit: Option<i32>) -> Result<model::GetRecordsOutput, Error> {
        let shard_iterator = Some(iterator.to_owned());
        match self.call(Kinesis::GetRecords(model::GetRecordsInput { shard_iterator, limit, ..Default::default() }))? {
            KinesisReply::GetRecords(output) => Ok(output),
            other => panic!("{other:?}"),
        }
    }

    /// `SplitShard`.
    pub(crate) fn split(&mut self, stream: &str, shard: u32, at: &str) -> Result<(), Error> {
        let input = model::SplitShardInput {
            stream_name: Some(stream.to_owned()),
            shard_to_split: Some(shard_id(shard)),
            new_starting_hash_key: Some(at.to_owned()),
            ..Default::default()
        };
        self.call(Kinesis::SplitShard(input)).map(|_| ())
    }

    /// `MergeShards`.
    pub(crate) fn merge(&mut self, stream: &str, shard: u32, adjacent: u32) -> Result<(), Error> {
        let input = model::MergeShardsInput {
            stream_name: Some(stream.to_owned()),
            shard_to_merge: Some(shard_id(shard)),
            adjacent_shard_to_merge: Some(shard_id(adjacent)),
            ..Default::default()
        };
        self.call(Kinesis::MergeShards(input)).map(|_| ())
    }

    /// `UpdateShardCount`.
    pub(crate) fn scale(&mut self, stream: &str, target: i32) -> Result<model::UpdateShardCountOutput, Error> {
        let input = model::UpdateShardCountInput {
            stream_name: Some(stream.to_owned()),
            target_shard_count: Some(target),
            scaling_type: Some(model::ScalingType::UniformScaling),
            ..Default::default()
        };
        match self.call(Kinesis::UpdateShardCount(input))? {
            KinesisReply::UpdateShardCount(output) => Ok(output),
            other => panic!("{other:?}"),
        }
    }
}

/// The parameters of `PutRecord`.
pub(crate) fn record(stream: &str, key: &str, data: Vec<u8>) -> model::PutRecordInput {
    model::PutRecordInput {
        stream_name: Some(stream.to_owned()),
        partition_key: Some(key.to_owned()),
        data: Some(data.into()),
        ..Default::default()
    }
}

/// An entry of `PutRecords`.
pub(crate) fn entry(key: &str, data: impl Into<Bytes>) -> model::PutRecordsRequestEntry {
    model::PutRecordsRequestEntry { data: Some(data.into()), partition_key: Some(key.to_owned()), ..Default::default() }
}

/// The parameters of `GetShardIterator`.
pub(crate) fn position(stream: &str, shard: u32, kind: model::ShardIteratorType) -> model::GetShardIteratorInput {
    model::GetShardIteratorInput {
        stream_name: Some(stream.to_owned()),
        shard_id: Some(shard_id(shard)),
        shard_iterator_type: Some(kind),
        ..Default::default()
    }
}

/// The id of a shard.
pub(crate) fn shard_id(number: u32) -> String {
    format!("shardId-{number:012}")
}

/// What was read, as texts.
pub(crate) fn texts(output: &model::GetRecordsOutput) -> Vec<String> {
    let records = output.records.as_deref().unwrap();
    records.iter().map(|record| String::from_utf8(record.data.as_deref().unwrap().to_vec()).unwrap()).collect()
}

/// Id, parents and hash keys of a shard, and whether it is open.
pub(crate) fn outline(shard: &model::Shard) -> (String, Vec<String>, String, String, bool) {
    let range = shard.hash_key_range.clone().unwrap();
    let parents = shard.parent_shard_id.clone().into_iter().chain(shard.adjacent_parent_shard_id.clone()).collect();
    let is_open = shard.sequence_number_range.as_ref().unwrap().ending_sequence_number.is_none();
    let id = shard.shard_id.clone().unwrap();
    (id, parents, range.starting_hash_key.unwrap(), range.ending_hash_key.unwrap(), is_open)
}
