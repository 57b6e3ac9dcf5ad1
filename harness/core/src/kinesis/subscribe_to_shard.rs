//! `SubscribeToShard`.

use redeliver_model::kinesis::SubscribeToShardInput;

use super::agenda::Due;
use super::consumer::{NamedConsumer, Stage};
use super::context::Context;
use super::position::Position;
use super::subscription::{LIFE_MS, Subscription};
use super::{ControlFault, Error, Kinesis, ShardId};
use crate::{Emitted, Ticket, Timestamp};

/// Milliseconds for which nobody else may subscribe.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_SubscribeToShard.html>
const ALONE_MS: u64 = 5_000;

impl Kinesis {
    /// Opens a subscription of a consumer to a shard. The one that there was five seconds ago or earlier ends.
    pub(in crate::kinesis) fn subscribe_to_shard(
        &mut self,
        cx: &mut Context<'_>,
        input: &SubscribeToShardInput,
    ) -> Result<Ticket, Error> {
        let arn = input.consumer_arn.as_deref().ok_or(Error::Missing { member: "consumerARN" })?;
        let (id, consumer_id) = self.find_consumer(cx, NamedConsumer { arn: Some(arn), stream: None, name: None })?;
        let stream = self.stream(id);
        stream.be_there()?;
        let consumer = stream.consumers.get(&consumer_id).expect("it was found in this call");
        if consumer.stage != Stage::Active {
            let (consumer, status) = (consumer.arn.clone(), consumer.stage.name());
            return Err(ControlFault::ConsumerNotActive { consumer, status }.into());
        }
        let text = input.shard_id.as_deref().ok_or(Error::Missing { member: "shardId" })?;
        let shard = ShardId::parse(text).and_then(|shard| stream.listed_shard(cx.now, shard));
        let shard = shard.ok_or_else(|| Error::ShardNotFound {
            shard: text.to_owned(),
            stream: stream.name.clone(),
            account: stream.account.clone(),
        })?;
        let start = input.starting_position.as_ref().ok_or(Error::Missing { member: "startingPosition" })?;
        let kind = start.r#type.as_ref().ok_or(Error::Missing { member: "startingPosition.type" })?;
        let position = Position::new(kind, start.sequence_number.as_deref(), start.timestamp, cx.now)?;
        let (shard, next) = (shard.id, stream.locate(cx, shard, position)?);
        let alone_until = consumer.subscribed_at.get(&shard).map(|at| Timestamp(at.as_millis() + ALONE_MS));
        if alone_until.is_some_and(|until| cx.now < until) {
            return Err(ControlFault::Subscribed { consumer: consumer.arn.clone(), shard: shard.to_string() }.into());
        }
        if input.dry_run == Some(true) {
            return Err(Error::DryRun);
        }
        if let Some(old) = self.subscriptions.of((id, consumer_id), shard) {
            self.end_subscription(old, Emitted::Failed(Error::from(ControlFault::TakenOver).into()), cx.log);
        }
        let ends_at = Timestamp(cx.now.as_millis() + LIFE_MS);
        let consumer = (id, consumer_id);
        let subscription = Subscription { consumer, shard, next, ends_at, ready_at: cx.now, beat_at: cx.now };
        let ticket = self.subscriptions.add(subscription);
        self.agenda.plan(ends_at, Due::Subscription(ticket));
        if let Some(consumer) = self.stream_mut(id).consumers.get_mut(&consumer_id) {
            consumer.subscribed_at.insert(shard, cx.now);
        }
        Ok(ticket)
    }
}
