//! Headers of deliveries over HTTP.

/// The content type of all that SNS delivers over HTTP, unless a delivery policy says otherwise.
pub(crate) const PLAIN_TEXT: &str = "text/plain; charset=UTF-8";

/// Recorded on AWS.
const AGENT: &str = "Amazon Simple Notification Service Agent";

/// What kind of message it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A published message, as an envelope or raw.
    Notification {
        /// Whether it is raw.
        raw: bool,
    },
    /// A request to confirm a subscription.
    SubscriptionConfirmation,
    /// Tells that a subscription ended.
    UnsubscribeConfirmation,
}

impl Kind {
    /// The type as SNS names it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Notification { .. } => "Notification",
            Self::SubscriptionConfirmation => "SubscriptionConfirmation",
            Self::UnsubscribeConfirmation => "UnsubscribeConfirmation",
        }
    }
}

/// The headers that SNS sets itself; the client adds host and length. A request to confirm does not tell the subscription's ARN.
/// <https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html>
pub(crate) fn headers(
    kind: Kind,
    message_id: &str,
    topic_arn: &str,
    subscription_arn: &str,
    content_type: &str,
) -> Vec<(&'static str, String)> {
    let mut headers = vec![
        ("x-amz-sns-message-type", kind.as_str().to_owned()),
        ("x-amz-sns-message-id", message_id.to_owned()),
        ("x-amz-sns-topic-arn", topic_arn.to_owned()),
    ];
    if kind != Kind::SubscriptionConfirmation {
        headers.push(("x-amz-sns-subscription-arn", subscription_arn.to_owned()));
    }
    if kind == (Kind::Notification { raw: true }) {
        headers.push(("x-amz-sns-rawdelivery", "true".to_owned()));
    }
    headers.push(("content-type", content_type.to_owned()));
    headers.push(("user-agent", AGENT.to_owned()));
    headers.push(("accept-encoding", "gzip,deflate".to_owned()));
    headers
}

#[cfg(test)]
mod tests {
    use super::{Kind, PLAIN_TEXT, headers};

    fn names(kind: Kind) -> Vec<&'static str> {
        headers(kind, "m", "t", "s", PLAIN_TEXT).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn raw_deliveries_say_so_and_confirmations_do_not_tell_the_subscription() {
        let raw = names(Kind::Notification { raw: true });
        assert!(raw.contains(&"x-amz-sns-rawdelivery") && raw.contains(&"x-amz-sns-subscription-arn"));
        assert!(!names(Kind::Notification { raw: false }).contains(&"x-amz-sns-rawdelivery"));
        assert!(!names(Kind::SubscriptionConfirmation).contains(&"x-amz-sns-subscription-arn"));
        assert!(names(Kind::UnsubscribeConfirmation).contains(&"x-amz-sns-subscription-arn"));
    }
}
