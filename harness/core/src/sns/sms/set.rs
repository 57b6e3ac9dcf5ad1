//! `SetSMSAttributes`.

use redeliver_model::sns::{SetSMSAttributesInput, SetSMSAttributesResponse};

use crate::sns::context::Context;
use crate::sns::{Error, Sns};

impl Sns {
    /// Sets preferences of the caller's account in its region; others stay as they are.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_SetSMSAttributes.html>
    pub(in crate::sns) fn set_sms_attributes(
        &mut self,
        cx: &mut Context<'_>,
        input: SetSMSAttributesInput,
    ) -> Result<SetSMSAttributesResponse, Error> {
        let attributes = input.attributes.unwrap_or_default();
        self.phones.of_caller(cx.caller).preferences.set(attributes, &self.limits)?;
        Ok(SetSMSAttributesResponse {})
    }
}
