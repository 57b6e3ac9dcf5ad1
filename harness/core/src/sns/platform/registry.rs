//! Applications by account, region, platform and name.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::application::Application;
use super::arn::{ApplicationName, EndpointName};
use super::endpoint::Endpoint;
use super::fault::PlatformFault;
use crate::{Arn, Caller};

/// An account in a region.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Home {
    /// Account id.
    pub(crate) account: Arc<str>,
    /// Region.
    pub(crate) region: Arc<str>,
}

impl Home {
    /// That of an ARN.
    pub(crate) fn of(arn: &Arn) -> Self {
        Self { account: arn.account.as_str().into(), region: arn.region.as_str().into() }
    }

    /// Where a call is made.
    pub(crate) fn of_caller(caller: &Caller) -> Self {
        Self { account: Arc::clone(&caller.account), region: Arc::clone(&caller.region) }
    }
}

/// The applications of one account and region, by platform and name with a slash between them.
pub(super) type Applications = BTreeMap<String, Application>;

/// All applications with their endpoints.
#[derive(Debug, Default)]
pub(crate) struct Platforms {
    homes: BTreeMap<Home, Applications>,
}

impl Platforms {
    /// The applications of the caller's account and region.
    pub(super) fn of_caller(&mut self, caller: &Caller) -> &mut Applications {
        self.homes.entry(Home::of_caller(caller)).or_default()
    }

    /// An application of the caller's account and region.
    pub(super) fn application(
        &mut self,
        caller: &Caller,
        name: Option<&ApplicationName>,
    ) -> Result<&mut Application, PlatformFault> {
        // Accounts and regions see nothing of each other: applications have no policies.
        let name = name.filter(|name| name.home == Home::of_caller(caller));
        name.and_then(|name| self.homes.get_mut(&name.home)?.get_mut(&name.path))
            .ok_or(PlatformFault::ApplicationMissing)
    }

    /// Takes an application of the caller's account and region out.
    pub(super) fn remove(&mut self, caller: &Caller, name: Option<&ApplicationName>) {
        if let Some(name) = name
            && name.home == Home::of_caller(caller)
        {
            self.of_caller(caller).remove(&name.path);
        }
    }

    /// An endpoint of the caller's account and region.
    pub(super) fn endpoint(
        &mut self,
        caller: &Caller,
        name: Option<&EndpointName>,
    ) -> Result<&mut Endpoint, PlatformFault> {
        let name = name.ok_or(PlatformFault::EndpointMissing)?;
        let application = self.application(caller, Some(&name.application));
        application.ok().and_then(|application| application.endpoint_mut(name.id)).ok_or(PlatformFault::EndpointMissing)
    }

    /// An application with an endpoint of it, whoever asks.
    pub(super) fn target(&self, name: &EndpointName) -> Option<(&Application, &Endpoint)> {
        let application = self.homes.get(&name.application.home)?.get(&name.application.path)?;
        Some((application, application.endpoint(name.id)?))
    }
}
