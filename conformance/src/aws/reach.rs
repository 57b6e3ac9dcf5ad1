//! What a call may touch on AWS: things of the run alone.

use redeliver_model::Service;
use serde_json::Value;

use super::RunId;

/// Parameters that name what a call is about.
const NAMES: [&str; 14] = [
    "QueueUrl",
    "QueueName",
    "TopicArn",
    "TargetArn",
    "SubscriptionArn",
    "Name",
    "StreamName",
    "StreamARN",
    "StreamId",
    "ConsumerARN",
    "ResourceArn",
    "ResourceARN",
    "SourceArn",
    "DestinationArn",
];

/// Parameters that name what a call creates.
const CREATED: [(Service, &str, &str); 3] = [
    (Service::Sqs, "CreateQueue", "QueueName"),
    (Service::Sns, "CreateTopic", "Name"),
    (Service::Kinesis, "CreateStream", "StreamName"),
];

/// Calls that change what belongs to the whole account, or that reach people.
const NEVER: [(Service, &str); 15] = [
    (Service::Sns, "CheckIfPhoneNumberIsOptedOut"),
    (Service::Sns, "CreatePlatformApplication"),
    (Service::Sns, "CreatePlatformEndpoint"),
    (Service::Sns, "CreateSMSSandboxPhoneNumber"),
    (Service::Sns, "DeleteSMSSandboxPhoneNumber"),
    (Service::Sns, "DeletePlatformApplication"),
    (Service::Sns, "OptInPhoneNumber"),
    (Service::Sns, "SetPlatformApplicationAttributes"),
    (Service::Sns, "SetSMSAttributes"),
    (Service::Sns, "VerifySMSSandboxPhoneNumber"),
    (Service::Kinesis, "CreateChannel"),
    (Service::Kinesis, "CreateQueue"),
    (Service::Kinesis, "UpdateAccountSettings"),
    (Service::Kinesis, "UpdateChannel"),
    (Service::Kinesis, "UpdateStreamWarmThroughput"),
];

/// Protocols of subscriptions that reach no one but the account itself.
const PROTOCOLS: [&str; 3] = ["sqs", "lambda", "firehose"];

/// Why this call is not sent to AWS, where it is not.
pub(super) fn refuse(run: &RunId, service: Service, operation: &str, input: &Value) -> Option<String> {
    let call = format!("`{}:{operation}`", service.prefix());
    if NEVER.contains(&(service, operation)) {
        return Some(format!("{call} changes what belongs to the whole account, or costs too much"));
    }
    let text = |name: &str| input.get(name).and_then(Value::as_str);
    if operation == "Publish" && text("PhoneNumber").is_some() {
        return Some(format!("{call} would send a text message"));
    }
    if operation == "Subscribe"
        && let Some(protocol) = text("Protocol")
        && !PROTOCOLS.contains(&protocol.to_ascii_lowercase().as_str())
    {
        return Some(format!("{call} with the protocol `{protocol}` would reach somebody outside"));
    }
    let prefix = run.prefix();
    if let Some((.., name)) = CREATED.iter().find(|(of, named, _)| (*of, *named) == (service, operation)) {
        // What names nothing creates nothing.
        let name = text(name).filter(|name| !name.is_empty() && !name.starts_with(&prefix))?;
        return Some(format!("{call} would create `{name}`, whose name does not begin with the prefix of the run"));
    }
    if is_harmless(operation) {
        return None;
    }
    let foreign =
        NAMES.iter().find_map(|name| text(name).filter(|named| !named.is_empty() && !named.contains(&prefix)))?;
    Some(format!("{call} would touch `{foreign}`, which is not of the run"))
}

/// Whether a call of this operation changes nothing.
pub(super) fn is_harmless(operation: &str) -> bool {
    ["Get", "List", "Describe", "Check"].iter().any(|verb| operation.starts_with(verb))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(service: Service, operation: &str, input: &Value) -> Option<String> {
        refuse(&"abcdef".parse().unwrap(), service, operation, input)
    }

    #[test]
    fn things_of_the_run_are_created_and_touched() {
        let own = "redeliver-abcdef-abcdefghi";
        let url = format!("https://sqs.us-east-1.amazonaws.com/123456789012/{own}.fifo");
        for (service, operation, input) in [
            (Service::Sqs, "CreateQueue", json!({ "QueueName": own })),
            (Service::Sqs, "DeleteQueue", json!({ "QueueUrl": url })),
            (Service::Sqs, "ReceiveMessage", json!({})),
            (Service::Sqs, "GetQueueUrl", json!({ "QueueName": "orders" })),
            (Service::Sns, "CreateTopic", json!({ "Name": "" })),
            (Service::Sns, "Subscribe", json!({ "Protocol": "sqs", "TopicArn": format!("arn:aws:sns:r:a:{own}") })),
            (Service::Kinesis, "PutRecord", json!({ "StreamName": own })),
        ] {
            assert_eq!(told(service, operation, &input), None, "{operation} {input}");
        }
    }

    #[test]
    fn nothing_else_is() {
        let orders = "https://sqs.us-east-1.amazonaws.com/123456789012/orders";
        for (service, operation, input, expected) in [
            (Service::Sqs, "CreateQueue", json!({ "QueueName": "orders" }), "does not begin with the prefix"),
            (Service::Sqs, "CreateQueue", json!({ "QueueName": "x-redeliver-abcdef-a" }), "does not begin with"),
            (Service::Sqs, "ReceiveMessage", json!({ "QueueUrl": orders }), "would touch"),
            (Service::Sqs, "DeleteQueue", json!({ "QueueUrl": orders }), "would touch"),
            (Service::Kinesis, "DeleteStream", json!({ "StreamName": "redeliver-other1-a" }), "would touch"),
            (Service::Sns, "Publish", json!({ "PhoneNumber": "+15550100" }), "a text message"),
            (Service::Sns, "Subscribe", json!({ "Protocol": "email" }), "outside"),
            (Service::Kinesis, "UpdateAccountSettings", json!({}), "whole account"),
        ] {
            let reason = told(service, operation, &input).unwrap_or_default();
            assert!(reason.contains(expected), "{operation} {input}: {reason}");
        }
    }
}
