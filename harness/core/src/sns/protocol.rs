//! How an endpoint is reached.

use std::fmt;

/// The protocol of a subscription.
/// <https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Protocol {
    /// POST to a URL.
    Http,
    /// POST to a URL, encrypted.
    Https,
    /// Mail.
    Email,
    /// Mail with the envelope as JSON.
    EmailJson,
    /// Text message.
    Sms,
    /// Queue of SQS.
    Sqs,
    /// Endpoint of mobile push.
    Application,
    /// Function of Lambda.
    Lambda,
    /// Delivery stream of Firehose.
    Firehose,
}

impl Protocol {
    /// All of them.
    pub(crate) const ALL: [Self; 9] = [
        Self::Http,
        Self::Https,
        Self::Email,
        Self::EmailJson,
        Self::Sms,
        Self::Sqs,
        Self::Application,
        Self::Lambda,
        Self::Firehose,
    ];

    /// The protocol of this name.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|protocol| protocol.as_str() == text)
    }

    /// Whether messages can go this way without an envelope.
    /// <https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html>
    pub(crate) fn takes_raw_messages(self) -> bool {
        matches!(self, Self::Sqs | Self::Http | Self::Https | Self::Firehose)
    }

    /// Whether messages of more than 256 KiB can go this way.
    /// <https://docs.aws.amazon.com/sns/latest/dg/large-message-payloads.html>
    pub(crate) fn takes_large_messages(self) -> bool {
        matches!(self, Self::Sqs | Self::Lambda | Self::Firehose)
    }

    /// Whether its endpoints are asked over HTTP: they have delivery policies, and are told when their subscription ends.
    pub(crate) fn is_webhook(self) -> bool {
        matches!(self, Self::Http | Self::Https)
    }

    /// Its name.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
            Self::Email => "email",
            Self::EmailJson => "email-json",
            Self::Sms => "sms",
            Self::Sqs => "sqs",
            Self::Application => "application",
            Self::Lambda => "lambda",
            Self::Firehose => "firehose",
        }
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
