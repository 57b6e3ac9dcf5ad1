//! `GetPlatformApplicationAttributes`.

use redeliver_model::sns::{GetPlatformApplicationAttributesInput, GetPlatformApplicationAttributesResponse};

use super::arn;
use crate::sns::context::Context;
use crate::sns::{Error, Sns};

impl Sns {
    /// The attributes of an application, but for its credentials.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_GetPlatformApplicationAttributes.html>
    pub(in crate::sns) fn get_platform_application_attributes(
        &mut self,
        cx: &mut Context<'_>,
        input: &GetPlatformApplicationAttributesInput,
    ) -> Result<GetPlatformApplicationAttributesResponse, Error> {
        let name = arn::application("PlatformApplicationArn", input.platform_application_arn.as_deref())?;
        let application = self.platforms.application(cx.caller, name.as_ref())?;
        Ok(GetPlatformApplicationAttributesResponse { attributes: Some(application.attributes()) })
    }
}
