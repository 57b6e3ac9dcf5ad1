//! One stream.

use std::collections::BTreeMap;
use std::sync::Arc;

use redeliver_model::kinesis::{
    EncryptionType, EnhancedMetrics, MetricsName, RecordDistributionStrategy, StreamMode, StreamModeDetails,
};

use super::consumer::{Consumer, ConsumerId};
use super::day::Day;
use super::growth::Growth;
use super::shards::Shards;
use super::status::Status;
use super::throughput::Throughput;
use super::{Error, ShardId};
use crate::Timestamp;

/// Hours for which a new stream keeps its records.
/// <https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html>
pub(in crate::kinesis) const RETENTION_HOURS: u32 = 24;
/// Largest record of a new stream, in KiB. <https://docs.aws.amazon.com/streams/latest/dev/large-records.html>
pub(in crate::kinesis) const RECORD_KIB: u32 = 1_024;

/// Names a stream for as long as it lives; one that is made anew under an old name has another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct StreamId(pub(crate) u32);

/// How the capacity of a stream is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::kinesis) enum Mode {
    /// Its owner says how many shards there are.
    Provisioned,
    /// AWS does.
    OnDemand,
}

impl Mode {
    /// As clients see it.
    pub(in crate::kinesis) fn to_model(self) -> StreamModeDetails {
        let mode = match self {
            Self::Provisioned => StreamMode::Provisioned,
            Self::OnDemand => StreamMode::OnDemand,
        };
        StreamModeDetails { stream_mode: Some(mode) }
    }
}

/// One stream.
#[derive(Debug)]
pub(crate) struct Stream {
    /// Its name.
    pub(in crate::kinesis) name: Arc<str>,
    /// Account of its owner.
    pub(in crate::kinesis) account: Arc<str>,
    /// Its region.
    pub(in crate::kinesis) region: Arc<str>,
    /// Its ARN.
    pub(in crate::kinesis) arn: Arc<str>,
    /// When it was asked for.
    pub(in crate::kinesis) created_at: Timestamp,
    /// What it is busy with.
    pub(in crate::kinesis) status: Status,
    /// How its capacity is chosen.
    pub(in crate::kinesis) mode: Mode,
    /// Its shards; none while it is being made.
    pub(in crate::kinesis) shards: Shards,
    /// Hours for which it keeps its records.
    pub(in crate::kinesis) retention_hours: u32,
    /// Its largest record in KiB.
    pub(in crate::kinesis) record_kib_max: u32,
    /// Whether AWS chooses the shard of a record, whatever its partition key.
    pub(in crate::kinesis) spreads: bool,
    /// MiB a second that are ready at any time, as asked for.
    pub(in crate::kinesis) warm_mib: Option<u32>,
    /// When the number of its shards was changed.
    pub(in crate::kinesis) scalings: Day,
    /// When its mode was changed.
    pub(in crate::kinesis) mode_changes: Day,
    /// What it took lately, if it is an on-demand stream.
    pub(in crate::kinesis) growth: Growth,
    /// The key of KMS that its records are encrypted with.
    pub(in crate::kinesis) key_id: Option<String>,
    /// The metrics of shards that are on.
    pub(in crate::kinesis) metrics: Vec<MetricsName>,
    /// Its tags.
    pub(in crate::kinesis) tags: BTreeMap<String, String>,
    /// Its resource policy.
    pub(in crate::kinesis) policy: Option<String>,
    /// Its consumers with enhanced fan-out.
    pub(in crate::kinesis) consumers: BTreeMap<ConsumerId, Consumer>,
    /// When its encryption was started lately.
    pub(in crate::kinesis) encryption_started: Vec<Timestamp>,
    /// When its encryption was stopped lately.
    pub(in crate::kinesis) encryption_stopped: Vec<Timestamp>,
}

impl Stream {
    /// Refuses an operation on a stream that is being made, changed or deleted.
    pub(in crate::kinesis) fn be_active(&self) -> Result<(), Error> {
        match self.status {
            Status::Active => Ok(()),
            _ => Err(Error::StreamNotActive {
                stream: Arc::clone(&self.name),
                account: Arc::clone(&self.account),
                status: self.status.to_model(),
            }),
        }
    }

    /// Refuses reads and writes of a stream that is not there yet. One that is being deleted may still be read and written.
    /// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DeleteStream.html>
    pub(in crate::kinesis) fn be_there(&self) -> Result<(), Error> {
        if matches!(self.status, Status::Creating { .. }) { Err(self.not_found()) } else { Ok(()) }
    }

    /// That there is no such stream.
    pub(in crate::kinesis) fn not_found(&self) -> Error {
        Error::StreamNotFound { stream: self.name.to_string(), account: Arc::clone(&self.account) }
    }

    /// What a shard takes in and gives out.
    pub(in crate::kinesis) fn throughput(&mut self, shard: ShardId) -> Option<&mut Throughput> {
        self.shards.get_mut(shard).map(|shard| &mut shard.throughput)
    }

    /// That the throughput of a shard is used up.
    pub(in crate::kinesis) fn rate_exceeded(&self, shard: ShardId) -> Error {
        Error::RateExceeded { shard, stream: Arc::clone(&self.name), account: Arc::clone(&self.account) }
    }

    /// The records that came before are gone at `now`.
    pub(in crate::kinesis) fn horizon(&self, now: Timestamp) -> Timestamp {
        let retention_ms = u64::from(self.retention_hours) * 3_600_000;
        // A record is kept for less than the retention, not until its last millisecond is over.
        Timestamp((now.as_millis() + 1).saturating_sub(retention_ms))
    }

    /// Bytes of its largest record with the partition key.
    pub(in crate::kinesis) fn record_bytes_max(&self) -> usize {
        usize::try_from(self.record_kib_max).unwrap_or(usize::MAX).saturating_mul(1_024)
    }

    /// Whether AWS chooses its capacity.
    pub(in crate::kinesis) fn is_on_demand(&self) -> bool {
        self.mode == Mode::OnDemand
    }

    /// Its open shards, or those that it is being made with.
    pub(in crate::kinesis) fn shard_count(&self) -> u64 {
        match self.status {
            Status::Creating { shards } => shards.into(),
            _ => u64::try_from(self.shards.open_count()).unwrap_or(u64::MAX),
        }
    }

    /// `EncryptionType` of the stream and its records.
    pub(in crate::kinesis) fn encryption_type(&self) -> EncryptionType {
        if self.key_id.is_some() { EncryptionType::Kms } else { EncryptionType::None }
    }

    /// `RecordDistributionStrategy`, which on-demand streams alone have.
    pub(in crate::kinesis) fn distribution(&self) -> Option<RecordDistributionStrategy> {
        use RecordDistributionStrategy::{Auto, UserPartitionKey};
        (self.mode == Mode::OnDemand).then_some(if self.spreads { Auto } else { UserPartitionKey })
    }

    /// `EnhancedMonitoring`.
    pub(in crate::kinesis) fn enhanced_monitoring(&self) -> Vec<EnhancedMetrics> {
        vec![EnhancedMetrics { shard_level_metrics: Some(self.metrics.clone()) }]
    }
}
