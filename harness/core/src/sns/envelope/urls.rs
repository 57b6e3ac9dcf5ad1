//! The addresses that envelopes tell: of the certificate, and of what an endpoint can do about its subscription.

use crate::sns::signature::CERTIFICATE_PATH;

/// Addresses below the endpoint that a call was made to, so that whoever gets them can ask there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Urls<'a> {
    /// Scheme, host and port, without a slash at the end.
    pub(crate) endpoint: &'a str,
}

impl Urls<'_> {
    /// Where the certificate is.
    pub(crate) fn certificate(self) -> String {
        format!("{}{CERTIFICATE_PATH}", self.endpoint)
    }

    /// Where a subscription is confirmed.
    pub(crate) fn subscribe(self, topic_arn: &str, token: &str) -> String {
        format!("{}/?Action=ConfirmSubscription&TopicArn={topic_arn}&Token={token}", self.endpoint)
    }

    /// Where a subscription is ended, but for its ARN.
    pub(super) fn unsubscribe(self) -> String {
        format!("{}/?Action=Unsubscribe&SubscriptionArn=", self.endpoint)
    }
}
