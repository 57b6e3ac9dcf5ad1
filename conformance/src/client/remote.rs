//! An SDK client for an address.

use aws_sdk_sqs::config::retry::RetryConfig;
use aws_sdk_sqs::config::timeout::TimeoutConfig;
use aws_sdk_sqs::config::{BehaviorVersion, Credentials, IdentityCache, Region, StalledStreamProtectionConfig};

use redeliver_model::Service;

use super::{Client, trust};
use crate::target::{Addresses, Manifest};

/// Each SDK has a type of its own for its configuration, with the same settings.
macro_rules! configured {
    ($config:ty, $manifest:expr, $endpoint:expr) => {{
        let manifest: &Manifest = $manifest;
        let credentials = &manifest.credentials;
        let token = credentials.session_token.clone();
        let (key, secret) = (&credentials.access_key_id, &credentials.secret_access_key);
        let credentials = Credentials::new(key, secret, token, None, "target manifest");
        <$config>::builder()
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url($endpoint.to_string())
            .region(Region::new(manifest.region.clone()))
            .credentials_provider(credentials)
            .http_client(trust::http_client($endpoint.is_secure()))
            .retry_config(RetryConfig::disabled())
            .timeout_config(TimeoutConfig::disabled())
            .identity_cache(IdentityCache::no_cache())
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
            .build()
    }};
}

impl Client {
    /// A client that sends to these addresses alone, whatever host queue URLs carry. Its connections belong to the runtime that it is used in.
    pub(crate) fn remote(manifest: &Manifest, addresses: &Addresses) -> Self {
        // The SDK takes the address of each call from its configuration, never from a queue URL, and this HTTP client asks no proxy.
        let sqs = configured!(aws_sdk_sqs::Config, manifest, addresses.of(Service::Sqs));
        let sns = configured!(aws_sdk_sns::Config, manifest, addresses.of(Service::Sns));
        let kinesis = configured!(aws_sdk_kinesis::Config, manifest, addresses.of(Service::Kinesis));
        Self::new(
            aws_sdk_sqs::Client::from_conf(sqs),
            aws_sdk_sns::Client::from_conf(sns),
            aws_sdk_kinesis::Client::from_conf(kinesis),
        )
    }
}
