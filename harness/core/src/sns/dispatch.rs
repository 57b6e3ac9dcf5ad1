//! From commands to operations, and from their results to replies.

use std::mem::take;

use redeliver_model::sns::{Command, Reply};

use super::context::Context;
use super::{Error, Sns};

impl Sns {
    /// Carries out `command`.
    pub(in crate::sns) fn dispatch(&mut self, cx: &mut Context<'_>, command: &mut Command) -> Result<Reply, Error> {
        Ok(match command {
            Command::AddPermission(input) => self.add_permission(cx, take(input)).map(|()| Reply::AddPermission)?,
            Command::ConfirmSubscription(input) => Reply::ConfirmSubscription(self.confirm_subscription(cx, input)?),
            Command::CreateTopic(input) => Reply::CreateTopic(self.create_topic(cx, take(input))?),
            Command::DeleteTopic(input) => self.delete_topic(cx, input).map(|()| Reply::DeleteTopic)?,
            Command::GetDataProtectionPolicy(input) => {
                Reply::GetDataProtectionPolicy(self.get_data_protection_policy(cx, input)?)
            }
            Command::GetSubscriptionAttributes(input) => {
                Reply::GetSubscriptionAttributes(self.get_subscription_attributes(cx, input)?)
            }
            Command::GetTopicAttributes(input) => Reply::GetTopicAttributes(self.get_topic_attributes(cx, input)?),
            Command::ListSubscriptions(input) => Reply::ListSubscriptions(self.list_subscriptions(cx, take(input))?),
            Command::ListSubscriptionsByTopic(input) => {
                Reply::ListSubscriptionsByTopic(self.list_subscriptions_by_topic(cx, take(input))?)
            }
            Command::ListTagsForResource(input) => Reply::ListTagsForResource(self.list_tags_for_resource(cx, input)?),
            Command::ListTopics(input) => Reply::ListTopics(self.list_topics(cx, take(input))?),
            Command::Publish(input) => Reply::Publish(self.publish(cx, take(input))?),
            Command::PublishBatch(input) => Reply::PublishBatch(self.publish_batch(cx, take(input))?),
            Command::PutDataProtectionPolicy(input) => {
                self.put_data_protection_policy(cx, input).map(|()| Reply::PutDataProtectionPolicy)?
            }
            Command::RemovePermission(input) => {
                self.remove_permission(cx, take(input)).map(|()| Reply::RemovePermission)?
            }
            Command::SetSubscriptionAttributes(input) => {
                self.set_subscription_attributes(cx, take(input)).map(|()| Reply::SetSubscriptionAttributes)?
            }
            Command::SetTopicAttributes(input) => {
                self.set_topic_attributes(cx, take(input)).map(|()| Reply::SetTopicAttributes)?
            }
            Command::Subscribe(input) => Reply::Subscribe(self.subscribe(cx, take(input))?),
            Command::TagResource(input) => self.tag_resource(cx, take(input)).map(Reply::TagResource)?,
            Command::Unsubscribe(input) => self.unsubscribe(cx, input).map(|()| Reply::Unsubscribe)?,
            Command::UntagResource(input) => self.untag_resource(cx, take(input)).map(Reply::UntagResource)?,
            of_mobile => self.dispatch_mobile(cx, of_mobile)?,
        })
    }
}
