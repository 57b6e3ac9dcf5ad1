//! The runtime and client of one case, and on the reference its own world.

use std::sync::Arc;
use std::time::Duration;

use aws_sdk_sqs::config::IdentityCache;
use aws_sdk_sqs::config::retry::RetryConfig;
use redeliver::{Harness, Profile as Reference};
use tokio::runtime::{Builder, Runtime};

use super::hook::Endpoints;
use super::steer::Steering;
use crate::client::raw::RawClient;
use crate::client::{Client, ServedClock};
use crate::target::{Profile, Target, Time};

/// The first and the longest pause between two tries on a target with a clock of its own.
pub(super) const REAL_PACE: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(1));

/// What one case runs in.
pub(super) struct World {
    /// The client.
    pub(super) client: Client,
    /// The client of raw requests.
    pub(super) raw: RawClient,
    /// The reference; `None` for a remote target.
    pub(super) harness: Option<Harness>,
    /// HTTP endpoints beside the runner.
    pub(super) endpoints: Arc<Endpoints>,
    /// How long to wait between two tries: the first and the longest pause.
    pub(super) pace: (Duration, Duration),
    /// Who lets time pass on a target whose clock can be put ahead.
    pub(super) steering: Option<Steering>,
}

/// A runtime for this target: with virtual time for the reference, with real time and a network for the others.
pub(super) fn runtime(target: &Target) -> std::io::Result<Runtime> {
    let mut builder = Builder::new_current_thread();
    match target.time() {
        Time::Virtual => builder.enable_time().start_paused(true).build(),
        Time::Steered => builder.enable_all().start_paused(true).build(),
        Time::Real => builder.enable_all().build(),
    }
}

impl World {
    /// The world of a case with this seed; made inside of its runtime. Fails with the reason when the target's clock can't be steered.
    pub(super) async fn open(target: &Target, seed: u64) -> Result<Self, String> {
        let manifest = &*target.manifest_now().await;
        let Some(addresses) = target.addresses() else {
            // The SDK draws invocation ids from the generator of this thread.
            fastrand::seed(seed);
            let profile = match target.profile() {
                Profile::Calm => Reference::Calm,
                Profile::Lifelike => Reference::Lifelike,
            };
            let harness = Harness::builder().seed(seed).profile(profile);
            let harness = harness.account(&manifest.account).region(&manifest.region).build();
            let sqs = harness.sqs_config().retry_config(RetryConfig::disabled());
            let sqs = sqs.identity_cache(IdentityCache::no_cache()).build();
            let sns = harness.sns_config().retry_config(RetryConfig::disabled());
            let sns = sns.identity_cache(IdentityCache::no_cache()).build();
            let kinesis = harness.kinesis_config().retry_config(RetryConfig::disabled());
            let kinesis = kinesis.identity_cache(IdentityCache::no_cache()).build();
            let client = Client::new(
                aws_sdk_sqs::Client::from_conf(sqs),
                aws_sdk_sns::Client::from_conf(sns),
                aws_sdk_kinesis::Client::from_conf(kinesis),
            );
            let second = Duration::from_secs(1);
            let raw = RawClient::in_process(manifest, harness.clone());
            let endpoints = Arc::new(Endpoints::new(Some(harness.clone())));
            let pace = (second, second);
            return Ok(Self { client, raw, harness: Some(harness), endpoints, pace, steering: None });
        };
        let raw = RawClient::remote(manifest, addresses);
        let endpoints = Arc::new(Endpoints::new(None));
        let steering = match target.time() {
            Time::Steered => Some(Steering::begin(ServedClock::new(addresses.main().clone()), Arc::clone(&endpoints))?),
            Time::Virtual | Time::Real => None,
        };
        let pace = REAL_PACE;
        Ok(Self { client: Client::remote(manifest, addresses), raw, harness: None, endpoints, pace, steering })
    }
}
