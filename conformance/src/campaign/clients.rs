//! A client of each service, for one address.

use aws_sdk_sqs::config::retry::RetryConfig;
use aws_sdk_sqs::config::{BehaviorVersion, Credentials, Region};
use aws_smithy_http_client::Builder;
use aws_types::SdkConfig;

/// Clients of one address.
#[derive(Debug, Clone)]
pub struct Clients {
    /// Of SQS.
    pub sqs: aws_sdk_sqs::Client,
    /// Of SNS.
    pub sns: aws_sdk_sns::Client,
    /// Of Kinesis.
    pub kinesis: aws_sdk_kinesis::Client,
}

impl Clients {
    /// Of this address. They try again as the SDK does, and longer: what they send goes through faults.
    pub fn new(url: &str) -> Self {
        let config = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(url)
            .region(Region::new("us-east-1"))
            .credentials_provider(aws_sdk_sqs::config::SharedCredentialsProvider::new(Credentials::new(
                "test", "test", None, None, "campaign",
            )))
            .http_client(Builder::new().build_http())
            .retry_config(RetryConfig::standard().with_max_attempts(10))
            .build();
        Self {
            sqs: aws_sdk_sqs::Client::new(&config),
            sns: aws_sdk_sns::Client::new(&config),
            kinesis: aws_sdk_kinesis::Client::new(&config),
        }
    }
}

/// An error of the SDK with all its causes.
pub fn told(error: impl std::error::Error) -> String {
    aws_sdk_sqs::error::DisplayErrorContext(error).to_string()
}
