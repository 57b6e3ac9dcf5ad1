//! `CreatePlatformEndpoint`.

use redeliver_model::sns::{CreateEndpointResponse, CreatePlatformEndpointInput};

use super::arn;
use super::endpoint::Endpoint;
use super::endpoint_attributes;
use super::fault::PlatformFault;
use crate::sns::context::Context;
use crate::sns::{Error, Sns};

impl Sns {
    /// Makes an endpoint of a device. Doing it again with the same token and attributes gives the same ARN; what is left out counts as
    /// its default, so an endpoint that was disabled, or has user data, is not the same as one that is created with its token alone.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_CreatePlatformEndpoint.html>
    pub(in crate::sns) fn create_platform_endpoint(
        &mut self,
        cx: &mut Context<'_>,
        input: CreatePlatformEndpointInput,
    ) -> Result<CreateEndpointResponse, Error> {
        let name = arn::application("PlatformApplicationArn", input.platform_application_arn.as_deref())?;
        let token = input.token.ok_or(Error::MissingValue { parameter: "Token" })?;
        let id = self.ids.uuid();
        let application = self.platforms.application(cx.caller, name.as_ref())?;
        if let Some(fault) = application.platform.token_fault(&token) {
            return Err(fault.into());
        }
        let user_data = input.custom_user_data.map(endpoint_attributes::user_data).transpose();
        // silent: the text where it is no attribute that is too long.
        let user_data =
            user_data.map_err(|fault| PlatformFault::Attribute { name: "CustomUserData".to_owned(), fault })?;
        let mut endpoint = Endpoint { token, enabled: true, user_data };
        // An attribute goes before the parameter of the same name, as recorded.
        endpoint_attributes::set(&mut endpoint, application.platform, input.attributes.unwrap_or_default())?;
        let known = application.endpoint_by_token(&endpoint.token);
        if let Some((known, _)) = known.filter(|(_, known)| **known != endpoint) {
            return Err(PlatformFault::TokenTaken { endpoint: application.endpoint_arn(known) }.into());
        }
        let id = known.map_or(id, |(known, _)| known);
        application.insert(id, endpoint);
        Ok(CreateEndpointResponse { endpoint_arn: Some(application.endpoint_arn(id)) })
    }
}
