//! AWS SDK clients set up for virtual time and determinism.

use aws_sdk_sqs::config::retry::{RetryConfig, RetryPartition};
use aws_sdk_sqs::config::timeout::TimeoutConfig;
use aws_sdk_sqs::config::{BehaviorVersion, Credentials, Region, StalledStreamProtectionConfig};
use aws_smithy_async::rt::sleep::TokioSleep;

use crate::connector::Connector;

/// Credentials of an account, twelve digits: the access key is the account id. They open nothing but a harness.
pub fn credentials(account: &str) -> Credentials {
    Credentials::new(account, "redeliver", None, None, "redeliver")
}

/// Each SDK has a type of its own for its configuration, with the same settings.
macro_rules! configured {
    ($config:ty, $connector:expr) => {{
        let connector: Connector = $connector;
        <$config>::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(connector.home.region.to_string()))
            .credentials_provider(credentials(&connector.home.account))
            .time_source(connector.engine.clock.clone())
            .sleep_impl(TokioSleep::new())
            .retry_config(RetryConfig::standard())
            // The token bucket of a named partition is shared by the whole process: what one test spends, another would miss.
            .retry_partition(RetryPartition::custom("redeliver").build())
            // Both guard against a slow network; in virtual time they would measure waits that nobody has.
            .timeout_config(TimeoutConfig::disabled())
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
            .http_client(connector)
    }};
}

/// The configuration of an SQS client on this connector.
pub(crate) fn sqs(connector: Connector) -> aws_sdk_sqs::config::Builder {
    configured!(aws_sdk_sqs::Config, connector)
}

/// The configuration of an SNS client on this connector.
pub(crate) fn sns(connector: Connector) -> aws_sdk_sns::config::Builder {
    configured!(aws_sdk_sns::Config, connector)
}

/// The configuration of a Kinesis client on this connector.
pub(crate) fn kinesis(connector: Connector) -> aws_sdk_kinesis::config::Builder {
    configured!(aws_sdk_kinesis::Config, connector)
}
