//! From commands to operations, and from their results to replies.

use std::mem::take;

use redeliver_model::kinesis::{Command, Reply};

use super::context::Context;
use super::{Error, Kinesis};

impl Kinesis {
    /// Carries out `command`.
    pub(in crate::kinesis) fn dispatch(&mut self, cx: &mut Context<'_>, command: &mut Command) -> Result<Reply, Error> {
        Ok(match command {
            Command::CreateStream(input) => self.create_stream(cx, take(input)).map(|()| Reply::CreateStream)?,
            Command::DecreaseStreamRetentionPeriod(input) => {
                self.decrease_stream_retention_period(cx, input).map(|()| Reply::DecreaseStreamRetentionPeriod)?
            }
            Command::DeleteStream(input) => self.delete_stream(cx, input).map(|()| Reply::DeleteStream)?,
            Command::DescribeStream(input) => Reply::DescribeStream(self.describe_stream(cx, input)?),
            Command::DescribeStreamSummary(input) => {
                Reply::DescribeStreamSummary(self.describe_stream_summary(cx, input)?)
            }
            Command::GetRecords(input) => Reply::GetRecords(self.get_records(cx, input)?),
            Command::GetShardIterator(input) => Reply::GetShardIterator(self.get_shard_iterator(cx, input)?),
            Command::IncreaseStreamRetentionPeriod(input) => {
                self.increase_stream_retention_period(cx, input).map(|()| Reply::IncreaseStreamRetentionPeriod)?
            }
            Command::ListShards(input) => Reply::ListShards(self.list_shards(cx, input)?),
            Command::ListStreams(input) => Reply::ListStreams(self.list_streams(cx, input)?),
            Command::PutRecord(input) => Reply::PutRecord(self.put_record(cx, take(input))?),
            Command::PutRecords(input) => Reply::PutRecords(self.put_records(cx, take(input))?),
            _ => return self.dispatch_control(cx, command),
        })
    }

    /// Carries out what is not about the records of a stream or its shards.
    fn dispatch_control(&mut self, cx: &mut Context<'_>, command: &mut Command) -> Result<Reply, Error> {
        Ok(match command {
            Command::DescribeAccountSettings(_) => Reply::DescribeAccountSettings(self.describe_account_settings(cx)),
            Command::DescribeLimits(_) => Reply::DescribeLimits(self.describe_limits(cx)),
            Command::AddTagsToStream(input) => {
                self.add_tags_to_stream(cx, take(input)).map(|()| Reply::AddTagsToStream)?
            }
            Command::DeleteResourcePolicy(input) => {
                self.delete_resource_policy(cx, input).map(|()| Reply::DeleteResourcePolicy)?
            }
            Command::DeregisterStreamConsumer(input) => {
                self.deregister_stream_consumer(cx, input).map(|()| Reply::DeregisterStreamConsumer)?
            }
            Command::DescribeStreamConsumer(input) => {
                Reply::DescribeStreamConsumer(self.describe_stream_consumer(cx, input)?)
            }
            Command::DisableEnhancedMonitoring(input) => {
                Reply::DisableEnhancedMonitoring(self.disable_enhanced_monitoring(cx, input)?)
            }
            Command::EnableEnhancedMonitoring(input) => {
                Reply::EnableEnhancedMonitoring(self.enable_enhanced_monitoring(cx, input)?)
            }
            Command::GetResourcePolicy(input) => Reply::GetResourcePolicy(self.get_resource_policy(cx, input)?),
            Command::ListStreamConsumers(input) => Reply::ListStreamConsumers(self.list_stream_consumers(cx, input)?),
            Command::ListTagsForResource(input) => Reply::ListTagsForResource(self.list_tags_for_resource(cx, input)?),
            Command::ListTagsForStream(input) => Reply::ListTagsForStream(self.list_tags_for_stream(cx, input)?),
            Command::PutResourcePolicy(input) => {
                self.put_resource_policy(cx, take(input)).map(|()| Reply::PutResourcePolicy)?
            }
            Command::RegisterStreamConsumer(input) => {
                Reply::RegisterStreamConsumer(self.register_stream_consumer(cx, take(input))?)
            }
            Command::RemoveTagsFromStream(input) => {
                self.remove_tags_from_stream(cx, take(input)).map(|()| Reply::RemoveTagsFromStream)?
            }
            Command::StartStreamEncryption(input) => {
                self.start_stream_encryption(cx, take(input)).map(|()| Reply::StartStreamEncryption)?
            }
            Command::StopStreamEncryption(input) => {
                self.stop_stream_encryption(cx, input).map(|()| Reply::StopStreamEncryption)?
            }
            Command::TagResource(input) => self.tag_resource(cx, take(input)).map(|()| Reply::TagResource)?,
            Command::UntagResource(input) => self.untag_resource(cx, take(input)).map(|()| Reply::UntagResource)?,
            Command::UpdateAccountSettings(input) => {
                Reply::UpdateAccountSettings(self.update_account_settings(cx, input)?)
            }
            _ => return self.dispatch_capacity(cx, command),
        })
    }

    /// Carries out what changes how much a stream takes.
    fn dispatch_capacity(&mut self, cx: &mut Context<'_>, command: &mut Command) -> Result<Reply, Error> {
        Ok(match command {
            Command::MergeShards(input) => self.merge_shards(cx, input).map(|()| Reply::MergeShards)?,
            Command::SplitShard(input) => self.split_shard(cx, input).map(|()| Reply::SplitShard)?,
            Command::UpdateMaxRecordSize(input) => {
                self.update_max_record_size(cx, input).map(|()| Reply::UpdateMaxRecordSize)?
            }
            Command::UpdateShardCount(input) => Reply::UpdateShardCount(self.update_shard_count(cx, input)?),
            Command::UpdateStreamMode(input) => self.update_stream_mode(cx, input).map(|()| Reply::UpdateStreamMode)?,
            Command::UpdateStreamRecordDistributionStrategy(input) => {
                self.update_distribution(cx, input).map(|()| Reply::UpdateStreamRecordDistributionStrategy)?
            }
            Command::UpdateStreamWarmThroughput(input) => {
                Reply::UpdateStreamWarmThroughput(self.update_stream_warm_throughput(cx, input)?)
            }
            _ => return self.dispatch_queues(cx, command),
        })
    }

    /// Carries out what is about queues, but for receives, which may wait.
    fn dispatch_queues(&mut self, cx: &mut Context<'_>, command: &mut Command) -> Result<Reply, Error> {
        Ok(match command {
            Command::AcknowledgeDeadLetterQueueRecords(input) => {
                Reply::AcknowledgeDeadLetterQueueRecords(self.acknowledge_dead_letters(cx, take(input))?)
            }
            Command::AcknowledgeQueueRecords(input) => {
                Reply::AcknowledgeQueueRecords(self.acknowledge_queue_records(cx, take(input))?)
            }
            Command::CreateQueue(input) => Reply::CreateQueue(self.create_queue(cx, take(input))?),
            Command::DeleteQueue(input) => self.delete_queue(cx, input).map(|()| Reply::DeleteQueue)?,
            Command::DescribeQueue(input) => Reply::DescribeQueue(self.describe_queue(input)?),
            Command::ListQueues(input) => Reply::ListQueues(self.list_queues(cx, input)?),
            Command::RestoreDeadLetterQueueRecords(input) => {
                Reply::RestoreDeadLetterQueueRecords(self.restore_dead_letters(cx, take(input))?)
            }
            Command::UpdateDeadLetterQueueRecordsVisibility(input) => {
                Reply::UpdateDeadLetterQueueRecordsVisibility(self.update_dead_letters_visibility(cx, take(input))?)
            }
            Command::UpdateQueue(input) => Reply::UpdateQueue(self.update_queue(cx, input)?),
            Command::UpdateQueueRecordsVisibility(input) => {
                Reply::UpdateQueueRecordsVisibility(self.update_queue_records_visibility(cx, take(input))?)
            }
            _ => return self.dispatch_channels(cx, command),
        })
    }

    /// Carries out what is about channels.
    fn dispatch_channels(&mut self, cx: &mut Context<'_>, command: &mut Command) -> Result<Reply, Error> {
        Ok(match command {
            Command::CreateChannel(input) => Reply::CreateChannel(self.create_channel(cx, take(input))?),
            Command::DeleteChannel(input) => self.delete_channel(cx, input).map(|()| Reply::DeleteChannel)?,
            Command::DescribeChannel(input) => Reply::DescribeChannel(self.describe_channel(cx, input)?),
            Command::ListChannels(input) => Reply::ListChannels(self.list_channels(cx, input)?),
            Command::UpdateChannel(input) => Reply::UpdateChannel(self.update_channel(cx, input)?),
            other => unreachable!("`{}` is carried out elsewhere", other.operation().name),
        })
    }
}
