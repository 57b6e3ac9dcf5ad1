//! `CreatePlatformApplication`.

use std::collections::btree_map::Entry;

use redeliver_model::sns::{CreatePlatformApplicationInput, CreatePlatformApplicationResponse};

use super::application::Application;
use super::attributes::Settings;
use super::fault::PlatformFault;
use super::name::{self, Platform};
use crate::sns::context::Context;
use crate::sns::{Error, Sns};

impl Sns {
    /// Makes an application. Doing it again with the same attributes gives the same ARN. Whether the credentials are good is not
    /// asked: nothing here speaks to a push service.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_CreatePlatformApplication.html>
    pub(in crate::sns) fn create_platform_application(
        &mut self,
        cx: &mut Context<'_>,
        input: CreatePlatformApplicationInput,
    ) -> Result<CreatePlatformApplicationResponse, Error> {
        let name = input.name.ok_or(Error::MissingValue { parameter: "Name" })?;
        name::check(&name)?;
        let platform = input.platform.ok_or(Error::MissingValue { parameter: "Platform" })?;
        let platform = Platform::parse(&platform)?;
        let settings = Settings::new(platform, input.attributes.unwrap_or_default())?;
        let arn = match self.platforms.of_caller(cx.caller).entry(format!("{}/{name}", platform.name)) {
            Entry::Occupied(old) if old.get().settings != settings => return Err(PlatformFault::NameTaken.into()),
            Entry::Occupied(same) => same.get().arn.clone(),
            Entry::Vacant(place) => {
                let (partition, region, account) = (cx.caller.partition(), &cx.caller.region, &cx.caller.account);
                let arn = format!("arn:{partition}:sns:{region}:{account}:app/{}", place.key());
                place.insert(Application::new(arn.clone(), platform, settings));
                arn
            }
        };
        Ok(CreatePlatformApplicationResponse { platform_application_arn: Some(arn) })
    }
}
