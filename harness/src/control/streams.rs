//! The streams as they are.

use redeliver_core::Timestamp;
use redeliver_core::kinesis::{ChannelView, ConsumerView, QueueView, ShardId, ShardView, StreamView};
use redeliver_model::kinesis::StreamMode;
use serde_json::{Value, json};

use super::state::map;

/// A stream with its shards, consumers, queues and channels.
pub(super) fn stream(stream: &StreamView) -> Value {
    json!({
        "account": stream.account.as_ref(),
        "region": stream.region.as_ref(),
        "name": stream.name.as_ref(),
        "arn": stream.arn.as_ref(),
        "status": stream.status.as_str(),
        "mode": stream.mode.as_ref().map(StreamMode::as_str),
        "retention_hours": stream.retention_hours,
        "key_id": stream.key_id,
        "tags": map(&stream.tags),
        "shards": stream.shards.iter().map(shard).collect::<Vec<_>>(),
        "consumers": stream.consumers.iter().map(consumer).collect::<Vec<_>>(),
        "queues": stream.queues.iter().map(queue).collect::<Vec<_>>(),
        "channels": stream.channels.iter().map(channel).collect::<Vec<_>>(),
    })
}

fn shard(shard: &ShardView) -> Value {
    json!({
        "id": shard.id.to_text(),
        "starting_hash_key": shard.range.start.to_string(),
        "ending_hash_key": shard.range.end.to_string(),
        "open": shard.is_open,
        "parents": shard.parents.iter().copied().map(ShardId::to_text).collect::<Vec<_>>(),
        "records_taken": shard.taken,
        "records_kept": shard.kept,
    })
}

fn consumer(consumer: &ConsumerView) -> Value {
    json!({
        "name": consumer.name.as_ref(),
        "arn": consumer.arn.as_ref(),
        "status": consumer.status.as_str(),
        "subscriptions": consumer.subscriptions,
    })
}

fn queue(queue: &QueueView) -> Value {
    json!({
        "name": queue.name.as_ref(),
        "arn": queue.arn.as_ref(),
        "status": queue.status.as_str(),
        "visible": queue.visible,
        "in_flight": queue.in_flight,
        "dead_letters": queue.dead_letters,
    })
}

fn channel(channel: &ChannelView) -> Value {
    json!({
        "name": channel.name.as_ref(),
        "arn": channel.arn.as_ref(),
        "status": channel.status.as_str(),
        "objects": channel.objects,
        "records": channel.records,
        "dead_letters": channel.dead_letters,
        "due_at_ms": channel.due_at.map(Timestamp::as_millis),
    })
}
