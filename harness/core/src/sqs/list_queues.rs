//! `ListQueues` and `ListDeadLetterSourceQueues`.

use redeliver_model::sqs::{
    ListDeadLetterSourceQueuesRequest, ListDeadLetterSourceQueuesResult, ListQueuesRequest, ListQueuesResult,
};

use super::context::Context;
use super::create::url;
use super::paging::Paging;
use super::queue::Queue;
use super::{Error, Sqs};

impl Sqs {
    /// The URLs of the caller's queues in its region, in the order of their names.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html>
    pub(super) fn list_queues(
        &mut self,
        cx: &mut Context<'_>,
        input: ListQueuesRequest,
    ) -> Result<ListQueuesResult, Error> {
        let paging = Paging::new(input.max_results, input.next_token)?;
        let prefix = input.queue_name_prefix.unwrap_or_default();
        let (queue_urls, next_token) =
            self.page(cx, &cx.caller.account, &paging, |queue| queue.key.name.starts_with(&prefix));
        Ok(ListQueuesResult { next_token, queue_urls })
    }

    /// The URLs of the queues that have this one as their dead-letter queue.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListDeadLetterSourceQueues.html>
    pub(super) fn list_dead_letter_source_queues(
        &mut self,
        cx: &mut Context<'_>,
        input: ListDeadLetterSourceQueuesRequest,
    ) -> Result<ListDeadLetterSourceQueuesResult, Error> {
        let target = cx.queue()?;
        let paging = Paging::new(input.max_results, input.next_token)?;
        // Only the owner's queues can be sources, also where another account is let in to ask.
        let Queue { key, arn, .. } = self.queue(target);
        let has_target =
            |queue: &Queue| queue.settings.redrive.as_ref().is_some_and(|redrive| redrive.target.to_string() == **arn);
        let (queue_urls, next_token) = self.page(cx, &key.account, &paging, has_target);
        Ok(ListDeadLetterSourceQueuesResult { next_token, queue_urls })
    }

    /// One page of URLs, absent when there are none, and the token of the next page.
    fn page(
        &self,
        cx: &Context<'_>,
        account: &str,
        paging: &Paging,
        is_listed: impl Fn(&Queue) -> bool,
    ) -> (Option<Vec<String>>, Option<String>) {
        let Some(names) = self.registry.names(account, &cx.caller.region) else { return (None, None) };
        let mut listed =
            names.range::<str, _>(paging.bounds()).map(|(_, &id)| self.queue(id)).filter(|queue| is_listed(queue));
        let page: Vec<&Queue> = listed.by_ref().take(paging.size()).collect();
        let next_token = page.last().filter(|_| listed.next().is_some()).and_then(|last| paging.token(&last.key.name));
        let urls: Vec<String> = page.into_iter().map(|queue| url(cx.caller, &queue.key)).collect();
        (Some(urls).filter(|urls| !urls.is_empty()), next_token)
    }
}
