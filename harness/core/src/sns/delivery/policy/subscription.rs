//! The attribute `DeliveryPolicy` of a subscription, and what is in force for it.

use serde_json::{Value, json};

use super::read::{Part, PolicyFault};
use super::retry::Retry;
use super::topic::TopicPolicy;
use crate::sns::envelope::PLAIN_TEXT;

/// The delivery policy of an HTTP subscription.
/// <https://docs.aws.amazon.com/sns/latest/dg/set-sub-attributes-delivery-policy-json.html>
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct SubscriptionPolicy {
    healthy: Option<Retry>,
    /// No longer documented and without effect, but still shown.
    sickly: Option<Retry>,
    rate: Option<u32>,
    content_type: Option<String>,
    guaranteed: bool,
}

impl SubscriptionPolicy {
    /// The policy of this text; the empty text is none.
    pub(crate) fn parse(text: &str) -> Result<Option<Self>, PolicyFault> {
        if text.is_empty() {
            return Ok(None);
        }
        let mut whole = Part::whole(text)?;
        let mut retry = |name| {
            let part = whole.part(name)?;
            Ok(part.map(Part::retry).transpose()?.map(|(retry, _)| retry))
        };
        let (healthy, sickly) = (retry("healthyRetryPolicy")?, retry("sicklyRetryPolicy")?);
        let policy = Self {
            healthy,
            sickly,
            rate: whole.part("throttlePolicy")?.map(Part::rate).transpose()?.flatten(),
            content_type: whole.part("requestPolicy")?.map(Part::content_type).transpose()?.flatten(),
            guaranteed: whole.flag("guaranteed")?.unwrap_or_default(),
        };
        whole.end()?;
        Ok(Some(policy))
    }

    /// As the attribute shows it: what was not given is null. Recorded on AWS.
    pub(crate) fn to_text(&self) -> String {
        let Self { healthy, sickly, rate, content_type, guaranteed } = self;
        shown(*healthy, *sickly, *rate, content_type.as_deref(), *guaranteed)
    }
}

/// What is in force for a subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InForce {
    /// How deliveries are repeated.
    pub(crate) retry: Retry,
    /// Deliveries a second.
    pub(crate) rate: Option<u32>,
    /// The content type of published messages.
    pub(crate) content_type: String,
    sickly: Option<Retry>,
    guaranteed: bool,
}

impl InForce {
    /// The subscription's policy where it says something and the topic lets it, else the topic's, else that of SNS.
    pub(crate) fn of(topic: Option<&TopicPolicy>, subscription: Option<&SubscriptionPolicy>) -> Self {
        let none = TopicPolicy::default();
        let topic = topic.unwrap_or(&none);
        let own = subscription.filter(|_| !topic.disable_overrides);
        let content_type = own.and_then(|own| own.content_type.as_ref()).or(topic.content_type.as_ref());
        Self {
            retry: own.and_then(|own| own.healthy).unwrap_or_else(|| topic.retry()),
            rate: own.and_then(|own| own.rate).or(topic.rate),
            content_type: content_type.map_or(PLAIN_TEXT, String::as_str).to_owned(),
            sickly: own.and_then(|own| own.sickly),
            guaranteed: own.is_some_and(|own| own.guaranteed),
        }
    }

    /// As the attribute `EffectiveDeliveryPolicy` of a subscription shows it. Recorded on AWS.
    pub(crate) fn to_text(&self) -> String {
        shown(Some(self.retry), self.sickly, self.rate, Some(&self.content_type), self.guaranteed)
    }
}

fn shown(
    healthy: Option<Retry>,
    sickly: Option<Retry>,
    rate: Option<u32>,
    content_type: Option<&str>,
    guaranteed: bool,
) -> String {
    let retry = |retry: Option<Retry>| retry.map_or(Value::Null, Retry::to_value);
    json!({
        "healthyRetryPolicy": retry(healthy),
        "sicklyRetryPolicy": retry(sickly),
        "throttlePolicy": rate.map(|rate| json!({ "maxReceivesPerSecond": rate })),
        "requestPolicy": content_type.map(|text| json!({ "headerContentType": text })),
        "guaranteed": guaranteed,
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::{InForce, SubscriptionPolicy, TopicPolicy};

    fn subscription(text: &str) -> SubscriptionPolicy {
        SubscriptionPolicy::parse(text).unwrap().unwrap()
    }

    /// Texts were recorded on AWS.
    #[test]
    fn policy_shows_what_was_not_given_as_null_and_is_merged_with_the_topics() {
        let retry = r#"{"minDelayTarget":1,"maxDelayTarget":1,"numRetries":0,"numMaxDelayRetries":0,"numNoDelayRetries":0,"numMinDelayRetries":0,"backoffFunction":"linear"}"#;
        let own = subscription(&format!(
            r#"{{"healthyRetryPolicy":{retry},"throttlePolicy":{{"maxReceivesPerSecond":1000}},"guaranteed":false}}"#
        ));
        let shown = |request: &str| {
            format!(
                r#"{{"healthyRetryPolicy":{retry},"sicklyRetryPolicy":null,"throttlePolicy":{{"maxReceivesPerSecond":1000}},"requestPolicy":{request},"guaranteed":false}}"#
            )
        };
        assert_eq!(own.to_text(), shown("null"));
        let topic = TopicPolicy::parse(r#"{"http":{"defaultRequestPolicy":{"headerContentType":"application/json"}}}"#)
            .unwrap();
        assert_eq!(
            InForce::of(topic.as_ref(), Some(&own)).to_text(),
            shown(r#"{"headerContentType":"application/json"}"#)
        );
    }

    #[test]
    fn topic_may_take_no_notice_of_its_subscriptions() {
        let own = subscription(r#"{"requestPolicy":{"headerContentType":"text/csv"}}"#);
        assert_eq!(InForce::of(None, Some(&own)).content_type, "text/csv");
        let topic = TopicPolicy::parse(r#"{"http":{"disableSubscriptionOverrides":true}}"#).unwrap();
        assert_eq!(InForce::of(topic.as_ref(), Some(&own)).content_type, "text/plain; charset=UTF-8");
    }

    #[test]
    fn complaints_name_the_member() {
        let complaint = |text: &str| SubscriptionPolicy::parse(text).unwrap_err().to_string();
        let zero = r#"{"healthyRetryPolicy":{"numRetries":0,"minDelayTarget":0,"maxDelayTarget":0}}"#;
        assert_eq!(complaint(zero), "healthyRetryPolicy.minDelayTarget must be greater than or equal to 1");
        assert_eq!(
            complaint(r#"{"healthyRetryPolicy":{"numRetries":5}}"#),
            "healthyRetryPolicy.minDelayTarget must be specified"
        );
        assert_eq!(
            complaint(r#"{"throttlePolicy":{"maxReceivesPerSecond":0}}"#),
            "throttlePolicy.maxReceivesPerSecond must be greater than or equal to 1"
        );
        assert_eq!(complaint("[]"), "failed to parse JSON.");
    }
}
