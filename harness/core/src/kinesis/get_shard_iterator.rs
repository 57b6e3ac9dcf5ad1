//! `GetShardIterator`.

use std::sync::Arc;

use redeliver_model::kinesis::{GetShardIteratorInput, GetShardIteratorOutput};

use super::context::Context;
use super::find::Named;
use super::iterator::ShardIterator;
use super::position::Position;
use super::{Error, Kinesis, ShardId};

impl Kinesis {
    /// A place in a shard, for a reader to begin at.
    pub(in crate::kinesis) fn get_shard_iterator(
        &mut self,
        cx: &mut Context<'_>,
        input: &GetShardIteratorInput,
    ) -> Result<GetShardIteratorOutput, Error> {
        let id = self.find(cx.caller, Named::new(input.stream_name.as_ref(), input.stream_arn.as_ref()))?;
        let salt = self.ids.uuid();
        let stream = self.stream(id);
        stream.be_there()?;
        let asked = input.shard_id.as_deref().ok_or(Error::Missing { member: "shardId" })?;
        let shard = ShardId::parse(asked).and_then(|shard| stream.listed_shard(cx.now, shard));
        let shard = shard.ok_or_else(|| Error::ShardNotFound {
            shard: ShardId::parse(asked).map_or_else(|| asked.to_owned(), |shard| shard.to_string()),
            stream: Arc::clone(&stream.name),
            account: Arc::clone(&stream.account),
        })?;
        let kind = input.shard_iterator_type.as_ref().ok_or(Error::Missing { member: "shardIteratorType" })?;
        let position = Position::new(kind, input.starting_sequence_number.as_deref(), input.timestamp, cx.now)?;
        let next = stream.locate(cx, shard, position)?;
        if input.dry_run == Some(true) {
            return Err(Error::DryRun);
        }
        let shard = shard.id;
        let (throttle, stream) = (self.limits.stream_throughput, self.stream_mut(id));
        if throttle && !stream.shards.get_mut(shard).is_none_or(|shard| shard.throughput.take_iterator(cx.now)) {
            return Err(stream.rate_exceeded(shard));
        }
        let iterator = ShardIterator { stream: id, shard, next, made_at: cx.now, salt };
        Ok(GetShardIteratorOutput { shard_iterator: Some(iterator.to_text()) })
    }
}
