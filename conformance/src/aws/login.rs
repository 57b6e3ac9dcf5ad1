//! Region and credentials as AWS's own tools find them, and whose they are.

use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use aws_config::{BehaviorVersion, Region};
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_sdk_sts::config::retry::RetryConfig;
use aws_sdk_sts::error::ProvideErrorMetadata;
use aws_types::SdkConfig;

use super::{Caller, moment};
use crate::client::trust;
use crate::target::{Credentials, Endpoint, TargetProblem};

/// Credentials are got anew when they are good for no longer than this.
const FRESH: Duration = Duration::from_mins(10);

/// Where region and credentials come from: environment variables, the files of profiles, and what these name.
#[derive(Debug)]
pub(super) struct Login {
    config: SdkConfig,
    provider: SharedCredentialsProvider,
    held: Mutex<Held>,
}

/// Credentials, and until when they are good.
#[derive(Debug, Clone)]
struct Held {
    credentials: Credentials,
    until: Option<SystemTime>,
}

/// What the environment and the profile say, without credentials.
pub(super) async fn environment() -> SdkConfig {
    // An HTTP client is asked only where credentials come over the network.
    let loader = aws_config::defaults(BehaviorVersion::latest()).http_client(trust::http_client(true));
    loader.load().await
}

impl Login {
    /// Gets credentials.
    pub(super) async fn new(config: SdkConfig) -> Result<Self, TargetProblem> {
        let none = |why: &str| {
            TargetProblem::Usage(format!(
                "no credentials for AWS: {why}; set `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, or `AWS_PROFILE`"
            ))
        };
        let provider = config.credentials_provider().ok_or_else(|| none("no way to get them is set"))?;
        let held = get(&provider).await.map_err(|why| none(&why))?;
        Ok(Self { config, provider, held: Mutex::new(held) })
    }

    /// Credentials that are good for a while.
    pub(super) async fn credentials(&self) -> Credentials {
        let held = self.held.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
        if held.until.is_none_or(|until| until > moment::now() + FRESH) {
            return held.credentials;
        }
        match get(&self.provider).await {
            Ok(new) => {
                let credentials = new.credentials.clone();
                *self.held.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = new;
                credentials
            }
            // The old ones may do for the case; if not, it tells.
            Err(reason) => {
                tracing::warn!(reason, "credentials for AWS could not be got anew");
                held.credentials
            }
        }
    }

    /// Whose credentials these are, by `sts:GetCallerIdentity`.
    pub(super) async fn caller(&self, endpoint: &Endpoint, region: &str) -> Result<Caller, TargetProblem> {
        let config = aws_sdk_sts::config::Builder::from(&self.config)
            .http_client(trust::http_client(endpoint.is_secure()))
            .region(Region::new(region.to_owned()))
            .endpoint_url(endpoint.to_string())
            .retry_config(RetryConfig::standard())
            .build();
        let told = aws_sdk_sts::Client::from_conf(config).get_caller_identity().send().await;
        let told = told.map_err(|error| {
            let reason = match (error.code(), error.message()) {
                (Some(code), Some(message)) => {
                    format!("{code}: {}", message.lines().next().unwrap_or_default())
                }
                _ => first_line(&error),
            };
            TargetProblem::Unreachable(format!(
                "`{endpoint}` does not say whose credentials these are, so nothing was called: {reason}"
            ))
        })?;
        let without = || TargetProblem::Unreachable(format!("`{endpoint}` answers without an account"));
        Ok(Caller { account: told.account.ok_or_else(without)?, arn: told.arn, unique_id: told.user_id })
    }
}

/// An error and what lies behind it, in one line: the SDK tells each way that it tried in lines of their own.
fn first_line(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut behind = error.source();
    while let Some(error) = behind {
        let more = error.to_string();
        text = format!("{text}: {}", more.lines().next().unwrap_or_default());
        behind = error.source();
    }
    text.lines().next().unwrap_or_default().to_owned()
}

async fn get(provider: &SharedCredentialsProvider) -> Result<Held, String> {
    let got = provider.provide_credentials().await.map_err(|error| first_line(&error))?;
    Ok(Held {
        until: got.expiry(),
        credentials: Credentials {
            access_key_id: got.access_key_id().to_owned(),
            secret_access_key: got.secret_access_key().to_owned(),
            session_token: got.session_token().map(str::to_owned),
        },
    })
}
