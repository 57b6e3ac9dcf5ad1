//! `GetSMSAttributes`.

use redeliver_model::sns::{GetSMSAttributesInput, GetSMSAttributesResponse};

use crate::sns::Sns;
use crate::sns::context::Context;

impl Sns {
    /// The preferences of the caller's account in its region.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_GetSMSAttributes.html>
    pub(in crate::sns) fn get_sms_attributes(
        &mut self,
        cx: &mut Context<'_>,
        input: GetSMSAttributesInput,
    ) -> GetSMSAttributesResponse {
        let names = input.attributes.unwrap_or_default();
        let attributes = self.phones.of_caller(cx.caller).preferences.shown(&names, &self.limits);
        GetSMSAttributesResponse { attributes: Some(attributes) }
    }
}
