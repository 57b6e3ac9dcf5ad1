//! Streams of a run, and how they are made.

use std::sync::Arc;
use std::time::Duration;

use aws_sdk_kinesis::types::{StreamMode, StreamModeDetails, StreamStatus};

use super::run::Run;

/// Kinesis in a run.
///
/// ```
/// use redeliver::Test;
///
/// let outcome = Test::new("orders").seeds(5).run(|world| async move {
///     let stream = world.kinesis().stream("orders").create().await;
///     world.put(&stream, [("customer-1", "order-1"), ("customer-2", "order-2")]).await;
///     let consume = world.consume(|aws| {
///         let (effects, leases, kinesis) = (world.effects(), aws.leases(), aws.kinesis());
///         async move {
///             let lease = leases.take("shardId-000000000000").await?;
///             let get = kinesis.get_shard_iterator().stream_name("orders").shard_id(&lease.shard);
///             let get = match &lease.checkpoint {
///                 Some(sequence) => get.shard_iterator_type("AFTER_SEQUENCE_NUMBER".into()).starting_sequence_number(sequence),
///                 None => get.shard_iterator_type("TRIM_HORIZON".into()),
///             };
///             let mut iterator = get.send().await?.shard_iterator;
///             while let Some(at) = iterator {
///                 let read = kinesis.get_records().shard_iterator(at).send().await?;
///                 for record in &read.records {
///                     let order = String::from_utf8_lossy(record.data.as_ref());
///                     if effects.of(&order).is_empty() {
///                         effects.record(order, 1);
///                     }
///                 }
///                 match read.records.last() {
///                     Some(last) => leases.checkpoint(&lease, &last.sequence_number).await?,
///                     None => leases.renew(&lease).await?,
///                 }
///                 iterator = read.next_shard_iterator;
///                 aws.sleep(std::time::Duration::from_secs(1)).await;
///             }
///             Ok::<_, Box<dyn std::error::Error>>(())
///         }
///     });
///     consume.until_read(&stream).await;
///     world.check().effect_once();
/// });
/// outcome.unwrap();
/// ```
#[derive(Debug, Clone)]
pub struct Kinesis {
    pub(crate) run: Arc<Run>,
}

impl Kinesis {
    /// A provisioned stream of this name, to be created.
    pub fn stream(&self, name: &str) -> StreamBuilder {
        let run = Arc::clone(&self.run);
        StreamBuilder { run, name: name.to_owned(), shards: Some(1), retention: None, max_record_kib: None }
    }

    /// A client of the test itself: noted in the history, spared by faults.
    pub fn client(&self) -> aws_sdk_kinesis::Client {
        self.run.kinesis_client()
    }
}

/// A stream of a run.
#[derive(Debug, Clone)]
pub struct Stream {
    pub(crate) run: Arc<Run>,
    pub(crate) name: String,
    pub(crate) arn: String,
    pub(crate) retention: Duration,
}

impl Stream {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its ARN.
    pub fn arn(&self) -> &str {
        &self.arn
    }
}

/// How long a stream keeps its records if nothing else is said.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_IncreaseStreamRetentionPeriod.html>
const RETENTION: Duration = Duration::from_hours(24);

/// How often is looked whether a stream is ready.
const LOOK: Duration = Duration::from_millis(100);

/// A stream that is to be created. What is not said is as Kinesis has it by default.
#[derive(Debug)]
#[must_use = "nothing is created before `create` is awaited"]
pub struct StreamBuilder {
    run: Arc<Run>,
    name: String,
    /// How many; none of an on-demand stream.
    shards: Option<i32>,
    retention: Option<Duration>,
    max_record_kib: Option<i32>,
}

impl StreamBuilder {
    /// How many shards it begins with. Default 1.
    pub fn shards(self, shards: i32) -> Self {
        Self { shards: Some(shards), ..self }
    }

    /// AWS chooses the number of its shards.
    pub fn on_demand(self) -> Self {
        Self { shards: None, ..self }
    }

    /// How long it keeps its records, whole hours. Default 24 hours.
    pub fn retention(self, retention: Duration) -> Self {
        Self { retention: Some(retention), ..self }
    }

    /// Its largest record, in KiB. Default 1,024.
    pub fn max_record_kib(self, kib: i32) -> Self {
        Self { max_record_kib: Some(kib), ..self }
    }

    /// Creates it, and waits until it is active.
    ///
    /// # Panics
    ///
    /// When Kinesis refuses, for example because a setting has a wrong value.
    pub async fn create(self) -> Stream {
        let Self { run, name, shards, retention, max_record_kib } = self;
        let client = run.kinesis_client();
        let create = client.create_stream().stream_name(&name).set_max_record_size_in_kib(max_record_kib);
        let create = match shards {
            Some(shards) => create.shard_count(shards),
            None => create.stream_mode_details(
                StreamModeDetails::builder().stream_mode(StreamMode::OnDemand).build().expect("it has a mode"),
            ),
        };
        if let Err(error) = create.send().await {
            panic!("the stream `{name}` was not created: {:?}", error.into_service_error());
        }
        let mut stream = Stream { run, name, arn: String::new(), retention: RETENTION };
        stream.arn = stream.ready().await;
        if let Some(retention) = retention.filter(|retention| *retention != RETENTION) {
            let hours = i32::try_from(retention.as_secs() / 3_600).unwrap_or(i32::MAX);
            let increase =
                client.increase_stream_retention_period().stream_name(&stream.name).retention_period_hours(hours);
            if let Err(error) = increase.send().await {
                panic!("`{}` does not keep its records so long: {:?}", stream.name, error.into_service_error());
            }
            stream.retention = retention;
            stream.ready().await;
        }
        stream.run.streams().push(stream.clone());
        stream
    }
}

impl Stream {
    /// Waits until it is active; gives its ARN.
    pub(super) async fn ready(&self) -> String {
        let client = self.run.kinesis_client();
        loop {
            let asked = client.describe_stream_summary().stream_name(&self.name).send().await;
            let told = asked.ok().and_then(|asked| asked.stream_description_summary);
            let told = told.expect("a stream that was created tells what it does");
            if told.stream_status == StreamStatus::Active {
                return told.stream_arn;
            }
            self.run.clock().advance(LOOK).await;
        }
    }
}
