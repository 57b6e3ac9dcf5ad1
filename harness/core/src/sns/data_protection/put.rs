//! `PutDataProtectionPolicy`.

use redeliver_model::sns::PutDataProtectionPolicyInput;

use super::fault::ProtectionFault;
use super::policy::DataProtection;
use crate::sns::context::Context;
use crate::sns::{Error, Sns};

impl Sns {
    /// Sets the data protection policy of a topic, or with an empty text takes it away. Attributes of topics do not show it.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_PutDataProtectionPolicy.html>
    pub(in crate::sns) fn put_data_protection_policy(
        &mut self,
        cx: &Context<'_>,
        input: &PutDataProtectionPolicyInput,
    ) -> Result<(), Error> {
        let id = self.find_topic(cx, "ResourceArn", input.resource_arn.as_deref())?.id;
        let text = input.data_protection_policy.as_deref();
        let text = text.ok_or(Error::MissingValue { parameter: "DataProtectionPolicy" })?;
        let topic = self.registry.topic_mut(id).expect("it was just found");
        topic.protection = DataProtection::for_topic(text, topic.settings.fifo)?;
        Ok(())
    }
}

impl DataProtection {
    /// The policy of a topic; the empty text is none.
    pub(in crate::sns) fn for_topic(text: &str, is_fifo: bool) -> Result<Option<Self>, Error> {
        let wrong =
            |fault: ProtectionFault| Error::Reason { parameter: "DataProtectionPolicy", reason: fault.to_string() };
        if text.is_empty() {
            return Ok(None);
        }
        if is_fifo {
            return Err(wrong(ProtectionFault::Fifo));
        }
        Self::parse(text).map(Some).map_err(wrong)
    }
}
