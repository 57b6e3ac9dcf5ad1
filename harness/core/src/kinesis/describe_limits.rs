//! `DescribeLimits`.

use redeliver_model::kinesis::DescribeLimitsOutput;

use super::Kinesis;
use super::context::Context;
use super::find::prefix;

/// Delivery channels of an account and region. silent: the number.
const CHANNELS_MAX: i32 = 100;

impl Kinesis {
    /// What the caller's account has in its region, and what it may have.
    pub(in crate::kinesis) fn describe_limits(&self, cx: &Context<'_>) -> DescribeLimitsOutput {
        let on_demand = self.registry.of(&prefix(cx.caller)).filter(|stream| stream.is_on_demand()).count();
        DescribeLimitsOutput {
            channel_count: Some(0),
            channel_count_limit: Some(CHANNELS_MAX),
            on_demand_stream_count: i32::try_from(on_demand).ok(),
            on_demand_stream_count_limit: i32::try_from(self.limits.on_demand_streams).ok(),
            open_shard_count: i32::try_from(self.shards_of(cx.caller)).ok(),
            shard_limit: i32::try_from(self.shard_limit(&cx.caller.region)).ok(),
        }
    }
}
