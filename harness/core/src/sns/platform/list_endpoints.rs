//! `ListEndpointsByPlatformApplication`.

use redeliver_model::sns::{
    Endpoint, ListEndpointsByPlatformApplicationInput, ListEndpointsByPlatformApplicationResponse,
};

use super::arn;
use crate::Uuid;
use crate::sns::context::Context;
use crate::sns::paging::Paging;
use crate::sns::{Error, Sns};

impl Sns {
    /// The endpoints of an application, in the order of their ids, a hundred at a time.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_ListEndpointsByPlatformApplication.html>
    pub(in crate::sns) fn list_endpoints_by_platform_application(
        &mut self,
        cx: &mut Context<'_>,
        input: ListEndpointsByPlatformApplicationInput,
    ) -> Result<ListEndpointsByPlatformApplicationResponse, Error> {
        let name = arn::application("PlatformApplicationArn", input.platform_application_arn.as_deref())?;
        let application = self.platforms.application(cx.caller, name.as_ref())?;
        let paging = Paging::new(input.next_token)?;
        let mut rest = application.endpoints_after(paging.after().and_then(Uuid::parse));
        let page: Vec<_> = rest.by_ref().take(paging.size()).collect();
        let next_token = page.last().filter(|_| rest.next().is_some()).map(|(id, _)| Paging::token(&id.to_text()));
        let listed = page.into_iter().map(|(id, endpoint)| Endpoint {
            attributes: Some(endpoint.attributes()),
            endpoint_arn: Some(application.endpoint_arn(*id)),
        });
        Ok(ListEndpointsByPlatformApplicationResponse { endpoints: Some(listed.collect()), next_token })
    }
}
