//! Queues by key, URL and ARN.

use indexmap::IndexMap;

use super::queue::{QueueId, QueueKey};
use super::{Error, Sqs};
use crate::{Arn, Caller};

/// All queues by key, in the order of creation.
#[derive(Debug, Default)]
pub(super) struct Registry {
    pub(super) by_key: IndexMap<QueueKey, QueueId, rustc_hash::FxBuildHasher>,
}

impl Sqs {
    /// The queue of this URL, or of this bare name.
    pub(super) fn find_by_url(&self, caller: &Caller, url: Option<&str>) -> Result<QueueId, Error> {
        let url = url.filter(|url| !url.is_empty()).ok_or(Error::MissingParameter { parameter: "QueueUrl" })?;
        let mut parts = url.trim_end_matches('/').rsplit('/');
        let name = parts.next().unwrap_or_default().into();
        let account = parts.next().map_or_else(|| caller.account.clone(), Into::into);
        let key = QueueKey { account, region: caller.region.clone(), name };
        self.registry.by_key.get(&key).copied().ok_or(Error::QueueDoesNotExist)
    }

    /// The queue of this ARN, if there is one.
    pub(super) fn find_by_arn(&self, arn: &str) -> Option<QueueId> {
        let Arn { service, region, account, resource, .. } = Arn::parse(arn)?;
        let key = QueueKey { account: account.into(), region: region.into(), name: resource.into() };
        self.registry.by_key.get(&key).copied().filter(|_| service == "sqs")
    }
}
