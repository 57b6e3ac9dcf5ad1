//! `DescribeStreamSummary`.

use redeliver_model::kinesis::{DescribeStreamSummaryInput, DescribeStreamSummaryOutput, StreamDescriptionSummary};

use super::context::Context;
use super::find::Named;
use super::{Error, Kinesis};

impl Kinesis {
    /// A stream without its shards.
    pub(in crate::kinesis) fn describe_stream_summary(
        &mut self,
        cx: &mut Context<'_>,
        input: &DescribeStreamSummaryInput,
    ) -> Result<DescribeStreamSummaryOutput, Error> {
        let id = self.find(cx.caller, Named::new(input.stream_name.as_ref(), input.stream_arn.as_ref()))?;
        let stream = self.stream(id);
        let summary = StreamDescriptionSummary {
            channel_count: i32::try_from(self.channels.of_stream(id)).ok(),
            consumer_count: i32::try_from(stream.consumers.len()).ok(),
            encryption_type: Some(stream.encryption_type()),
            enhanced_monitoring: Some(stream.enhanced_monitoring()),
            key_id: stream.key_id.clone(),
            max_record_size_in_ki_b: i32::try_from(stream.record_kib_max).ok(),
            open_shard_count: i32::try_from(stream.shards.open_count()).ok(),
            queue_count: i32::try_from(self.queues.of_stream(id)).ok(),
            record_distribution_strategy: stream.distribution(),
            retention_period_hours: i32::try_from(stream.retention_hours).ok(),
            stream_arn: Some(stream.arn.to_string()),
            stream_creation_timestamp: Some(stream.created_at),
            stream_id: None,
            stream_mode_details: Some(stream.mode.to_model()),
            stream_name: Some(stream.name.to_string()),
            stream_status: Some(stream.status.to_model()),
            warm_throughput: stream.warm_throughput(),
        };
        Ok(DescribeStreamSummaryOutput { stream_description_summary: Some(summary) })
    }
}
