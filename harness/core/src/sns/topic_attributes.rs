//! `GetTopicAttributes` and `SetTopicAttributes`.

use std::sync::Arc;

use indexmap::IndexMap;
use redeliver_model::sns::{GetTopicAttributesInput, GetTopicAttributesResponse, SetTopicAttributesInput};

use super::context::Context;
use super::delivery::policy::TopicPolicy;
use super::envelope::time_text;
use super::settings::Scope;
use super::{Error, Event, Happening, Sns, Topic, archive_setting};
use crate::Timestamp;

impl Sns {
    /// Shows what is set, and what always is there.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html>
    pub(in crate::sns) fn get_topic_attributes(
        &self,
        cx: &Context<'_>,
        input: &GetTopicAttributesInput,
    ) -> Result<GetTopicAttributesResponse, Error> {
        let topic = self.find_topic(cx, "TopicArn", input.topic_arn.as_deref())?;
        Ok(GetTopicAttributesResponse { attributes: Some(self.attributes_of(topic, cx.now)) })
    }

    /// Sets one attribute; what it cannot be is refused.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html>
    pub(in crate::sns) fn set_topic_attributes(
        &mut self,
        cx: &mut Context<'_>,
        input: SetTopicAttributesInput,
    ) -> Result<(), Error> {
        let id = self.find_topic(cx, "TopicArn", input.topic_arn.as_deref())?.id;
        let name = input.attribute_name.ok_or(Error::MissingValue { parameter: "AttributeName" })?;
        let value = input.attribute_value.unwrap_or_default();
        let only_queues = self.takes_large_messages(id);
        let topic = self.registry.topic_mut(id).expect("it was just found");
        if name == archive_setting::NAME {
            let policy = archive_setting::parse(&value, topic.settings.fifo, false)?;
            topic.set_archive(cx.now, policy);
            tell_changed(cx, topic, name, value);
            return Ok(());
        }
        let mut settings = topic.settings.clone();
        settings.set(&name, &value, false)?;
        if settings.message_bytes_max() > super::settings::MESSAGE_BYTES_DEFAULT && !only_queues {
            let reason =
                "topics with large messages have at most 100 subscriptions, of sqs, lambda and firehose".to_owned();
            return Err(Error::Attribute { name: "MaximumMessageSize", reason, creating: false });
        }
        topic.settings = settings;
        tell_changed(cx, topic, name, value);
        Ok(())
    }

    /// All attributes of a topic, by name.
    pub(in crate::sns) fn attributes_of(&self, topic: &Topic, now: Timestamp) -> IndexMap<String, String> {
        let settings = &topic.settings;
        let policy = topic.policy();
        let subscriptions = topic.subscriptions().filter_map(|id| self.subscription(id));
        let (confirmed, waiting): (Vec<_>, Vec<_>) =
            subscriptions.partition(|subscription| subscription.is_confirmed());
        let pending = waiting.iter().filter(|subscription| !subscription.has_ended(now)).count();
        let mut shown: Vec<(&str, String)> = vec![
            ("DisplayName", settings.display_name.clone()),
            ("EffectiveDeliveryPolicy", TopicPolicy::effective(settings.delivery_policy.as_ref())),
            ("Owner", topic.owner.to_string()),
            ("Policy", policy.to_text()),
            ("SubscriptionsConfirmed", confirmed.len().to_string()),
            ("SubscriptionsDeleted", topic.deleted_subscriptions.to_string()),
            ("SubscriptionsPending", pending.to_string()),
            ("TopicArn", topic.arn.to_string()),
        ];
        if settings.fifo {
            shown.push(("FifoTopic", "true".to_owned()));
            shown.push(("ContentBasedDeduplication", settings.content_deduplication.to_string()));
        }
        let scope = settings.scope.map(|scope| match scope {
            Scope::Topic => "Topic".to_owned(),
            Scope::MessageGroup => "MessageGroup".to_owned(),
        });
        let archive = topic.archive.as_ref();
        let optional = [
            ("ArchivePolicy", archive.map(|archive| archive.policy().to_text())),
            ("BeginningArchiveTime", archive.map(|archive| time_text(archive.beginning(now)))),
            ("DeliveryPolicy", settings.delivery_policy.as_ref().map(TopicPolicy::to_text)),
            ("FifoThroughputScope", scope),
            ("KmsMasterKeyId", settings.kms_key.clone()),
            ("MaximumMessageSize", settings.message_bytes_max.map(|bytes| bytes.to_string())),
            ("SignatureVersion", settings.signature.map(|version| version.as_str().to_owned())),
            ("TracingConfig", settings.tracing.clone()),
        ];
        shown.extend(optional.into_iter().filter_map(|(name, value)| Some((name, value?))));
        shown.extend(settings.feedback.iter().map(|(name, value)| (name.as_str(), value.clone())));
        shown.sort_unstable();
        shown.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

fn tell_changed(cx: &mut Context<'_>, topic: &Topic, name: String, value: String) {
    cx.log.sns(|| Event { at: cx.now, topic: Arc::clone(&topic.arn), what: Happening::TopicChanged { name, value } });
}
