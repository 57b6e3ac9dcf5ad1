//! `CreateStream`.

use std::collections::BTreeMap;
use std::sync::Arc;

use redeliver_model::kinesis::{CreateStreamInput, RecordDistributionStrategy, StreamMode};

use super::context::Context;
use super::day::Day;
use super::event::{Event, Happening};
use super::find::prefix;
use super::growth::Growth;
use super::shards::Shards;
use super::status::Status;
use super::stream::{Mode, RECORD_KIB, RETENTION_HOURS};
use super::update_max_record_size::record_kib;
use super::update_stream_warm_throughput::warm_mib;
use super::{Error, Kinesis, Stream, tags};
use crate::Caller;

/// Streams of an account that may be in the making at once.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html>
const CREATING_MAX: usize = 5;
/// Shards of a new on-demand stream. Recorded for a stream that was made without number and mode.
const ON_DEMAND_SHARDS: u32 = 4;

impl Kinesis {
    /// Makes a stream, which takes a while.
    pub(in crate::kinesis) fn create_stream(
        &mut self,
        cx: &mut Context<'_>,
        input: CreateStreamInput,
    ) -> Result<(), Error> {
        let name: Arc<str> = input.stream_name.as_deref().ok_or(Error::Missing { member: "streamName" })?.into();
        let arn: Arc<str> = format!("{}{name}", prefix(cx.caller)).into();
        let (mode, shards) = capacity(&input)?;
        let record_kib_max = input.max_record_size_in_ki_b.map_or(Ok(RECORD_KIB), record_kib)?;
        let warm = input.warm_throughput_mi_bps.map(warm_mib).transpose()?;
        let shards = shards.max(warm.unwrap_or(0));
        if self.registry.by_arn(&arn).is_some() {
            return Err(Error::StreamExists { stream: name, account: Arc::clone(&cx.caller.account) });
        }
        let given: BTreeMap<_, _> = input.tags.into_iter().flatten().collect();
        tags::check(&given)?;
        tags::fit(&given, &name, &cx.caller.account)?;
        self.admit(cx.caller, mode, shards)?;
        let id = self.registry.add(Stream {
            name,
            account: Arc::clone(&cx.caller.account),
            region: Arc::clone(&cx.caller.region),
            arn: Arc::clone(&arn),
            created_at: cx.now,
            status: Status::Active,
            mode,
            shards: Shards::default(),
            retention_hours: RETENTION_HOURS,
            record_kib_max,
            spreads: input.record_distribution_strategy == Some(RecordDistributionStrategy::Auto),
            warm_mib: warm,
            scalings: Day::default(),
            mode_changes: Day::default(),
            growth: Growth::default(),
            key_id: None,
            metrics: Vec::new(),
            tags: given,
            policy: None,
            consumers: BTreeMap::new(),
            encryption_started: Vec::new(),
            encryption_stopped: Vec::new(),
        });
        cx.log.kinesis(|| Event { at: cx.now, stream: arn, what: Happening::StreamCreated });
        self.begin(cx, id, Status::Creating { shards });
        Ok(())
    }

    /// Refuses a stream that the account has no room for.
    fn admit(&self, caller: &Caller, mode: Mode, shards: u32) -> Result<(), Error> {
        let of_account = self.registry.of(&prefix(caller));
        let creating = of_account.filter(|stream| matches!(stream.status, Status::Creating { .. })).count();
        if creating >= CREATING_MAX {
            return Err(Error::TooManyCreating { account: Arc::clone(&caller.account) });
        }
        match mode {
            Mode::Provisioned => self.admit_shards(caller, shards.into()),
            Mode::OnDemand => self.admit_on_demand(caller),
        }
    }

    /// Refuses an on-demand stream that the account has no room for.
    pub(in crate::kinesis) fn admit_on_demand(&self, caller: &Caller) -> Result<(), Error> {
        let limit = self.limits.on_demand_streams;
        let on_demand = self.registry.of(&prefix(caller)).filter(|stream| stream.mode == Mode::OnDemand).count();
        if on_demand < limit {
            return Ok(());
        }
        Err(Error::TooManyOnDemand { account: Arc::clone(&caller.account), limit })
    }

    /// Refuses shards that the account has no room for.
    pub(in crate::kinesis) fn admit_shards(&self, caller: &Caller, more: u64) -> Result<(), Error> {
        let (current, limit) = (self.shards_of(caller), self.shard_limit(&caller.region));
        if current + more <= limit {
            return Ok(());
        }
        let (account, region) = (Arc::clone(&caller.account), Arc::clone(&caller.region));
        Err(Error::TooManyShards { account, region, current, limit, more })
    }

    /// The open shards of an account's provisioned streams.
    pub(in crate::kinesis) fn shards_of(&self, caller: &Caller) -> u64 {
        let provisioned = self.registry.of(&prefix(caller)).filter(|stream| stream.mode == Mode::Provisioned);
        provisioned.map(Stream::shard_count).sum()
    }

    /// How many shards an account may have in a region.
    /// <https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html>
    pub(in crate::kinesis) fn shard_limit(&self, region: &str) -> u64 {
        let of_region = match region {
            "us-east-1" | "us-west-2" | "eu-west-1" => 20_000,
            // AWS allows 6,000 in some of them.
            _ => 1_000,
        };
        self.limits.shards.unwrap_or(of_region)
    }
}

/// The mode of a new stream and the number of its shards.
fn capacity(input: &CreateStreamInput) -> Result<(Mode, u32), Error> {
    let mode = input.stream_mode_details.as_ref().and_then(|details| details.stream_mode.as_ref());
    let count = input.shard_count.map(|count| {
        let must = "have value greater than or equal to 1";
        u32::try_from(count).ok().filter(|count| *count > 0).ok_or(Error::OutOfRange {
            member: "shardCount",
            value: count.into(),
            must,
        })
    });
    let mode = match (mode, count.transpose()?) {
        (Some(StreamMode::OnDemand) | None, None) => (Mode::OnDemand, ON_DEMAND_SHARDS),
        (Some(StreamMode::Provisioned) | None, Some(count)) => (Mode::Provisioned, count),
        // silent: the texts.
        (Some(StreamMode::OnDemand), Some(_)) => {
            return Err(Error::Creation { reason: "ShardCount cannot be specified for an ON_DEMAND stream." });
        }
        (Some(StreamMode::Provisioned), None) => {
            return Err(Error::Creation { reason: "ShardCount must be specified for a PROVISIONED stream." });
        }
        (Some(StreamMode::Other(other)), _) => {
            return Err(Error::Unknown { member: "streamModeDetails.streamMode", value: other.to_string() });
        }
    };
    if mode.0 == Mode::Provisioned && input.warm_throughput_mi_bps.is_some() {
        return Err(Error::NoWarmThroughput);
    }
    if mode.0 == Mode::Provisioned && input.record_distribution_strategy == Some(RecordDistributionStrategy::Auto) {
        return Err(Error::Distribution);
    }
    Ok(mode)
}
