//! `ListPlatformApplications`.

use redeliver_model::sns::{ListPlatformApplicationsInput, ListPlatformApplicationsResponse, PlatformApplication};

use crate::sns::context::Context;
use crate::sns::paging::Paging;
use crate::sns::{Error, Sns};

impl Sns {
    /// The caller's applications in its region, in the order of their platforms and names, a hundred at a time.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_ListPlatformApplications.html>
    pub(in crate::sns) fn list_platform_applications(
        &mut self,
        cx: &mut Context<'_>,
        input: ListPlatformApplicationsInput,
    ) -> Result<ListPlatformApplicationsResponse, Error> {
        let paging = Paging::new(input.next_token)?;
        let mut rest = self.platforms.of_caller(cx.caller).range::<str, _>(paging.bounds());
        let page: Vec<_> = rest.by_ref().take(paging.size()).collect();
        let next_token = page.last().filter(|_| rest.next().is_some()).map(|(path, _)| Paging::token(path));
        let listed = page.into_iter().map(|(_, application)| PlatformApplication {
            attributes: Some(application.attributes()),
            platform_application_arn: Some(application.arn.clone()),
        });
        Ok(ListPlatformApplicationsResponse { next_token, platform_applications: Some(listed.collect()) })
    }
}
