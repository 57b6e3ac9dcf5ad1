//! In builds without the feature `aws`: no credentials for AWS can be got.

#![expect(clippy::unused_async, reason = "as where credentials can be got")]

use aws_types::SdkConfig;

use super::Caller;
use crate::target::{Credentials, Endpoint, TargetProblem};

/// Where region and credentials come from; here there are none.
#[derive(Debug)]
pub(super) enum Login {}

/// Nothing.
pub(super) async fn environment() -> SdkConfig {
    SdkConfig::builder().build()
}

impl Login {
    /// Fails.
    pub(super) async fn new(_config: SdkConfig) -> Result<Self, TargetProblem> {
        let text = "this `redeliver` was built without the feature `aws`; build it with default features";
        Err(TargetProblem::Usage(text.to_owned()))
    }

    pub(super) async fn credentials(&self) -> Credentials {
        match *self {}
    }

    pub(super) async fn caller(&self, _endpoint: &Endpoint, _region: &str) -> Result<Caller, TargetProblem> {
        match *self {}
    }
}
