//! `ListStreamConsumers`.

use redeliver_model::kinesis::{ListStreamConsumersInput, ListStreamConsumersOutput};

use super::consumer::Consumer;
use super::context::Context;
use super::find::Named;
use super::token::{Token, page};
use super::{Error, Kinesis};

/// Consumers of a page, unless the call says otherwise.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListStreamConsumers.html>
const CONSUMERS: usize = 100;

impl Kinesis {
    /// A page of a stream's consumers by name. silent: the order.
    pub(in crate::kinesis) fn list_stream_consumers(
        &self,
        cx: &Context<'_>,
        input: &ListStreamConsumersInput,
    ) -> Result<ListStreamConsumersOutput, Error> {
        let arn = input.stream_arn.as_deref().ok_or(Error::Missing { member: "streamARN" })?;
        let stream = self.stream(self.find(cx.caller, Named { name: None, arn: Some(arn) })?);
        let after = match input.next_token.as_deref() {
            None => None,
            Some(token) => Some(Token::parse(token, cx.now)?).filter(|token| token.of == *stream.arn),
        };
        if input.next_token.is_some() && after.is_none() {
            return Err(Error::InvalidToken);
        }
        let size = input.max_results.and_then(|most| usize::try_from(most).ok()).unwrap_or(CONSUMERS);
        let mut sorted: Vec<&Consumer> = stream.consumers.values().collect();
        sorted.sort_by(|one, other| one.name.cmp(&other.name));
        let left =
            sorted.into_iter().filter(|consumer| after.as_ref().is_none_or(|token| *consumer.name > *token.after));
        let (page, next) = page(left, size.max(1), |last| Token::new(cx.now, &stream.arn, &last.name));
        Ok(ListStreamConsumersOutput {
            consumers: Some(page.into_iter().map(Consumer::to_model).collect()),
            next_token: next,
        })
    }
}
