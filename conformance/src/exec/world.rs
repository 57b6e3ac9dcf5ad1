//! The runtime and client of one case, and on the reference its own world.

use std::time::Duration;

use aws_sdk_sqs::config::IdentityCache;
use aws_sdk_sqs::config::retry::RetryConfig;
use redeliver::{Harness, Profile as Reference};
use tokio::runtime::{Builder, Runtime};

use crate::client::Client;
use crate::client::raw::RawClient;
use crate::target::{Profile, Target};

/// What one case runs in.
pub(super) struct World {
    /// The client.
    pub(super) client: Client,
    /// The client of raw requests.
    pub(super) raw: RawClient,
    /// The reference; `None` for a remote target.
    pub(super) harness: Option<Harness>,
    /// How long to wait between two tries: the first and the longest pause.
    pub(super) pace: (Duration, Duration),
}

/// A runtime for this target: with virtual time for the reference, with real time and a network for the others.
pub(super) fn runtime(target: &Target) -> std::io::Result<Runtime> {
    let mut builder = Builder::new_current_thread();
    if target.is_virtual() { builder.enable_time().start_paused(true).build() } else { builder.enable_all().build() }
}

impl World {
    /// The world of a case with this seed; made inside of its runtime.
    pub(super) fn new(target: &Target, seed: u64) -> Self {
        let manifest = target.manifest();
        let Some(endpoint) = target.endpoint() else {
            // The SDK draws invocation ids from the generator of this thread.
            fastrand::seed(seed);
            let profile = match target.profile() {
                Profile::Calm => Reference::Calm,
                Profile::Lifelike => Reference::Lifelike,
            };
            let harness = Harness::builder().seed(seed).profile(profile);
            let harness = harness.account(&manifest.account).region(&manifest.region).build();
            let config = harness.sqs_config().retry_config(RetryConfig::disabled());
            let config = config.identity_cache(IdentityCache::no_cache()).build();
            let client = Client::new(aws_sdk_sqs::Client::from_conf(config));
            let second = Duration::from_secs(1);
            let raw = RawClient::in_process(manifest, harness.clone());
            return Self { client, raw, harness: Some(harness), pace: (second, second) };
        };
        let pace = (Duration::from_millis(250), Duration::from_secs(1));
        let raw = RawClient::remote(manifest, endpoint);
        Self { client: Client::remote(manifest, endpoint), raw, harness: None, pace }
    }
}
