//! The parameters of one call against the constraints of its input.

use redeliver_model::{Operation, Service, Value};

use super::walk::{Scope, Walk};
use crate::Error;

/// Their texts are in a public test suite that runs against AWS, and their models have constraints, which those of older ones lack.
/// <https://github.com/ballerina-platform/module-ballerinax-aws.sns/blob/master/ballerina/tests/sms-sandbox-tests.bal>
const CHECKED_BY_FRAMEWORK: [&str; 5] = [
    "CreateSMSSandboxPhoneNumber",
    "DeleteSMSSandboxPhoneNumber",
    "ListOriginationNumbers",
    "ListSMSSandboxPhoneNumbers",
    "VerifySMSSandboxPhoneNumber",
];

/// Checks parameters, a structure of the operation's input shape, and refuses them with every violation in one text.
///
/// SQS says everything in words of its own and checks nothing here. SNS has words of its own for the length and form
/// of values and for absent top-level texts and lists, so only absent maps and absent members of nested structures are
/// refused here, as recorded: `attributes`, `messageAttributes.attr1.member.dataType`. Its operations on the sandbox of text
/// messages are younger and leave all constraints to the framework.
pub fn check(operation: &'static Operation, parameters: &Value) -> Result<(), Error> {
    let scope = match operation.service {
        Service::Sqs => return Ok(()),
        Service::Sns if CHECKED_BY_FRAMEWORK.contains(&operation.name) => Scope::All,
        Service::Sns => Scope::Presence,
        Service::Kinesis => Scope::All,
    };
    let violations = Walk::new(operation.service, scope).run(operation.input, parameters);
    if violations.is_empty() {
        return Ok(());
    }
    let errors = if violations.len() == 1 { "error" } else { "errors" };
    let message = format!("{} validation {errors} detected: {}", violations.len(), violations.join("; "));
    Err(Error::Validation { service: operation.service, message })
}

#[cfg(test)]
mod tests {
    use redeliver_model::Service;
    use serde_json::json;

    use super::check;
    use crate::json::read;

    /// The text of the refusal; nothing when the parameters are fine.
    fn refusal(service: Service, operation: &str, parameters: serde_json::Value) -> Option<String> {
        let operation = service.model().operation(operation).unwrap();
        check(operation, &read(operation.input, parameters).unwrap()).err().map(|error| error.to_string())
    }

    fn kinesis(operation: &str, parameters: serde_json::Value) -> Option<String> {
        refusal(Service::Kinesis, operation, parameters)
    }

    #[test]
    fn one_violation_and_several_differ_in_number() {
        let long = "a".repeat(129);
        let text = kinesis("DeleteStream", json!({ "StreamName": long }));
        let expected = format!(
            "1 validation error detected: Value '{long}' at 'streamName' failed to satisfy constraint: \
             Member must have length less than or equal to 128"
        );
        assert_eq!(text, Some(expected));
        let text = kinesis("CreateStream", json!({"StreamName": "", "ShardCount": 0}));
        let expected = "3 validation errors detected: \
             Value '0' at 'shardCount' failed to satisfy constraint: \
             Member must have value greater than or equal to 1; \
             Value '' at 'streamName' failed to satisfy constraint: \
             Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; \
             Value '' at 'streamName' failed to satisfy constraint: Member must have length greater than or equal to 1";
        assert_eq!(text.as_deref(), Some(expected));
    }

    #[test]
    fn what_keeps_all_constraints_is_accepted() {
        assert_eq!(kinesis("CreateStream", json!({"StreamName": "a.B-c_9", "ShardCount": 1})), None);
        assert_eq!(kinesis("PutRecord", json!({"StreamName": "s", "PartitionKey": "\u{1F600}", "Data": ""})), None);
        assert_eq!(kinesis("ListStreams", json!({})), None);
    }

    #[test]
    fn absent_members_are_told_as_null() {
        let expected = "3 validation errors detected: \
             Value null at 'consumerARN' failed to satisfy constraint: Member must not be null; \
             Value null at 'shardId' failed to satisfy constraint: Member must not be null; \
             Value null at 'startingPosition.type' failed to satisfy constraint: Member must not be null";
        assert_eq!(kinesis("SubscribeToShard", json!({"StartingPosition": {}})).as_deref(), Some(expected));
    }

    #[test]
    fn items_of_lists_are_counted_from_one() {
        let records =
            json!([{"PartitionKey": "a", "Data": ""}, {"PartitionKey": "", "Data": "", "ExplicitHashKey": "07"}]);
        let expected = "2 validation errors detected: \
             Value '07' at 'records.2.member.explicitHashKey' failed to satisfy constraint: \
             Member must satisfy regular expression pattern: ^(0|([1-9]\\d{0,38}))$; \
             Value '' at 'records.2.member.partitionKey' failed to satisfy constraint: \
             Member must have length greater than or equal to 1";
        assert_eq!(kinesis("PutRecords", json!({"StreamName": "s", "Records": records})).as_deref(), Some(expected));
    }

    #[test]
    fn bytes_are_told_by_their_length() {
        use base64::Engine as _;
        let data = base64::engine::general_purpose::STANDARD.encode(vec![0; 10_485_761]);
        let text = kinesis("PutRecord", json!({"StreamName": "s", "PartitionKey": "a", "Data": data}));
        let expected = "1 validation error detected: \
             Value 'java.nio.HeapByteBuffer[pos=0 lim=10485761 cap=10485761]' at 'data' failed to satisfy constraint: \
             Member must have length less than or equal to 10485760";
        assert_eq!(text.as_deref(), Some(expected));
    }

    #[test]
    fn values_of_enumerations_are_told_in_the_order_of_a_hash_table() {
        let parameters = json!({"StreamName": "s", "ShardId": "0", "ShardIteratorType": "latest"});
        let expected = "1 validation error detected: \
             Value 'latest' at 'shardIteratorType' failed to satisfy constraint: Member must satisfy enum value set: \
             [AFTER_SEQUENCE_NUMBER, LATEST, AT_TIMESTAMP, AT_SEQUENCE_NUMBER, TRIM_HORIZON]";
        assert_eq!(kinesis("GetShardIterator", parameters).as_deref(), Some(expected));
    }

    #[test]
    fn items_without_members_are_told_with_their_list_or_map() {
        let long = "a".repeat(129);
        let text = kinesis("RemoveTagsFromStream", json!({"StreamName": "s", "TagKeys": ["a", long, "b"]}));
        let expected = format!(
            "1 validation error detected: Value '[a, {long}, b]' at 'tagKeys' failed to satisfy constraint: \
             Member must satisfy constraint: [Member must have length less than or equal to 128, \
             Member must have length greater than or equal to 1]"
        );
        assert_eq!(text, Some(expected));
        let text = kinesis("AddTagsToStream", json!({"StreamName": "s", "Tags": {"a": "1", long.clone(): "2"}}));
        let expected = format!(
            "1 validation error detected: Value '{{a=1, {long}=2}}' at 'tags' failed to satisfy constraint: \
             Map keys must satisfy constraint: [Member must have length less than or equal to 128, \
             Member must have length greater than or equal to 1]"
        );
        assert_eq!(text, Some(expected));
        let value = "v".repeat(257);
        let text = kinesis("AddTagsToStream", json!({"StreamName": "s", "Tags": {"a": value}}));
        let expected = format!(
            "1 validation error detected: Value '{{a={value}}}' at 'tags' failed to satisfy constraint: \
             Map value must satisfy constraint: [Member must have length less than or equal to 256, \
             Member must have length greater than or equal to 0]"
        );
        assert_eq!(text, Some(expected));
        let metrics = json!({"StreamName": "s", "ShardLevelMetrics": ["None"]});
        let expected = "1 validation error detected: \
             Value '[None]' at 'shardLevelMetrics' failed to satisfy constraint: Member must satisfy constraint: \
             [Member must satisfy enum value set: [ALL, IteratorAgeMilliseconds, IncomingBytes, \
             WriteProvisionedThroughputExceeded, OutgoingRecords, ReadProvisionedThroughputExceeded, IncomingRecords, \
             OutgoingBytes]]";
        assert_eq!(kinesis("EnableEnhancedMonitoring", metrics).as_deref(), Some(expected));
    }

    #[test]
    fn empty_lists_and_maps_are_too_short() {
        let expected = "1 validation error detected: \
             Value '[]' at 'records' failed to satisfy constraint: Member must have length greater than or equal to 1";
        assert_eq!(kinesis("PutRecords", json!({"StreamName": "s", "Records": []})).as_deref(), Some(expected));
        let expected = "1 validation error detected: \
             Value '{}' at 'tags' failed to satisfy constraint: Member must have length greater than or equal to 1";
        assert_eq!(kinesis("AddTagsToStream", json!({"StreamName": "s", "Tags": {}})).as_deref(), Some(expected));
    }

    #[test]
    fn ten_violations_are_told_and_no_more() {
        let records = vec![json!({"PartitionKey": "", "Data": ""}); 501];
        let text = kinesis("PutRecords", json!({"StreamName": "", "Records": records})).unwrap();
        assert!(text.starts_with(
            "10 validation errors detected: Value '[com.amazonaws.kinesis.v20131202.PutRecordsRequestEntry@"
        ));
        let rest: Vec<_> = text.split("; ").skip(1).collect();
        let expected: Vec<_> = (1..10)
            .map(|record| {
                format!(
                    "Value '' at 'records.{record}.member.partitionKey' failed to satisfy constraint: \
                     Member must have length greater than or equal to 1"
                )
            })
            .collect();
        assert_eq!(rest, expected);
    }

    #[test]
    fn sns_leaves_absent_maps_and_nested_members_to_the_model() {
        let sns = |operation, parameters| refusal(Service::Sns, operation, parameters);
        let null = |path: &str| {
            let text = "failed to satisfy constraint: Member must not be null";
            Some(format!("1 validation error detected: Value null at '{path}' {text}"))
        };
        let attribute = json!({"attr1": {"StringValue": "v"}});
        let parameters = json!({"TopicArn": "t", "Message": "m", "MessageAttributes": attribute});
        assert_eq!(sns("Publish", parameters), null("messageAttributes.attr1.member.dataType"));
        let entries = json!([{"Id": "1", "Message": "m", "MessageAttributes": attribute}]);
        let path = "publishBatchRequestEntries.1.member.messageAttributes.attr1.member.dataType";
        assert_eq!(sns("PublishBatch", json!({"TopicArn": "t", "PublishBatchRequestEntries": entries})), null(path));
        assert_eq!(sns("SetPlatformApplicationAttributes", json!({"PlatformApplicationArn": "p"})), null("attributes"));
        assert_eq!(sns("Unsubscribe", json!({})), None);
        assert_eq!(sns("TagResource", json!({"ResourceArn": "", "Tags": [{"Key": "", "Value": ""}]})), None);
    }

    #[test]
    fn sns_leaves_the_sandbox_to_the_framework() {
        let create =
            |number: &str| refusal(Service::Sns, "CreateSMSSandboxPhoneNumber", json!({"PhoneNumber": number}));
        let told = |number: &str, constraint: &str| {
            Some(format!(
                "1 validation error detected: Value '{number}' at 'phoneNumber' failed to satisfy constraint: Member must {constraint}"
            ))
        };
        let pattern = "satisfy regular expression pattern: ^(\\+[0-9]{8,}|[0-9]{0,9})$";
        assert_eq!(create("invalid phone number"), told("invalid phone number", pattern));
        let long = "+94489347594376598435346594365943695348562987";
        assert_eq!(create(long), told(long, "have length less than or equal to 20"));
        assert_eq!([create("123456789"), create("+9411223344667788990")], [None, None]);
    }

    #[test]
    fn sqs_checks_for_itself() {
        assert_eq!(refusal(Service::Sqs, "SendMessage", json!({})), None);
    }
}
