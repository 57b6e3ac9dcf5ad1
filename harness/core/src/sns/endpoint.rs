//! Checks of the endpoint of a new subscription.

use super::sms;
use super::{Error, Protocol};
use crate::Arn;

/// Whether an endpoint has the form that its protocol wants. The texts for queues and numbers were recorded on AWS; the others are
/// reported: <https://github.com/localstack/localstack/blob/main/localstack-core/localstack/services/sns/provider.py>.
///
/// # Errors
///
/// When it has another form.
pub(super) fn check(protocol: Protocol, endpoint: &str) -> Result<(), Error> {
    let refused = |parameter| Err(Error::Parameter { parameter });
    let is_arn_of = |service: &str| Arn::parse(endpoint).is_some_and(|arn| arn.service == service);
    match protocol {
        Protocol::Sqs if !is_arn_of("sqs") => refused("SQS endpoint ARN"),
        Protocol::Lambda if !is_arn_of("lambda") => refused("Lambda endpoint ARN"),
        Protocol::Firehose if !is_arn_of("firehose") => refused("Firehose endpoint ARN"),
        Protocol::Application if !is_arn_of("sns") || !endpoint.contains(":endpoint/") => {
            refused("Application endpoint arn invalid")
        }
        Protocol::Http if !endpoint.starts_with("http://") => refused("Endpoint must match the specified protocol"),
        Protocol::Https if !endpoint.starts_with("https://") => refused("Endpoint must match the specified protocol"),
        Protocol::Email | Protocol::EmailJson if !is_address(endpoint) => refused("Email address"),
        Protocol::Sms if sms::endpoint_number(endpoint).is_none() => {
            Err(Error::SmsEndpoint { endpoint: endpoint.to_owned() })
        }
        _ => Ok(()),
    }
}

fn is_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'))
}
