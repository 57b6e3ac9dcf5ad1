//! `SetPlatformApplicationAttributes`.

use redeliver_model::sns::SetPlatformApplicationAttributesInput;

use super::arn;
use crate::sns::context::Context;
use crate::sns::{Error, Sns};

impl Sns {
    /// Sets attributes of an application; others stay as they are.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_SetPlatformApplicationAttributes.html>
    pub(in crate::sns) fn set_platform_application_attributes(
        &mut self,
        cx: &mut Context<'_>,
        input: SetPlatformApplicationAttributesInput,
    ) -> Result<(), Error> {
        let name = arn::application("PlatformApplicationArn", input.platform_application_arn.as_deref())?;
        let application = self.platforms.application(cx.caller, name.as_ref())?;
        Ok(application.settings.set(input.attributes.unwrap_or_default())?)
    }
}
