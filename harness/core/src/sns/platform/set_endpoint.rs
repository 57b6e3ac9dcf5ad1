//! `SetEndpointAttributes`.

use redeliver_model::sns::SetEndpointAttributesInput;

use super::fault::PlatformFault;
use super::{arn, endpoint_attributes};
use crate::sns::context::Context;
use crate::sns::{Error, Sns};

impl Sns {
    /// Sets attributes of an endpoint; others stay as they are. A new token does not enable it.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_SetEndpointAttributes.html>
    pub(in crate::sns) fn set_endpoint_attributes(
        &mut self,
        cx: &mut Context<'_>,
        input: SetEndpointAttributesInput,
    ) -> Result<(), Error> {
        let name =
            arn::endpoint("EndpointArn", input.endpoint_arn.as_deref())?.ok_or(PlatformFault::EndpointMissing)?;
        let application = self.platforms.application(cx.caller, Some(&name.application));
        let application = application.map_err(|_| PlatformFault::EndpointMissing)?;
        let mut endpoint = application.endpoint(name.id).cloned().ok_or(PlatformFault::EndpointMissing)?;
        endpoint_attributes::set(&mut endpoint, application.platform, input.attributes.unwrap_or_default())?;
        if application.endpoint_by_token(&endpoint.token).is_some_and(|(other, _)| other != name.id) {
            return Err(PlatformFault::TokenOfAnother.into());
        }
        application.insert(name.id, endpoint);
        Ok(())
    }
}
