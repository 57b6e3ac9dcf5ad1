//! `ListChannels`.

use redeliver_model::kinesis::{ListChannelsInput, ListChannelsOutput, StreamFilter};

use super::channel::Channel;
use crate::kinesis::context::Context;
use crate::kinesis::token::{Token, page};
use crate::kinesis::{Error, Kinesis};

/// Channels of a page at most.
/// <https://docs.aws.amazon.com/streams/latest/dev/data-delivery-quotas.html>
const CHANNELS: usize = 100;

impl Kinesis {
    /// A page of the caller's channels, by name.
    pub(in crate::kinesis) fn list_channels(
        &mut self,
        cx: &mut Context<'_>,
        input: &ListChannelsInput,
    ) -> Result<ListChannelsOutput, Error> {
        let most = input.max_results.and_then(|most| usize::try_from(most).ok());
        let size = most.map_or(CHANNELS, |most| most.clamp(1, CHANNELS));
        let token = input.next_token.as_deref().map(|token| Token::parse(token, cx.now)).transpose()?;
        let is_meant = |channel: &&Channel| {
            let is_own = channel.home.0 == cx.caller.account && channel.home.1 == cx.caller.region;
            let is_later = token.as_ref().is_none_or(|token| *channel.name > *token.after);
            let filters = input.stream_filter.as_deref().unwrap_or_default();
            is_own && is_later && (filters.is_empty() || filters.iter().any(|filter| takes(filter, channel)))
        };
        let mut channels: Vec<_> = self.channels.all.values().filter(is_meant).collect();
        channels.sort_by(|one, other| one.name.cmp(&other.name));
        let (page, next_token) = page(channels, size, |last| Token::new(cx.now, "", &last.name));
        let summaries = page.into_iter().map(Channel::summary).collect();
        Ok(ListChannelsOutput { channel_summaries: Some(summaries), next_token })
    }
}

fn takes(filter: &StreamFilter, channel: &Channel) -> bool {
    // Clients may have cut off the milliseconds.
    let is_of_time = |at: crate::Timestamp| at.as_secs() == channel.stream_created_at.as_secs();
    filter.stream_arn.as_deref() == Some(&channel.stream_arn) && filter.stream_creation_timestamp.is_none_or(is_of_time)
}
