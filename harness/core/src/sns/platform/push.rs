//! Messages to an endpoint, which end in the outbox: nothing here speaks to a push service.

use super::arn;
use super::fault::PlatformFault;
use crate::sns::message::Message;
use crate::sns::outbox::Entry;
use crate::sns::{Error, Sns};

/// Attributes of messages that are meant for push services, such as `AWS.SNS.MOBILE.GCM.TTL`.
/// <https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html>
const OPTIONS: [&str; 1] = ["AWS.SNS.MOBILE."];

/// The key that a message with a structure has for the endpoint of this ARN, such as `GCM`.
pub(crate) fn key(endpoint_arn: &str) -> Option<&str> {
    endpoint_arn.split(":endpoint/").nth(1)?.split('/').next()
}

impl Sns {
    /// Reads the target of a `Publish`, and says why it gets no messages.
    pub(in crate::sns) fn push_target(&self, target_arn: &str) -> Result<(), Error> {
        let name = arn::endpoint("TargetArn", Some(target_arn))?.ok_or(PlatformFault::TargetMissing)?;
        let (application, endpoint) = self.platforms.target(&name).ok_or(PlatformFault::TargetMissing)?;
        if !application.is_enabled() {
            Err(PlatformFault::ApplicationDisabled.into())
        } else if !endpoint.enabled {
            Err(PlatformFault::EndpointDisabled.into())
        } else {
            Ok(())
        }
    }

    /// Sends a message to an endpoint, and says why it does not arrive, which stands in the outbox too.
    pub(in crate::sns) fn push(&mut self, endpoint_arn: &str, message: &Message<'_>) -> Result<(), String> {
        let failure = self.push_target(endpoint_arn).err().map(|error| error.to_string());
        let attributes = message.attributes_of(&OPTIONS);
        let entry = message.entry("application", endpoint_arn.to_owned());
        self.outbox.push(Entry { attributes, failure: failure.clone(), ..entry });
        failure.map_or(Ok(()), Err)
    }
}
