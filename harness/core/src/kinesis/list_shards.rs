//! `ListShards`.

use redeliver_model::kinesis::{ListShardsInput, ListShardsOutput};

use super::context::Context;
use super::find::Named;
use super::shard::Shard;
use super::token::Token;
use super::{Error, Kinesis, ShardId};

/// Shards of a page at most.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListShards.html>
const SHARDS: usize = 1_000;

impl Kinesis {
    /// A page of a stream's shards, by number.
    pub(in crate::kinesis) fn list_shards(
        &mut self,
        cx: &mut Context<'_>,
        input: &ListShardsInput,
    ) -> Result<ListShardsOutput, Error> {
        let named = Named::new(input.stream_name.as_ref(), input.stream_arn.as_ref());
        let is_named = named.name.is_some() || named.arn.is_some();
        let (id, after) = match input.next_token.as_deref() {
            None if !is_named => return Err(Error::NoStreamNorToken),
            Some(_) if is_named => return Err(Error::StreamAndToken),
            None => (self.find(cx.caller, named)?, input.exclusive_start_shard_id.as_deref().and_then(ShardId::parse)),
            Some(token) => {
                let token = Token::parse(token, cx.now)?;
                let named = Named { name: None, arn: Some(&token.of) };
                (self.find(cx.caller, named)?, ShardId::parse(&token.after))
            }
        };
        let stream = self.stream(id);
        let size =
            input.max_results.and_then(|most| usize::try_from(most).ok()).map_or(SHARDS, |most| most.clamp(1, SHARDS));
        let mut listed = stream.listed(cx.now).filter(|shard| after.is_none_or(|after| shard.id > after));
        let page: Vec<_> = listed.by_ref().take(size).collect();
        let next =
            listed.next().and(page.last()).map(|last| Token::new(cx.now, &stream.arn, &last.id.to_string()).to_text());
        Ok(ListShardsOutput { next_token: next, shards: Some(page.into_iter().map(Shard::to_model).collect()) })
    }
}
