//! `ListQueues`.

use redeliver_model::kinesis::{ListQueuesInput, ListQueuesOutput, QueueStreamIdentifier, QueueSummary};

use super::queue::Queue;
use crate::kinesis::context::Context;
use crate::kinesis::token::{Token, page};
use crate::kinesis::{Error, Kinesis};

/// Queues of a page, unless the call says less. silent: the number.
const QUEUES: i32 = 100;

impl Kinesis {
    /// A page of the caller's queues, by name.
    pub(in crate::kinesis) fn list_queues(
        &mut self,
        cx: &mut Context<'_>,
        input: &ListQueuesInput,
    ) -> Result<ListQueuesOutput, Error> {
        let size = usize::try_from(input.max_results.unwrap_or(QUEUES)).unwrap_or_default().max(1);
        let token = input.next_token.as_deref().map(|token| Token::parse(token, cx.now)).transpose()?;
        let streams: Vec<_> =
            input.stream_filter.iter().flatten().filter_map(|filter| filter.stream_arn.as_deref()).collect();
        let is_meant = |queue: &&Queue| {
            let is_later = token.as_ref().is_none_or(|token| *queue.name > *token.after);
            let of_stream = queue.source.stream_arn.as_deref();
            let is_of = streams.is_empty() || of_stream.is_some_and(|stream| streams.contains(&stream));
            queue.home.0 == cx.caller.account && queue.home.1 == cx.caller.region && is_later && is_of
        };
        let mut queues: Vec<_> = self.queues.all.values().filter(is_meant).collect();
        queues.sort_by(|one, other| one.name.cmp(&other.name));
        let (page, next_token) = page(queues, size, |last| Token::new(cx.now, "", &last.name));
        let summaries = page.into_iter().map(|queue| self.summary_of(queue)).collect();
        Ok(ListQueuesOutput { next_token, queue_summaries: Some(summaries) })
    }

    fn summary_of(&self, queue: &Queue) -> QueueSummary {
        let stream = QueueStreamIdentifier {
            stream_arn: queue.source.stream_arn.clone(),
            stream_creation_timestamp: self.registry.get(queue.stream).map(|stream| stream.created_at),
        };
        QueueSummary {
            queue_arn: Some(queue.arn.to_string()),
            queue_creation_timestamp: Some(queue.created_at),
            queue_name: Some(queue.name.to_string()),
            queue_status: Some(queue.stage.to_model()),
            streams: Some(vec![stream]),
        }
    }
}
