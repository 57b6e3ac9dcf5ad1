//! `GetEndpointAttributes`.

use redeliver_model::sns::{GetEndpointAttributesInput, GetEndpointAttributesResponse};

use super::arn;
use crate::sns::context::Context;
use crate::sns::{Error, Sns};

impl Sns {
    /// The attributes of an endpoint.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_GetEndpointAttributes.html>
    pub(in crate::sns) fn get_endpoint_attributes(
        &mut self,
        cx: &mut Context<'_>,
        input: &GetEndpointAttributesInput,
    ) -> Result<GetEndpointAttributesResponse, Error> {
        let name = arn::endpoint("EndpointArn", input.endpoint_arn.as_deref())?;
        let endpoint = self.platforms.endpoint(cx.caller, name.as_ref())?;
        Ok(GetEndpointAttributesResponse { attributes: Some(endpoint.attributes()) })
    }
}
