//! `ListSubscriptions` and `ListSubscriptionsByTopic`.

use redeliver_model::sns::{
    ListSubscriptionsByTopicInput, ListSubscriptionsByTopicResponse, ListSubscriptionsInput, ListSubscriptionsResponse,
    Subscription as Listed,
};

use super::context::Context;
use super::paging::Paging;
use super::{Error, Sns, Subscription};
use crate::Arn;

/// What is listed in place of the ARN of a subscription that is not confirmed.
/// <https://docs.aws.amazon.com/sns/latest/dg/sns-create-subscribe-endpoint-to-topic.html>
const PENDING: &str = "PendingConfirmation";

impl Sns {
    /// Lists the caller's subscriptions in its region, by ARN.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptions.html>
    pub(in crate::sns) fn list_subscriptions(
        &self,
        cx: &Context<'_>,
        input: ListSubscriptionsInput,
    ) -> Result<ListSubscriptionsResponse, Error> {
        let is_here = |arn: &str| Arn::parse(arn).is_some_and(|arn| arn.region == *cx.caller.region);
        let mine =
            |subscription: &&Subscription| subscription.owner == cx.caller.account && is_here(&subscription.topic_arn);
        let found = self.registry.subscriptions().filter(mine);
        let (page, next_token) = Paging::new(input.next_token)?.page(found, |found| &found.arn);
        Ok(ListSubscriptionsResponse { subscriptions: Some(page.into_iter().map(listed).collect()), next_token })
    }

    /// Lists the subscriptions of a topic, by ARN.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html>
    pub(in crate::sns) fn list_subscriptions_by_topic(
        &self,
        cx: &Context<'_>,
        input: ListSubscriptionsByTopicInput,
    ) -> Result<ListSubscriptionsByTopicResponse, Error> {
        let topic = self.find_topic(cx, "TopicArn", input.topic_arn.as_deref())?;
        let found = self.registry.subscriptions_of(&topic.arn);
        let (page, next_token) = Paging::new(input.next_token)?.page(found, |found| &found.arn);
        let subscriptions = page.into_iter().map(listed).collect();
        Ok(ListSubscriptionsByTopicResponse { subscriptions: Some(subscriptions), next_token })
    }
}

fn listed(subscription: &Subscription) -> Listed {
    let arn = if subscription.is_confirmed() { subscription.arn.to_string() } else { PENDING.to_owned() };
    Listed {
        endpoint: Some(subscription.endpoint.to_string()),
        owner: Some(subscription.owner.to_string()),
        protocol: Some(subscription.protocol.to_string()),
        subscription_arn: Some(arn),
        topic_arn: Some(subscription.topic_arn.to_string()),
    }
}
