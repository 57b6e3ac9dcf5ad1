//! `DescribeStream`.

use redeliver_model::kinesis::{DescribeStreamInput, DescribeStreamOutput, StreamDescription};

use super::context::Context;
use super::find::Named;
use super::shard::Shard;
use super::{Error, Kinesis, ShardId};

/// Shards of a page, unless the call says another number.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeStream.html>
const SHARDS: i32 = 100;

impl Kinesis {
    /// A stream with a page of its shards.
    pub(in crate::kinesis) fn describe_stream(
        &mut self,
        cx: &mut Context<'_>,
        input: &DescribeStreamInput,
    ) -> Result<DescribeStreamOutput, Error> {
        let id = self.find(cx.caller, Named::new(input.stream_name.as_ref(), input.stream_arn.as_ref()))?;
        let stream = self.stream(id);
        let size = usize::try_from(input.limit.unwrap_or(SHARDS)).unwrap_or_default().max(1);
        let after = input.exclusive_start_shard_id.as_deref().and_then(ShardId::parse);
        let mut listed = stream.listed(cx.now).filter(|shard| after.is_none_or(|after| shard.id > after));
        let shards = listed.by_ref().take(size).map(Shard::to_model).collect();
        let description = StreamDescription {
            encryption_type: Some(stream.encryption_type()),
            enhanced_monitoring: Some(stream.enhanced_monitoring()),
            has_more_shards: Some(listed.next().is_some()),
            key_id: stream.key_id.clone(),
            retention_period_hours: i32::try_from(stream.retention_hours).ok(),
            shards: Some(shards),
            stream_arn: Some(stream.arn.to_string()),
            stream_creation_timestamp: Some(stream.created_at),
            stream_mode_details: Some(stream.mode.to_model()),
            stream_name: Some(stream.name.to_string()),
            stream_status: Some(stream.status.to_model()),
        };
        Ok(DescribeStreamOutput { stream_description: Some(description) })
    }
}
