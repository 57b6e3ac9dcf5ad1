//! `UpdateShardCount`.

use redeliver_model::kinesis::{UpdateShardCountInput, UpdateShardCountOutput};

use super::change::Change;
use super::context::Context;
use super::find::Named;
use super::status::Status;
use super::{Error, Kinesis};

/// Shards that a stream may be scaled to.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateShardCount.html>
const SHARDS_MAX: u64 = 10_000;
/// Scalings of a stream in any 24 hours.
const SCALINGS_MAX: usize = 10;

impl Kinesis {
    /// Changes the number of shards, which takes a while.
    pub(in crate::kinesis) fn update_shard_count(
        &mut self,
        cx: &mut Context<'_>,
        input: &UpdateShardCountInput,
    ) -> Result<UpdateShardCountOutput, Error> {
        let id = self.find(cx.caller, Named::new(input.stream_name.as_ref(), input.stream_arn.as_ref()))?;
        let stream = self.stream(id);
        stream.be_reshardable(cx.operation)?;
        let asked = input.target_shard_count.ok_or(Error::Missing { member: "targetShardCount" })?;
        let must = "have value greater than or equal to 1";
        let target = u32::try_from(asked).ok().filter(|target| *target > 0);
        let target = target.ok_or(Error::OutOfRange { member: "targetShardCount", value: asked.into(), must })?;
        let current = stream.shard_count();
        let wide = u64::from(target);
        if wide > current * 2 {
            return Err(Error::ScaledTooFar { up: true, current, target: wide });
        }
        if wide * 2 < current {
            return Err(Error::ScaledTooFar { up: false, current, target: wide });
        }
        if wide > SHARDS_MAX || (current > SHARDS_MAX && wide >= SHARDS_MAX) {
            return Err(Error::TooManyShardsOfStream { limit: SHARDS_MAX });
        }
        if !self.stream_mut(id).scalings.may_come(cx.now, SCALINGS_MAX) {
            return Err(Error::TooOften { operation: cx.operation, limit: SCALINGS_MAX });
        }
        self.admit_shards(cx.caller, wide.saturating_sub(current))?;
        self.stream_mut(id).scalings.came(cx.now);
        self.begin(cx, id, Status::Updating(Change::Scale { target }));
        let stream = self.stream(id);
        Ok(UpdateShardCountOutput {
            current_shard_count: i32::try_from(current).ok(),
            stream_arn: Some(stream.arn.to_string()),
            stream_name: Some(stream.name.to_string()),
            target_shard_count: Some(asked),
        })
    }
}
