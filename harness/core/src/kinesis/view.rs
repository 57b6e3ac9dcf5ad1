//! Streams as they are, to be looked at from outside; nothing is changed by looking.

use std::sync::Arc;

use redeliver_model::kinesis::{ChannelStatus, ConsumerStatus, QueueStatus, StreamMode, StreamStatus};

use super::consumer::{Consumer, ConsumerId};
use super::{HashRange, Kinesis, Shard, ShardId, Stream, StreamId};
use crate::Timestamp;

/// A stream as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamView {
    /// Account id of the owner.
    pub account: Arc<str>,
    /// Region.
    pub region: Arc<str>,
    /// Name.
    pub name: Arc<str>,
    /// ARN.
    pub arn: Arc<str>,
    /// What it is busy with.
    pub status: StreamStatus,
    /// Who chooses its capacity.
    pub mode: Option<StreamMode>,
    /// Hours for which it keeps its records.
    pub retention_hours: u32,
    /// The key that its records are encrypted with.
    pub key_id: Option<String>,
    /// Tags by key.
    pub tags: Vec<(String, String)>,
    /// All shards that there ever were, by number.
    pub shards: Vec<ShardView>,
    /// Consumers with enhanced fan-out, in the order in which they were registered.
    pub consumers: Vec<ConsumerView>,
    /// Queues, in the order in which they were made.
    pub queues: Vec<QueueView>,
    /// Channels, in the order in which they were made.
    pub channels: Vec<ChannelView>,
}

/// A shard as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShardView {
    /// Name.
    pub id: ShardId,
    /// The hash keys that it holds.
    pub range: HashRange,
    /// Whether it takes records.
    pub is_open: bool,
    /// The shards that it came from.
    pub parents: Vec<ShardId>,
    /// Records that it ever took.
    pub taken: u64,
    /// Records that it keeps.
    pub kept: u64,
}

/// A consumer as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsumerView {
    /// Name.
    pub name: Arc<str>,
    /// ARN.
    pub arn: Arc<str>,
    /// What it is busy with.
    pub status: ConsumerStatus,
    /// How many shards it is subscribed to.
    pub subscriptions: usize,
}

/// A queue of a stream as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueView {
    /// Name.
    pub name: Arc<str>,
    /// ARN.
    pub arn: Arc<str>,
    /// What it is busy with.
    pub status: QueueStatus,
    /// Records that could be handed out.
    pub visible: usize,
    /// Records that were handed out and are hidden, dead letters among them.
    pub in_flight: usize,
    /// Dead letters that could be handed out.
    pub dead_letters: usize,
}

/// A channel as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelView {
    /// Name.
    pub name: Arc<str>,
    /// ARN.
    pub arn: Arc<str>,
    /// What it is busy with.
    pub status: ChannelStatus,
    /// Objects that it wrote.
    pub objects: u64,
    /// Records that it delivered.
    pub records: u64,
    /// Records that it could not deliver.
    pub dead_letters: u64,
    /// When it writes next, while it has something to write.
    pub due_at: Option<Timestamp>,
}

impl Kinesis {
    /// All streams as they are at `now`, by account, region and name.
    pub(crate) fn view(&self, now: Timestamp) -> Vec<StreamView> {
        let mut streams: Vec<_> = self.registry.all().map(|(id, stream)| self.view_of(id, stream, now)).collect();
        streams.sort_by(|a, b| (&a.account, &a.region, &a.name).cmp(&(&b.account, &b.region, &b.name)));
        streams
    }

    fn view_of(&self, id: StreamId, stream: &Stream, now: Timestamp) -> StreamView {
        let queues = self.queues.views(id, stream, now);
        let channels = self.channels.views(id);
        let consumers = stream.consumers.iter().map(|(consumer, of)| self.view_of_consumer((id, *consumer), of));
        StreamView {
            account: Arc::clone(&stream.account),
            region: Arc::clone(&stream.region),
            name: Arc::clone(&stream.name),
            arn: Arc::clone(&stream.arn),
            status: stream.status.to_model(),
            mode: stream.mode.to_model().stream_mode,
            retention_hours: stream.retention_hours,
            key_id: stream.key_id.clone(),
            tags: stream.tags.iter().map(|(key, value)| (key.clone(), value.clone())).collect(),
            shards: stream.shards.all().iter().map(|shard| view_of_shard(shard, stream.horizon(now))).collect(),
            consumers: consumers.collect(),
            queues,
            channels,
        }
    }

    fn view_of_consumer(&self, id: (StreamId, ConsumerId), consumer: &Consumer) -> ConsumerView {
        ConsumerView {
            name: Arc::clone(&consumer.name),
            arn: Arc::clone(&consumer.arn),
            status: consumer.stage.to_model(),
            subscriptions: self.subscriptions.of_consumer(id),
        }
    }
}

fn view_of_shard(shard: &Shard, horizon: Timestamp) -> ShardView {
    let (parent, adjacent) = shard.origin.parents();
    ShardView {
        id: shard.id,
        range: shard.range,
        is_open: shard.is_open(),
        parents: parent.into_iter().chain(adjacent).collect(),
        taken: shard.records.next() - 1,
        kept: shard.records.next() - shard.records.at(horizon),
    }
}
