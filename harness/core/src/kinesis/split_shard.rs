//! `SplitShard`.

use std::sync::Arc;

use redeliver_model::kinesis::SplitShardInput;

use super::change::Change;
use super::context::Context;
use super::find::Named;
use super::shard::Shard;
use super::status::Status;
use super::stream::Mode;
use super::{Error, HashKey, Kinesis, ShardId, Stream};

impl Kinesis {
    /// Splits a shard in two, which takes a while.
    pub(in crate::kinesis) fn split_shard(
        &mut self,
        cx: &mut Context<'_>,
        input: &SplitShardInput,
    ) -> Result<(), Error> {
        let id = self.find(cx.caller, Named::new(input.stream_name.as_ref(), input.stream_arn.as_ref()))?;
        let stream = self.stream(id);
        stream.be_reshardable(cx.operation)?;
        let shard = stream.shard_to_reshard(cx, input.shard_to_split.as_deref(), "shardToSplit")?;
        let (shard, range) = (shard.id, shard.range);
        self.admit_shards(cx.caller, 1)?;
        let text = input.new_starting_hash_key.as_deref().ok_or(Error::Missing { member: "newStartingHashKey" })?;
        // Recorded: the smallest key is the first of the shard plus two, the largest the last minus one.
        let at = HashKey::parse(text).filter(|at| at.0 > range.start.0.saturating_add(1) && *at < range.end);
        let stream = self.stream(id);
        let at = at.ok_or_else(|| Error::NotInside {
            value: text.to_owned(),
            shard,
            stream: Arc::clone(&stream.name),
            account: Arc::clone(&stream.account),
            range,
        })?;
        self.begin(cx, id, Status::Updating(Change::Split { shard, at }));
        Ok(())
    }
}

impl Stream {
    /// Refuses to reshard a stream whose capacity AWS chooses, or that is busy.
    pub(in crate::kinesis) fn be_reshardable(&self, operation: &'static str) -> Result<(), Error> {
        self.be_active()?;
        if self.mode == Mode::OnDemand { Err(Error::OnDemand { operation }) } else { Ok(()) }
    }

    /// An open shard that is to be split or merged.
    pub(in crate::kinesis) fn shard_to_reshard(
        &self,
        cx: &Context<'_>,
        asked: Option<&str>,
        member: &'static str,
    ) -> Result<&Shard, Error> {
        let asked = asked.ok_or(Error::Missing { member })?;
        let (stream, account) = (Arc::clone(&self.name), Arc::clone(&self.account));
        let found = ShardId::parse(asked).and_then(|shard| self.listed_shard(cx.now, shard));
        match found {
            Some(shard) if shard.is_open() => Ok(shard),
            Some(shard) => Err(Error::AlreadyResharded { shard: shard.id, stream, account }),
            None => {
                let shard = ShardId::parse(asked).map_or_else(|| asked.to_owned(), |shard| shard.to_string());
                Err(Error::ShardToReshardNotFound { shard, stream, account })
            }
        }
    }
}
