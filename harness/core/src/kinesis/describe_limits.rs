//! `DescribeLimits`.

use redeliver_model::kinesis::DescribeLimitsOutput;

use super::Kinesis;
use super::context::Context;
use super::find::prefix;

/// Channels of a stream: one to a bucket, and one to a table. Their number in an account follows from that of its on-demand streams.
/// <https://docs.aws.amazon.com/streams/latest/dev/data-delivery-quotas.html>
const CHANNELS_OF_STREAM: usize = 2;

impl Kinesis {
    /// What the caller's account has in its region, and what it may have.
    pub(in crate::kinesis) fn describe_limits(&self, cx: &Context<'_>) -> DescribeLimitsOutput {
        let on_demand = self.registry.of(&prefix(cx.caller)).filter(|stream| stream.is_on_demand()).count();
        DescribeLimitsOutput {
            channel_count: i32::try_from(self.channels.of_caller(cx.caller)).ok(),
            channel_count_limit: i32::try_from(self.limits.on_demand_streams * CHANNELS_OF_STREAM).ok(),
            on_demand_stream_count: i32::try_from(on_demand).ok(),
            on_demand_stream_count_limit: i32::try_from(self.limits.on_demand_streams).ok(),
            open_shard_count: i32::try_from(self.shards_of(cx.caller)).ok(),
            shard_limit: i32::try_from(self.shard_limit(&cx.caller.region)).ok(),
        }
    }
}
