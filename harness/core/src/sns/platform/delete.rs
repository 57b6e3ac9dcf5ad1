//! `DeletePlatformApplication`.

use redeliver_model::sns::DeletePlatformApplicationInput;

use super::arn;
use crate::sns::context::Context;
use crate::sns::{Error, Sns};

impl Sns {
    /// Deletes an application with its endpoints; that there is none is no error.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_DeletePlatformApplication.html>
    pub(in crate::sns) fn delete_platform_application(
        &mut self,
        cx: &mut Context<'_>,
        input: &DeletePlatformApplicationInput,
    ) -> Result<(), Error> {
        let name = arn::application("PlatformApplicationArn", input.platform_application_arn.as_deref())?;
        self.platforms.remove(cx.caller, name.as_ref());
        Ok(())
    }
}
