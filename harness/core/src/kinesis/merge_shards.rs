//! `MergeShards`.

use std::sync::Arc;

use redeliver_model::kinesis::MergeShardsInput;

use super::change::Change;
use super::context::Context;
use super::find::Named;
use super::status::Status;
use super::{Error, Kinesis};

impl Kinesis {
    /// Merges two shards, the one with the lower keys named first, which takes a while.
    pub(in crate::kinesis) fn merge_shards(
        &mut self,
        cx: &mut Context<'_>,
        input: &MergeShardsInput,
    ) -> Result<(), Error> {
        let id = self.find(cx.caller, Named::new(input.stream_name.as_ref(), input.stream_arn.as_ref()))?;
        let stream = self.stream(id);
        stream.be_reshardable(cx.operation)?;
        let shard = stream.shard_to_reshard(cx, input.shard_to_merge.as_deref(), "shardToMerge")?;
        let adjacent = stream.shard_to_reshard(cx, input.adjacent_shard_to_merge.as_deref(), "adjacentShardToMerge")?;
        let (ids, is_pair) = ((shard.id, adjacent.id), shard.range.is_followed_by(adjacent.range));
        if !is_pair {
            let (stream, account) = (Arc::clone(&stream.name), Arc::clone(&stream.account));
            return Err(Error::NotAdjacent { shard: ids.0, adjacent: ids.1, stream, account });
        }
        self.begin(cx, id, Status::Updating(Change::Merge { shard: ids.0, adjacent: ids.1 }));
        Ok(())
    }
}
