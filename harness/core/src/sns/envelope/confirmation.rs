//! Messages that ask an endpoint to confirm a subscription, or tell it that one ended.

use super::document::{Document, Layout};
use super::urls::Urls;
use crate::sns::signature::{Signed, Version, of_confirmation, sign};

/// What an endpoint is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asking {
    /// To confirm a subscription.
    ToSubscribe,
    /// To confirm that a subscription is to end, by doing nothing.
    ToUnsubscribe,
}

impl Asking {
    fn kind(self) -> &'static str {
        match self {
            Self::ToSubscribe => "SubscriptionConfirmation",
            Self::ToUnsubscribe => "UnsubscribeConfirmation",
        }
    }
}

/// A message that asks an endpoint something.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Confirmation<'a> {
    /// What is asked.
    pub(crate) asking: Asking,
    /// Id of this message.
    pub(crate) message_id: &'a str,
    /// ARN of the topic.
    pub(crate) topic_arn: &'a str,
    /// ARN of the subscription.
    pub(crate) subscription_arn: &'a str,
    /// The token that confirms.
    pub(crate) token: &'a str,
    /// When it is sent, as text.
    pub(crate) timestamp: &'a str,
    /// How it is signed.
    pub(crate) version: Version,
    /// The addresses that it tells.
    pub(crate) urls: Urls<'a>,
}

impl Confirmation<'_> {
    /// The message as it is delivered: signed JSON, also for raw subscriptions.
    /// <https://docs.aws.amazon.com/sns/latest/dg/http-subscription-confirmation-json.html>
    pub(crate) fn document(&self) -> String {
        let message = self.message();
        let subscribe = self.urls.subscribe(self.topic_arn, self.token);
        let text = of_confirmation(self, &message, &subscribe);
        let Signed { version, signature } = sign(self.version, &text);
        let mut document = Document::after("", Layout::Lines);
        document.text("Type", self.asking.kind());
        document.text("MessageId", self.message_id);
        document.text("Token", self.token);
        document.text("TopicArn", self.topic_arn);
        document.text("Message", &message);
        document.text("SubscribeURL", &subscribe);
        document.text("Timestamp", self.timestamp);
        document.text("SignatureVersion", version.as_str());
        document.text("Signature", &signature);
        document.text("SigningCertURL", &self.urls.certificate());
        document.end("")
    }

    /// The type of the message.
    pub(crate) fn kind(&self) -> &'static str {
        self.asking.kind()
    }

    /// Recorded on AWS.
    fn message(&self) -> String {
        let visit = "visit the SubscribeURL included in this message.";
        match self.asking {
            Asking::ToSubscribe => format!(
                "You have chosen to subscribe to the topic {}.\nTo confirm the subscription, {visit}",
                self.topic_arn
            ),
            Asking::ToUnsubscribe => format!(
                "You have chosen to deactivate subscription {}.\nTo cancel this operation and restore the subscription, {visit}",
                self.subscription_arn
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{Asking, Confirmation, Urls, Version};

    #[test]
    fn confirmation_has_the_members_of_aws_in_their_order() {
        let confirmation = Confirmation {
            asking: Asking::ToSubscribe,
            message_id: "m",
            topic_arn: "arn:aws:sns:us-east-1:000000000000:t",
            subscription_arn: "arn:aws:sns:us-east-1:000000000000:t:s",
            token: "2336412f37",
            timestamp: "2025-01-01T00:00:00.000Z",
            version: Version::One,
            urls: Urls { endpoint: "http://localhost:4566" },
        };
        let document: Value = serde_json::from_str(&confirmation.document()).unwrap();
        let members: Vec<_> = document.as_object().unwrap().keys().map(String::as_str).collect();
        let expected = [
            "Type",
            "MessageId",
            "Token",
            "TopicArn",
            "Message",
            "SubscribeURL",
            "Timestamp",
            "SignatureVersion",
            "Signature",
            "SigningCertURL",
        ];
        assert_eq!(members, expected);
        assert_eq!(
            document["SubscribeURL"],
            "http://localhost:4566/?Action=ConfirmSubscription&TopicArn=arn:aws:sns:us-east-1:000000000000:t&Token=2336412f37"
        );
        let ended = Confirmation { asking: Asking::ToUnsubscribe, ..confirmation };
        let document: Value = serde_json::from_str(&ended.document()).unwrap();
        assert_eq!(document["Type"], "UnsubscribeConfirmation");
        assert!(
            document["Message"]
                .as_str()
                .unwrap()
                .contains("deactivate subscription arn:aws:sns:us-east-1:000000000000:t:s.\n")
        );
    }
}
