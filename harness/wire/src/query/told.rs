//! What errors say here that they say in other words elsewhere.

use redeliver_core::sqs;

use crate::Error;

/// The text of an error in the query protocol, where it is not that of JSON.
pub(crate) fn text(error: &Error) -> Option<String> {
    let Error::Service(redeliver_core::Error::Sqs(error)) = error else { return None };
    match error {
        // Recorded on AWS on 2024-04-30.
        sqs::Error::QueueDoesNotExist => Some("The specified queue does not exist for this wsdl version.".to_owned()),
        // <https://github.com/DanielDaCosta/apiGateway-sqs-lambda/issues/1>. AWS names the URL that was asked, which is the
        // queue's when clients ask there.
        sqs::Error::AccessDenied { queue, .. } => Some(format!("Access to the resource {} is denied.", address(queue))),
        _ => None,
    }
}

/// The URL that AWS gives a queue of this ARN.
fn address(arn: &str) -> String {
    let mut parts = arn.splitn(6, ':').skip(3);
    let mut next = || parts.next().unwrap_or_default();
    let (region, account, name) = (next(), next(), next());
    let domain = if region.starts_with("cn-") { "amazonaws.com.cn" } else { "amazonaws.com" };
    format!("https://sqs.{region}.{domain}/{account}/{name}")
}
