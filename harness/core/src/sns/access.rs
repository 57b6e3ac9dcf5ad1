//! Whether a call of another account than a topic's owner's is let in.
//!
//! Calls of the owner's account are not judged: there are no identity policies here, without which what a topic's policy says of the
//! owner's own users means little.

use redeliver_model::sns::Command;

use super::context::Context;
use super::{Error, Sns, Subscription, Topic};
use crate::iam::{Circumstances, Denial, Question};

/// What conditions can ask about a command besides who calls.
/// <https://docs.aws.amazon.com/sns/latest/dg/sns-using-identity-based-policies.html#sns-policy-keys>
pub(super) fn asked(command: &Command) -> Vec<(&'static str, String)> {
    let Command::Subscribe(input) = command else { return Vec::new() };
    let keys = [("sns:Protocol", &input.protocol), ("sns:Endpoint", &input.endpoint)];
    keys.into_iter().filter_map(|(key, value)| Some((key, value.clone()?))).collect()
}

impl Sns {
    /// Refuses an operation on a topic of another account whose policy does not let the caller in.
    /// <https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html>
    pub(super) fn admit(&self, cx: &Context<'_>, topic: &Topic) -> Result<(), Error> {
        let caller = cx.caller;
        if topic.owner == caller.account || !self.limits.policies {
            return Ok(());
        }
        let mut circumstances = Circumstances::of_caller(caller);
        for (key, value) in &cx.asked {
            circumstances = circumstances.with(key, value);
        }
        let action = format!("SNS:{}", action_of(cx.operation));
        let question =
            Question { who: caller.into(), action: &action, resource: &topic.arn, circumstances: &circumstances };
        let Some(denial) = Denial::by(Some(&topic.policy().to_text()), &question) else { return Ok(()) };
        Err(Error::NotAuthorized {
            user: caller.user_arn(),
            explicitly: denial.denied_by().is_some(),
            action,
            topic: topic.arn.to_string(),
        })
    }

    /// Refuses to show or change a subscription to an account that neither made it nor has its topic. No policy is about subscriptions.
    pub(super) fn admit_to_subscription(&self, cx: &Context<'_>, subscription: &Subscription) -> Result<(), Error> {
        let account = &cx.caller.account;
        let has_topic = || self.topic(subscription.topic).is_some_and(|topic| topic.owner == *account);
        if subscription.owner == *account || has_topic() || !self.limits.policies {
            return Ok(());
        }
        let action = format!("SNS:{}", cx.operation);
        let topic = subscription.topic_arn.to_string();
        Err(Error::NotAuthorized { user: cx.caller.user_arn(), explicitly: false, action, topic })
    }
}

/// The action that policies name for an operation: that of a batch is the action of its single calls.
/// <https://docs.aws.amazon.com/sns/latest/dg/sns-batch-api-actions.html>
fn action_of(operation: &str) -> &str {
    operation.strip_suffix("Batch").unwrap_or(operation)
}
