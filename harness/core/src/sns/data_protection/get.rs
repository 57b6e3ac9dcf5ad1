//! `GetDataProtectionPolicy`.

use redeliver_model::sns::{GetDataProtectionPolicyInput, GetDataProtectionPolicyResponse};

use crate::sns::context::Context;
use crate::sns::{Error, Sns};

impl Sns {
    /// The data protection policy of a topic as it was set; nothing if there is none.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_GetDataProtectionPolicy.html>
    pub(in crate::sns) fn get_data_protection_policy(
        &self,
        cx: &Context<'_>,
        input: &GetDataProtectionPolicyInput,
    ) -> Result<GetDataProtectionPolicyResponse, Error> {
        let topic = self.find_topic(cx, "ResourceArn", input.resource_arn.as_deref())?;
        let text = topic.protection.as_ref().map(|policy| policy.text().to_owned());
        Ok(GetDataProtectionPolicyResponse { data_protection_policy: text })
    }
}
