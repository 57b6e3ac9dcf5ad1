//! Whole responses, as AWS was seen to write them.

use indexmap::IndexMap;
use redeliver_core::{Reply, sqs as core};
use redeliver_model::sqs::{self, *};
use redeliver_model::{Service, Typed, sns};
use redeliver_wire::{Dialect, Error, Format, encode, query};

const XML: Dialect = Dialect::Query { service: Service::Sqs, format: Format::Xml };
const JSON: Dialect = Dialect::Query { service: Service::Sqs, format: Format::Json };
const SNS: Dialect = Dialect::Query { service: Service::Sns, format: Format::Xml };
const HEAD: &str = "<?xml version=\"1.0\"?>";
const NAMESPACE: &str = "xmlns=\"http://queue.amazonaws.com/doc/2012-11-05/\"";
const META: &str = "<ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata>";

#[expect(clippy::unnecessary_wraps, reason = "members are options")]
fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// Status, content type and body; that no header tells a query error is checked.
fn answer(dialect: Dialect, outcome: Result<sqs::Reply, Error>) -> (u16, String, String) {
    let response = encode(dialect, outcome.map(Reply::Sqs), "id-1");
    let names: Vec<_> = response.headers().keys().map(http::HeaderName::as_str).collect();
    assert_eq!(names, ["content-type", "x-amzn-requestid"]);
    let kind = response.headers()["content-type"].to_str().expect("a text").to_owned();
    (response.status().as_u16(), kind, String::from_utf8(response.into_body()).expect("a text"))
}

fn xml(reply: sqs::Reply) -> String {
    let (status, kind, body) = answer(XML, Ok(reply));
    assert_eq!((status, kind.as_str()), (200, "text/xml"));
    body
}

fn json(reply: sqs::Reply) -> String {
    let (status, kind, body) = answer(JSON, Ok(reply));
    assert_eq!((status, kind.as_str()), (200, "application/json"));
    body
}

fn attributes() -> sqs::Reply {
    let arn = (QueueAttributeName::QueueArn, "arn:aws:sqs:us-east-1:1:q".to_owned());
    let delay = (QueueAttributeName::DelaySeconds, "0".to_owned());
    sqs::Reply::GetQueueAttributes(GetQueueAttributesResult { attributes: Some(IndexMap::from([arn, delay])) })
}

fn received(messages: Option<Vec<Message>>) -> sqs::Reply {
    sqs::Reply::ReceiveMessage(ReceiveMessageResult { messages })
}

fn message() -> Message {
    Message { body: text("a\r\n<&\"quot;"), message_id: text("m"), ..Message::default() }
}

#[test]
fn names_come_before_values_without_a_space_between() {
    let expected = format!(
        "{HEAD}<GetQueueAttributesResponse {NAMESPACE}><GetQueueAttributesResult>\
         <Attribute><Name>QueueArn</Name><Value>arn:aws:sqs:us-east-1:1:q</Value></Attribute>\
         <Attribute><Name>DelaySeconds</Name><Value>0</Value></Attribute>\
         </GetQueueAttributesResult>{META}</GetQueueAttributesResponse>"
    );
    assert_eq!(xml(attributes()), expected);
}

#[test]
fn attributes_are_a_list_of_pairs_in_json() {
    let expected = r#"{"GetQueueAttributesResponse":{"GetQueueAttributesResult":{"Attributes":[{"Name":"QueueArn","Value":"arn:aws:sqs:us-east-1:1:q"},{"Name":"DelaySeconds","Value":"0"}]},"ResponseMetadata":{"RequestId":"id-1"}}}"#;
    assert_eq!(json(attributes()), expected);
}

#[test]
fn empty_receives_have_no_message() {
    let expected =
        format!("{HEAD}<ReceiveMessageResponse {NAMESPACE}><ReceiveMessageResult/>{META}</ReceiveMessageResponse>");
    assert_eq!(xml(received(None)), expected);
    let expected = r#"{"ReceiveMessageResponse":{"ReceiveMessageResult":{"messages":null},"ResponseMetadata":{"RequestId":"id-1"}}}"#;
    assert_eq!(json(received(None)), expected);
}

#[test]
fn carriage_returns_and_markup_are_escaped_once() {
    let expected = format!(
        "{HEAD}<ReceiveMessageResponse {NAMESPACE}><ReceiveMessageResult><Message><Body>a&#xD;\n&lt;&amp;&quot;quot;</Body>\
         <MessageId>m</MessageId></Message></ReceiveMessageResult>{META}</ReceiveMessageResponse>"
    );
    assert_eq!(xml(received(Some(vec![message()]))), expected);
    let expected = r#"{"ReceiveMessageResponse":{"ReceiveMessageResult":{"messages":[{"Attributes":null,"Body":"a\r\n<&\"quot;","MD5OfBody":null,"MD5OfMessageAttributes":null,"MessageAttributes":null,"MessageId":"m","ReceiptHandle":null}]},"ResponseMetadata":{"RequestId":"id-1"}}}"#;
    assert_eq!(json(received(Some(vec![message()]))), expected);
}

#[test]
fn message_attributes_nest_and_bytes_are_base64() {
    let value = MessageAttributeValue {
        binary_value: Some(b"\0\xff".to_vec()),
        data_type: text("Binary"),
        ..MessageAttributeValue::default()
    };
    let message = Message {
        attributes: Some(IndexMap::from([(MessageSystemAttributeName::SenderId, "me".to_owned())])),
        message_attributes: Some(IndexMap::from([("a".to_owned(), value)])),
        ..Message::default()
    };
    let expected = format!(
        "{HEAD}<ReceiveMessageResponse {NAMESPACE}><ReceiveMessageResult><Message>\
         <Attribute><Name>SenderId</Name><Value>me</Value></Attribute>\
         <MessageAttribute><Name>a</Name><Value><BinaryValue>AP8=</BinaryValue><DataType>Binary</DataType></Value></MessageAttribute>\
         </Message></ReceiveMessageResult>{META}</ReceiveMessageResponse>"
    );
    assert_eq!(xml(received(Some(vec![message]))), expected);
}

#[test]
fn operations_without_result_have_only_metadata() {
    let expected = format!("{HEAD}<DeleteMessageResponse {NAMESPACE}>{META}</DeleteMessageResponse>");
    assert_eq!(xml(sqs::Reply::DeleteMessage), expected);
    assert_eq!(
        json(sqs::Reply::DeleteMessage),
        r#"{"DeleteMessageResponse":{"ResponseMetadata":{"RequestId":"id-1"}}}"#
    );
}

#[test]
fn queues_are_listed_by_their_element_and_in_lower_case_json() {
    let urls = Some(vec!["u1".to_owned(), "u2".to_owned()]);
    let reply = || sqs::Reply::ListQueues(ListQueuesResult { next_token: None, queue_urls: urls.clone() });
    let expected = format!(
        "{HEAD}<ListQueuesResponse {NAMESPACE}><ListQueuesResult><QueueUrl>u1</QueueUrl><QueueUrl>u2</QueueUrl>\
         </ListQueuesResult>{META}</ListQueuesResponse>"
    );
    assert_eq!(xml(reply()), expected);
    let expected = r#"{"ListQueuesResponse":{"ListQueuesResult":{"NextToken":null,"queueUrls":["u1","u2"]},"ResponseMetadata":{"RequestId":"id-1"}}}"#;
    assert_eq!(json(reply()), expected);
}

#[test]
fn batches_tell_successes_and_failures_by_element() {
    let failed = BatchResultErrorEntry {
        code: text("InvalidParameterValue"),
        id: text("2"),
        message: text("no"),
        sender_fault: Some(true),
    };
    let reply = sqs::Reply::DeleteMessageBatch(DeleteMessageBatchResult {
        failed: Some(vec![failed]),
        successful: Some(vec![DeleteMessageBatchResultEntry { id: text("1") }]),
    });
    let expected = format!(
        "{HEAD}<DeleteMessageBatchResponse {NAMESPACE}><DeleteMessageBatchResult><BatchResultErrorEntry>\
         <Code>InvalidParameterValue</Code><Id>2</Id><Message>no</Message><SenderFault>true</SenderFault>\
         </BatchResultErrorEntry><DeleteMessageBatchResultEntry><Id>1</Id></DeleteMessageBatchResultEntry>\
         </DeleteMessageBatchResult>{META}</DeleteMessageBatchResponse>"
    );
    assert_eq!(xml(reply), expected);
}

#[test]
fn errors_tell_side_code_text_and_an_empty_detail() {
    let service = |error: core::Error| Error::Service(error.into());
    let missing = "The specified queue does not exist for this wsdl version.";
    let denied = core::Error::AccessDenied {
        principal: "AIDA".to_owned(),
        action: "SendMessage",
        queue: "arn:aws:sqs:us-east-1:123456789012:q.fifo".to_owned(),
    };
    let cases = [
        (service(core::Error::QueueDoesNotExist), 400, "Sender", "AWS.SimpleQueueService.NonExistentQueue", missing),
        (
            service(core::Error::MissingParameter { parameter: "MessageBody" }),
            400,
            "Sender",
            "MissingParameter",
            "The request must contain the parameter MessageBody.",
        ),
        (
            service(core::Error::PurgeQueueInProgress { queue: "q".to_owned() }),
            403,
            "Sender",
            "AWS.SimpleQueueService.PurgeQueueInProgress",
            "Only one PurgeQueue operation on q is allowed every 60 seconds.",
        ),
        (
            service(denied),
            403,
            "Sender",
            "AccessDenied",
            "Access to the resource https://sqs.us-east-1.amazonaws.com/123456789012/q.fifo is denied.",
        ),
        (
            Error::InvalidAction { service: Service::Sqs, action: "ListQueues".to_owned(), version: None },
            400,
            "Sender",
            "InvalidAction",
            "The action ListQueues is not valid for this endpoint.",
        ),
        (Error::MalformedInput { message: "why".to_owned() }, 400, "Sender", "MalformedInput", "why"),
        (
            Error::MalformedQueryString,
            404,
            "Sender",
            "MalformedQueryString",
            "The query string contains a syntax error.",
        ),
        (
            Error::Internal { detail: "broken".to_owned() },
            500,
            "Receiver",
            "InternalFailure",
            "internal failure: broken",
        ),
    ];
    for (error, status, side, code, message) in cases {
        let body = format!(
            "{HEAD}<ErrorResponse {NAMESPACE}><Error><Type>{side}</Type><Code>{code}</Code><Message>{message}</Message>\
             <Detail/></Error><RequestId>id-1</RequestId></ErrorResponse>"
        );
        assert_eq!(answer(XML, Err(error.clone())), (status, "text/xml".to_owned(), body));
        let body =
            format!(r#"{{"Error":{{"Code":"{code}","Message":"{message}","Type":"{side}"}},"RequestId":"id-1"}}"#);
        assert_eq!(answer(JSON, Err(error)), (status, "application/json".to_owned(), body));
    }
}

#[test]
fn texts_in_errors_are_escaped() {
    let error = Error::InvalidAction { service: Service::Sqs, action: "<a>&".to_owned(), version: None };
    let (_, _, body) = answer(XML, Err(error));
    assert!(body.contains("<Message>The action &lt;a&gt;&amp; is not valid for this endpoint.</Message>"), "{body}");
}

/// <https://github.com/ex-aws/ex_aws/pull/177>
#[test]
fn sns_answers_in_lines_and_its_front_end_in_another_namespace() {
    let operation = Service::Sns.model().operation("PublishBatch").unwrap();
    let entry = sns::PublishBatchResultEntry { id: text("1"), message_id: text("m"), sequence_number: None };
    let reply = sns::PublishBatchResponse { failed: Some(Vec::new()), successful: Some(vec![entry]) };
    let body = query::success(Format::Xml, operation, reply.into_value(), "id-1");
    let expected = "<PublishBatchResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\">\n  <PublishBatchResult>\n    \
                    <Failed/>\n    <Successful>\n      <member>\n        <Id>1</Id>\n        <MessageId>m</MessageId>\n      \
                    </member>\n    </Successful>\n  </PublishBatchResult>\n  <ResponseMetadata>\n    <RequestId>id-1</RequestId>\n  \
                    </ResponseMetadata>\n</PublishBatchResponse>\n";
    assert_eq!(String::from_utf8(body).unwrap(), expected);

    let body = |namespace: &str, code: &str, message: &str| {
        format!(
            "<ErrorResponse xmlns=\"{namespace}\">\n  <Error>\n    <Type>Sender</Type>\n    <Code>{code}</Code>\n    \
             <Message>{message}</Message>\n  </Error>\n  <RequestId>id-1</RequestId>\n</ErrorResponse>\n"
        )
    };
    let unknown =
        Error::InvalidAction { service: Service::Sns, action: "publish".to_owned(), version: text("2010-03-31") };
    let message = "Could not find operation publish for version 2010-03-31";
    let expected = body("http://webservices.amazon.com/AWSFault/2005-15-09", "InvalidAction", message);
    assert_eq!(answer(SNS, Err(unknown)), (400, "text/xml".to_owned(), expected));
    let expected = body("http://sns.amazonaws.com/doc/2010-03-31/", "MalformedInput", "why");
    let malformed = Error::MalformedInput { message: "why".to_owned() };
    assert_eq!(answer(SNS, Err(malformed)), (400, "text/xml".to_owned(), expected));
}
