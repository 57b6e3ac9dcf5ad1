//! `ListTopics`.

use redeliver_model::sns::{ListTopicsInput, ListTopicsResponse, Topic as Listed};

use super::context::Context;
use super::paging::Paging;
use super::{Error, Sns};

impl Sns {
    /// Lists the caller's topics of its region, by name.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html>
    pub(in crate::sns) fn list_topics(
        &self,
        cx: &Context<'_>,
        input: ListTopicsInput,
    ) -> Result<ListTopicsResponse, Error> {
        let paging = Paging::new(input.next_token)?;
        let mine = |owner: &str, region: &str| *owner == *cx.caller.account && *region == *cx.caller.region;
        let arns = self.registry.topics().filter(|topic| mine(&topic.owner, &topic.region)).map(|topic| &*topic.arn);
        let (page, next_token) = paging.page(arns, |arn| arn);
        let topics = page.into_iter().map(|arn| Listed { topic_arn: Some(arn.to_owned()) }).collect();
        Ok(ListTopicsResponse { topics: Some(topics), next_token })
    }
}
