//! `AddPermission` and `RemovePermission`.

use redeliver_model::sns::{AddPermissionInput, RemovePermissionInput};

use super::context::Context;
use super::{Error, Sns};
use crate::iam::Grant;

/// Operations on topics, which are what can be granted.
/// <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html>
const ACTIONS: [&str; 14] = [
    "AddPermission",
    "DeleteTopic",
    "GetDataProtectionPolicy",
    "GetTopicAttributes",
    "ListSubscriptionsByTopic",
    "ListTagsForResource",
    "Publish",
    "PutDataProtectionPolicy",
    "Receive",
    "RemovePermission",
    "SetTopicAttributes",
    "Subscribe",
    "TagResource",
    "UntagResource",
];

impl Sns {
    /// Adds a statement to the topic's policy. Recorded on AWS.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_AddPermission.html>
    pub(in crate::sns) fn add_permission(
        &mut self,
        cx: &mut Context<'_>,
        input: AddPermissionInput,
    ) -> Result<(), Error> {
        let id = self.find_topic(cx, "TopicArn", input.topic_arn.as_deref())?.id;
        let label = input.label.ok_or(Error::MissingValue { parameter: "Label" })?;
        let accounts = input.aws_account_id.unwrap_or_default();
        let actions = input.action_name.unwrap_or_default();
        if actions.iter().any(|action| action != "*" && !ACTIONS.contains(&action.as_str())) {
            return Err(Error::Parameter { parameter: "Policy statement action out of service scope!" });
        }
        let topic = self.registry.topic_mut(id).expect("it was just found");
        let mut policy = topic.policy();
        let grant = Grant {
            label: &label,
            partition: cx.caller.partition(),
            accounts: &accounts,
            service: "SNS",
            actions: &actions,
            resource: &topic.arn,
        };
        if !policy.grant(grant) {
            return Err(Error::Parameter { parameter: "Statement already exists" });
        }
        topic.settings.policy = Some(policy);
        Ok(())
    }

    /// Takes a statement out of the topic's policy; the default statement stays. silent: what AWS says of an unknown label; nothing here.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_RemovePermission.html>
    pub(in crate::sns) fn remove_permission(
        &mut self,
        cx: &mut Context<'_>,
        input: RemovePermissionInput,
    ) -> Result<(), Error> {
        let id = self.find_topic(cx, "TopicArn", input.topic_arn.as_deref())?.id;
        let label = input.label.ok_or(Error::MissingValue { parameter: "Label" })?;
        let topic = self.registry.topic_mut(id).expect("it was just found");
        let mut policy = topic.policy();
        if policy.revoke(&label) {
            topic.settings.policy = Some(policy);
        }
        Ok(())
    }
}
