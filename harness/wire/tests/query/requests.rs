//! Requests as clients write them, and as they get them wrong.

use indexmap::IndexMap;
use redeliver_core::Command;
use redeliver_model::sqs::{self, *};
use redeliver_model::{Service, Value, sns};
use redeliver_wire::{Dialect, Error, Format, decode, query};

const SQS: Dialect = Dialect::Query { service: Service::Sqs, format: Format::Xml };

fn sqs(operation: &str, form: &str) -> Result<sqs::Command, Error> {
    let operation = Service::Sqs.model().operation(operation).expect("an operation of SQS");
    decode(SQS, operation, form.as_bytes()).map(|command| match command {
        Command::Sqs(command) => command,
        Command::Sns(_) | Command::Kinesis(_) => panic!("it is of SQS"),
    })
}

fn sns(operation: &str, form: &str) -> Result<sns::Command, Error> {
    let operation = Service::Sns.model().operation(operation).expect("an operation of SNS");
    let value: Value = query::decode(operation.input, &query::Parameters::parse(&[form.as_bytes()]))?;
    let command = sns::Command::from_value(operation.name, value).expect("an operation of SNS");
    Ok(command.expect("values are of their shape"))
}

#[expect(clippy::unnecessary_wraps, reason = "members are options")]
fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn refusal<T: std::fmt::Debug>(outcome: Result<T, Error>) -> String {
    match outcome {
        Err(Error::MalformedInput { message }) => message,
        other => panic!("{other:?}"),
    }
}

fn attributes(pairs: &[(&str, &str)]) -> IndexMap<QueueAttributeName, String> {
    pairs.iter().map(|(name, value)| (QueueAttributeName::from(*name), (*value).to_owned())).collect()
}

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html>
#[test]
fn maps_are_numbered_names_and_values() {
    let form = "Action=CreateQueue&QueueName=MyQueue&Attribute.1.Name=VisibilityTimeout&Attribute.1.Value=40\
                &Tag.1.Key=QueueType&Tag.1.Value=Production&Tag.2.Key=Team&Tag.2.Value=";
    let tags = [("QueueType", "Production"), ("Team", "")].map(|(key, value)| (key.to_owned(), value.to_owned()));
    let expected = CreateQueueRequest {
        attributes: Some(attributes(&[("VisibilityTimeout", "40")])),
        queue_name: text("MyQueue"),
        tags: Some(IndexMap::from(tags)),
    };
    assert_eq!(sqs("CreateQueue", form), Ok(sqs::Command::CreateQueue(expected)));
}

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html>
#[test]
fn batches_nest_attributes_in_entries() {
    let form = "Action=SendMessageBatch&QueueUrl=q&SendMessageBatchRequestEntry.1.Id=test_msg_no_message_timer\
                &SendMessageBatchRequestEntry.1.MessageBody=test%20message%20body%201\
                &SendMessageBatchRequestEntry.2.Id=test_msg_delay_45_seconds\
                &SendMessageBatchRequestEntry.2.MessageBody=test%20message%20body%202\
                &SendMessageBatchRequestEntry.2.DelaySeconds=45\
                &SendMessageBatchRequestEntry.2.MessageAttribute.1.Name=test%20attribute%20name%201\
                &SendMessageBatchRequestEntry.2.MessageAttribute.1.Value.BinaryValue=AAH%2F\
                &SendMessageBatchRequestEntry.2.MessageAttribute.1.Value.DataType=Binary\
                &SendMessageBatchRequestEntry.2.MessageSystemAttribute.1.Name=AWSTraceHeader\
                &SendMessageBatchRequestEntry.2.MessageSystemAttribute.1.Value.StringValue=Root%3D1\
                &SendMessageBatchRequestEntry.2.MessageSystemAttribute.1.Value.DataType=String";
    let plain = SendMessageBatchRequestEntry {
        id: text("test_msg_no_message_timer"),
        message_body: text("test message body 1"),
        ..SendMessageBatchRequestEntry::default()
    };
    let binary = MessageAttributeValue {
        binary_value: Some(vec![0, 1, 255]),
        data_type: text("Binary"),
        ..MessageAttributeValue::default()
    };
    let trace = MessageSystemAttributeValue {
        string_value: text("Root=1"),
        data_type: text("String"),
        ..MessageSystemAttributeValue::default()
    };
    let delayed = SendMessageBatchRequestEntry {
        delay_seconds: Some(45),
        id: text("test_msg_delay_45_seconds"),
        message_attributes: Some(IndexMap::from([("test attribute name 1".to_owned(), binary)])),
        message_body: text("test message body 2"),
        message_system_attributes: Some(IndexMap::from([("AWSTraceHeader".into(), trace)])),
        ..SendMessageBatchRequestEntry::default()
    };
    let expected = SendMessageBatchRequest { entries: Some(vec![plain, delayed]), queue_url: text("q") };
    assert_eq!(sqs("SendMessageBatch", form), Ok(sqs::Command::SendMessageBatch(expected)));
}

#[test]
fn lists_go_by_the_name_of_their_elements() {
    let names = |form: &str| match sqs("ReceiveMessage", form) {
        Ok(sqs::Command::ReceiveMessage(receive)) => {
            (receive.attribute_names, receive.message_system_attribute_names, receive.message_attribute_names)
        }
        other => panic!("{other:?}"),
    };
    let form =
        "AttributeName.1=SenderId&MessageSystemAttributeName.1=All&MessageAttributeName.2=a.*&MessageAttributeName.1=b";
    let expected =
        (Some(vec!["SenderId".into()]), Some(vec!["All".into()]), Some(vec!["b".to_owned(), "a.*".to_owned()]));
    assert_eq!(names(form), expected);
    // Documented without a number.
    assert_eq!(names("AttributeName=All"), (Some(vec!["All".into()]), None, None));
    assert_eq!(names("AttributeName="), (None, None, None));

    let form = "QueueUrl=q&TagKey.1=a&TagKey.2=b";
    let expected = UntagQueueRequest { queue_url: text("q"), tag_keys: Some(vec!["a".to_owned(), "b".to_owned()]) };
    assert_eq!(sqs("UntagQueue", form), Ok(sqs::Command::UntagQueue(expected)));

    let form = "QueueUrl=q&Label=l&AWSAccountId.1=1&ActionName.1=SendMessage&ActionName.2=*";
    let expected = AddPermissionRequest {
        actions: Some(vec!["SendMessage".to_owned(), "*".to_owned()]),
        aws_account_ids: Some(vec!["1".to_owned()]),
        label: text("l"),
        queue_url: text("q"),
    };
    assert_eq!(sqs("AddPermission", form), Ok(sqs::Command::AddPermission(expected)));
}

/// The SDK for Java sends `Tags` (<https://github.com/aws/aws-sdk-java-v2/issues/2524>), botocore sends `Tag`.
#[test]
fn tags_of_a_queue_go_by_two_names() {
    for form in ["QueueUrl=q&Tag.1.Key=a&Tag.1.Value=1", "QueueUrl=q&Tags.1.Key=a&Tags.1.Value=1"] {
        let expected =
            TagQueueRequest { queue_url: text("q"), tags: Some(IndexMap::from([("a".to_owned(), "1".to_owned())])) };
        assert_eq!(sqs("TagQueue", form), Ok(sqs::Command::TagQueue(expected)));
    }
}

#[test]
fn numbers_may_have_gaps_and_come_in_any_order() {
    let set = |form: &str| match sqs("SetQueueAttributes", form) {
        Ok(sqs::Command::SetQueueAttributes(set)) => set.attributes,
        other => panic!("{other:?}"),
    };
    let expected = Some(attributes(&[("DelaySeconds", "5"), ("VisibilityTimeout", "7")]));
    let forms = [
        "Attribute.1.Name=DelaySeconds&Attribute.1.Value=5&Attribute.2.Name=VisibilityTimeout&Attribute.2.Value=7",
        "Attribute.10.Value=5&Attribute.2.Value=7&Attribute.2.Name=VisibilityTimeout&Attribute.10.Name=DelaySeconds",
        "Attribute.0.Name=VisibilityTimeout&Attribute.0.Value=7&Attribute.07.Name=DelaySeconds&Attribute.07.Value=5",
    ];
    for form in forms {
        assert_eq!(set(form), expected, "{form}");
    }
    // As documentation had it for a long time.
    let alone = Some(attributes(&[("VisibilityTimeout", "35")]));
    assert_eq!(set("Attribute.Name=VisibilityTimeout&Attribute.Value=35"), alone);
    let halves =
        "Attribute.1.Name=DelaySeconds&Attribute.2.Value=5&Attribute.3.Name=VisibilityTimeout&Attribute.3.Value=35";
    assert_eq!(set(halves), alone);
    assert_eq!(set("Attribute.1.Name=Policy&Attribute.1.Value="), Some(attributes(&[("Policy", "")])));
}

#[test]
fn unknown_parameters_are_ignored() {
    let form = "Action=PurgeQueue&Version=2012-11-05&QueueUrl=q&Expires=2020-04-18T22%3A52%3A43PST&Nobody=x&No.Body=x\
                &X-Amz-Signature=0&=&QueueUrl2=y";
    let expected = PurgeQueueRequest { queue_url: text("q") };
    assert_eq!(sqs("PurgeQueue", form), Ok(sqs::Command::PurgeQueue(expected)));
}

#[test]
fn bodies_are_taken_byte_for_byte() {
    let cases = [
        ("%22%26quot%3B%0D%0A%0D%3C%26", "\"&quot;\r\n\r<&"),
        ("a+b%2Bc%20d", "a b+c d"),
        ("%F0%9F%98%80", "😀"),
        ("a=b", "a=b"),
        ("%00", "\0"),
    ];
    for (sent, expected) in cases {
        match sqs("SendMessage", &format!("QueueUrl=q&MessageBody={sent}")) {
            Ok(sqs::Command::SendMessage(send)) => assert_eq!(send.message_body.as_deref(), Some(expected)),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn wrong_types_are_malformed_input() {
    let cases = [
        ("DelaySeconds=x", "integer must follow xsd1.1 definition"),
        ("DelaySeconds=", "missing value for integer type"),
        ("DelaySeconds=1.5", "integer must follow xsd1.1 definition"),
        ("DelaySeconds=2147483648", "integer must follow xsd1.1 definition"),
        ("DelaySeconds.1=5", "Top level element may not be treated as a list"),
        ("MessageBody.x=5", "Start of list found where not expected"),
        ("MessageAttribute.1.Name=a&MessageAttribute.1.Value=x", "Unexpected complex element termination"),
        ("MessageAttribute.1.Name=a&MessageAttribute.1.Value.DataType.1=x", "Start of list found where not expected"),
        (
            "MessageAttribute.1.Name=a&MessageAttribute.1.Value.BinaryValue=a*b=",
            "'a*b=' can not be converted to a Blob: Invalid Base64 character: '*'",
        ),
    ];
    for (form, expected) in cases {
        assert_eq!(refusal(sqs("SendMessage", form)), expected, "{form}");
    }
    assert_eq!(
        refusal(sqs("DeleteMessageBatch", "DeleteMessageBatchRequestEntry.1=x")),
        "Unexpected complex element termination"
    );
}

/// <https://github.com/aws/aws-sdk-go/issues/161>, <https://github.com/rusoto/rusoto/issues/586>,
/// <https://github.com/ex-aws/ex_aws/pull/328>, <https://github.com/brendanhay/amazonka/issues/209>
#[test]
fn names_that_clients_got_wrong_are_refused_as_aws_did() {
    let at_top = "Top level element may not be treated as a list";
    let unexpected = "Start of list found where not expected";
    assert_eq!(refusal(sqs("DeleteMessageBatch", "Entries.1.Id=msg1")), at_top);
    assert_eq!(refusal(sqs("ReceiveMessage", "MessageAttributeNames.member.1=All")), unexpected);
    assert_eq!(refusal(sqs("ReceiveMessage", "MessageAttributeNames.1=All")), at_top);
    assert_eq!(refusal(sns("Publish", "MessageAttribute.0.Name=value")), at_top);
    assert_eq!(refusal(sns("Publish", "MessageAttributes.0.Name=value")), at_top);
    assert_eq!(refusal(sns("Subscribe", "Endpoint.EndpointArn=x&Protocol=sqs")), unexpected);
    assert_eq!(refusal(sns("UntagResource", "TagKeys=x")), "Unexpected list element termination");
    assert_eq!(refusal(sns("TagResource", "Tags.member.1=x")), "Unexpected complex element termination");
    assert_eq!(refusal(sns("Subscribe", "ReturnSubscriptionArn=TRUE")), "boolean must follow xsd1.1 definition");
    assert_eq!(refusal(sns("Subscribe", "ReturnSubscriptionArn=")), "missing value for boolean type");
}

#[test]
fn lists_and_maps_of_sns_have_a_level_more() {
    let form = "Action=Publish&TopicArn=t&Message=m&MessageAttributes.entry.1.Name=a\
                &MessageAttributes.entry.1.Value.DataType=String&MessageAttributes.entry.1.Value.StringValue=x";
    let value = sns::MessageAttributeValue {
        data_type: text("String"),
        string_value: text("x"),
        ..sns::MessageAttributeValue::default()
    };
    let expected = sns::PublishInput {
        message: text("m"),
        message_attributes: Some(IndexMap::from([("a".to_owned(), value)])),
        topic_arn: text("t"),
        ..sns::PublishInput::default()
    };
    assert_eq!(sns("Publish", form), Ok(sns::Command::Publish(expected)));

    let form = "Name=n&Attributes.entry.1.key=FifoTopic&Attributes.entry.1.value=true&Tags.member.1.Key=k&Tags.member.1.Value=v";
    let expected = sns::CreateTopicInput {
        attributes: Some(IndexMap::from([("FifoTopic".to_owned(), "true".to_owned())])),
        name: text("n"),
        tags: Some(vec![sns::Tag { key: text("k"), value: text("v") }]),
        ..sns::CreateTopicInput::default()
    };
    assert_eq!(sns("CreateTopic", form), Ok(sns::Command::CreateTopic(expected)));

    // An empty map is none.
    let form = "Name=n&Platform=ADM&Attributes=";
    let expected = sns::CreatePlatformApplicationInput { attributes: None, name: text("n"), platform: text("ADM") };
    assert_eq!(sns("CreatePlatformApplication", form), Ok(sns::Command::CreatePlatformApplication(expected)));
}

#[test]
fn bytes_that_are_no_text_are_a_syntax_error() {
    for form in ["QueueUrl=%ff", "%ff=x&QueueUrl=q", "QueueUrl=q&Nobody=%C3"] {
        assert_eq!(sqs("PurgeQueue", form), Err(Error::MalformedQueryString), "{form}");
    }
}
