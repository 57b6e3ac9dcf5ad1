//! How often, and after which waits, a delivery is repeated.

use serde_json::Value;

use crate::traffic::field;

/// How often, and after which waits, a delivery is repeated: in four phases, at once, after the smallest delay, after growing ones, after the largest.
/// <https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RetryPolicy {
    min_delay_ms: u64,
    max_delay_ms: u64,
    /// Retries in all four phases.
    pub(crate) retries: u64,
    without_delay: u64,
    with_min_delay: u64,
    with_max_delay: u64,
    /// Whether it limits how many messages a second the endpoint gets, so that an attempt may come later than planned.
    pub(crate) throttled: bool,
    /// Within how many milliseconds the last attempt has to begin, counted from the first.
    pub(crate) within_ms: Option<u64>,
}

/// What AWS does for webhooks unless a policy says something else.
const WEBHOOK: RetryPolicy = RetryPolicy {
    min_delay_ms: 20_000,
    max_delay_ms: 20_000,
    retries: 3,
    without_delay: 0,
    with_min_delay: 0,
    with_max_delay: 0,
    throttled: false,
    within_ms: Some(3_600_000),
};

/// What AWS does for endpoints that it manages.
const MANAGED: RetryPolicy = RetryPolicy {
    min_delay_ms: 1_000,
    max_delay_ms: 20_000,
    retries: 100_015,
    without_delay: 3,
    with_min_delay: 2,
    with_max_delay: 100_000,
    throttled: false,
    within_ms: None,
};

impl RetryPolicy {
    /// What is in force for a subscription of this protocol, with the attribute `DeliveryPolicy` of its topic and its own.
    pub(crate) fn of(protocol: &str, topic: Option<&str>, own: Option<&str>) -> Self {
        if !matches!(protocol, "http" | "https") {
            return MANAGED;
        }
        let parse = |text: Option<&str>| text.and_then(|text| serde_json::from_str::<Value>(text).ok());
        let (topic, own) = (parse(topic), parse(own));
        let http = topic.as_ref().and_then(|topic| field(topic, "http"));
        let deaf = http.and_then(|http| field(http, "disableSubscriptionOverrides")).and_then(Value::as_bool);
        let own = own.as_ref().filter(|_| deaf != Some(true));
        let own_part = |name| own.and_then(|own| field(own, name)).filter(|part| !part.is_null());
        let topic_part = |name| http.and_then(|http| field(http, name)).filter(|part| !part.is_null());
        let retry = own_part("healthyRetryPolicy").or_else(|| topic_part("defaultHealthyRetryPolicy"));
        let throttle = own_part("throttlePolicy").or_else(|| topic_part("defaultThrottlePolicy"));
        let throttled = throttle.and_then(|part| field(part, "maxReceivesPerSecond")).is_some_and(Value::is_number);
        Self { throttled, ..retry.map_or(WEBHOOK, Self::read) }
    }

    fn read(policy: &Value) -> Self {
        let number = |name| field(policy, name).and_then(Value::as_u64);
        Self {
            min_delay_ms: number("minDelayTarget").map_or(WEBHOOK.min_delay_ms, |secs| secs * 1_000),
            max_delay_ms: number("maxDelayTarget").map_or(WEBHOOK.max_delay_ms, |secs| secs * 1_000),
            retries: number("numRetries").unwrap_or(WEBHOOK.retries),
            without_delay: number("numNoDelayRetries").unwrap_or_default(),
            with_min_delay: number("numMinDelayRetries").unwrap_or_default(),
            with_max_delay: number("numMaxDelayRetries").unwrap_or_default(),
            ..WEBHOOK
        }
    }

    /// The least and the most milliseconds before the retry of this number, from 1, without jitter. How delays grow between the smallest and
    /// the largest AWS shows as curves only, so all that is asked of them is that they stay between the two.
    pub(crate) fn delay_ms(&self, retry: u64) -> (u64, u64) {
        let before_backoff = self.without_delay + self.with_min_delay;
        let backoff_end = self.retries.saturating_sub(self.with_max_delay);
        if retry <= self.without_delay {
            (0, 0)
        } else if retry <= before_backoff {
            (self.min_delay_ms, self.min_delay_ms)
        } else if retry <= backoff_end {
            (self.min_delay_ms, self.max_delay_ms)
        } else {
            (self.max_delay_ms, self.max_delay_ms)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MANAGED, RetryPolicy, WEBHOOK};

    #[test]
    fn phases_follow_each_other() {
        let own = r#"{"healthyRetryPolicy":{"minDelayTarget":1,"maxDelayTarget":9,"numRetries":6,"numNoDelayRetries":1,"numMinDelayRetries":2,"numMaxDelayRetries":1}}"#;
        let policy = RetryPolicy::of("http", None, Some(own));
        let delays: Vec<_> = (1..=policy.retries).map(|retry| policy.delay_ms(retry)).collect();
        let (least, most) = (1_000, 9_000);
        assert_eq!(delays, [(0, 0), (least, least), (least, least), (least, most), (least, most), (most, most)]);
    }

    #[test]
    fn own_policy_counts_before_the_topics_unless_that_forbids_it() {
        let own = Some(r#"{"healthyRetryPolicy":{"minDelayTarget":1,"maxDelayTarget":1,"numRetries":1}}"#);
        let topic = r#"{"http":{"defaultHealthyRetryPolicy":{"minDelayTarget":2,"maxDelayTarget":2,"numRetries":2},"defaultThrottlePolicy":{"maxReceivesPerSecond":5},"disableSubscriptionOverrides":false}}"#;
        let retries = |topic, own| RetryPolicy::of("https", topic, own).retries;
        assert_eq!((retries(None, own), retries(Some(topic), own), retries(Some(topic), None)), (1, 1, 2));
        assert_eq!(retries(Some(&topic.replace("false", "true")), own), 2);
        assert!(RetryPolicy::of("http", Some(topic), own).throttled);
        assert_eq!(RetryPolicy::of("http", Some(""), Some("")), WEBHOOK);
        assert_eq!(RetryPolicy::of("lambda", Some(topic), own), MANAGED);
    }
}
