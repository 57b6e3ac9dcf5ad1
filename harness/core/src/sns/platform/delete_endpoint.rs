//! `DeleteEndpoint`.

use redeliver_model::sns::DeleteEndpointInput;

use super::arn;
use crate::sns::context::Context;
use crate::sns::{Error, Sns};

impl Sns {
    /// Deletes an endpoint; that there is none is no error. Its subscriptions stay.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_DeleteEndpoint.html>
    pub(in crate::sns) fn delete_endpoint(
        &mut self,
        cx: &mut Context<'_>,
        input: &DeleteEndpointInput,
    ) -> Result<(), Error> {
        if let Some(name) = arn::endpoint("EndpointArn", input.endpoint_arn.as_deref())?
            && let Ok(application) = self.platforms.application(cx.caller, Some(&name.application))
        {
            application.remove(name.id);
        }
        Ok(())
    }
}
