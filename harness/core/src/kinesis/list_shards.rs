//! `ListShards`.

use redeliver_model::kinesis::{ListShardsInput, ListShardsOutput};

use super::context::Context;
use super::find::Named;
use super::shard::Shard;
use super::shard_filter::Filter;
use super::token::{Token, page};
use super::{Error, Kinesis, ShardId, Stream};
use crate::Timestamp;

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
        let (id, filter, after) = match input.next_token.as_deref() {
            None if !is_named => return Err(Error::NoStreamNorToken),
            Some(_) if is_named => return Err(Error::StreamAndToken),
            None => {
                let id = self.find(cx.caller, named)?;
                let filter = Filter::new(input.shard_filter.as_ref(), self.stream(id), cx.now)?;
                let after = input.exclusive_start_shard_id.as_deref().and_then(ShardId::parse);
                (id, filter, after.into_iter().chain(filter.after()).max())
            }
            Some(token) => {
                let token = Token::parse(token, cx.now)?;
                let (arn, filter) = token.of.split_once(' ').ok_or(Error::InvalidToken)?;
                let id = self.find(cx.caller, Named { name: None, arn: Some(arn) })?;
                let filter = Filter::parse(filter).ok_or(Error::InvalidToken)?;
                (id, filter, ShardId::parse(&token.after))
            }
        };
        let stream = self.stream(id);
        stream.be_of(input.stream_creation_timestamp)?;
        let most = input.max_results.and_then(|most| usize::try_from(most).ok());
        let size = most.map_or(SHARDS, |most| most.clamp(1, SHARDS));
        let is_asked_for = |shard: &&Shard| after.is_none_or(|after| shard.id > after) && filter.takes(shard);
        let of = format!("{} {filter}", stream.arn);
        let left = stream.listed(cx.now).filter(is_asked_for);
        let (page, next) = page(left, size, |last| Token::new(cx.now, &of, &last.id.to_string()));
        Ok(ListShardsOutput { next_token: next, shards: Some(page.into_iter().map(Shard::to_model).collect()) })
    }
}

impl Stream {
    /// Refuses a stream that was not made at this time, if one is given: it tells a stream from an earlier one of the same name.
    pub(in crate::kinesis) fn be_of(&self, made_at: Option<Timestamp>) -> Result<(), Error> {
        // Clients may have cut off the milliseconds.
        match made_at {
            Some(made_at) if made_at.as_secs() != self.created_at.as_secs() => Err(self.not_found()),
            _ => Ok(()),
        }
    }
}
