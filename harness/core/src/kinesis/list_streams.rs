//! `ListStreams`.

use redeliver_model::kinesis::{ListStreamsInput, ListStreamsOutput, StreamSummary};

use super::context::Context;
use super::find::prefix;
use super::token::{Token, page};
use super::{Error, Kinesis, Stream};

/// Streams of a page, unless the call says another number.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListStreams.html>
const STREAMS: i32 = 100;

impl Kinesis {
    /// A page of the caller's streams, by name.
    pub(in crate::kinesis) fn list_streams(
        &mut self,
        cx: &mut Context<'_>,
        input: &ListStreamsInput,
    ) -> Result<ListStreamsOutput, Error> {
        let size = usize::try_from(input.limit.unwrap_or(STREAMS)).unwrap_or_default().max(1);
        let token = input.next_token.as_deref().map(|token| Token::parse(token, cx.now)).transpose()?;
        let after = token.map(|token| token.after).or_else(|| input.exclusive_start_stream_name.clone());
        let prefix = prefix(cx.caller);
        let left =
            self.registry.of(&prefix).filter(|stream| after.as_deref().is_none_or(|after| *stream.name > *after));
        let (page, next_token) = page(left, size, |last| Token::new(cx.now, "", &last.name));
        Ok(ListStreamsOutput {
            has_more_streams: Some(next_token.is_some()),
            next_token,
            stream_names: Some(page.iter().map(|stream| stream.name.to_string()).collect()),
            stream_summaries: Some(page.iter().map(|stream| summary(stream)).collect()),
        })
    }
}

fn summary(stream: &Stream) -> StreamSummary {
    StreamSummary {
        stream_arn: Some(stream.arn.to_string()),
        stream_creation_timestamp: Some(stream.created_at),
        stream_mode_details: Some(stream.mode.to_model()),
        stream_name: Some(stream.name.to_string()),
        stream_status: Some(stream.status.to_model()),
    }
}
