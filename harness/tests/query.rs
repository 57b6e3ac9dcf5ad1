//! SQS's older protocol against the reference: the rows of what was observed on AWS about queue URLs, formats and texts
//! (<https://github.com/localstack/localstack/blob/main/tests/aws/services/sqs/test_sqs.py>, class `TestSqsQueryApi`).

use bytes::Bytes;
use http::{Method, Request};
use redeliver::Harness;

const FORM: &str = "application/x-www-form-urlencoded";
const QUEUE: &str = "http://localhost/000000000000/jobs";

/// A world with the queue `jobs`.
async fn world() -> Harness {
    let harness = Harness::builder().build();
    let (status, _, body) = post(&harness, "http://localhost/", "Action=CreateQueue&QueueName=jobs").await;
    assert_eq!(status, 200, "{body}");
    assert!(body.contains(&format!("<QueueUrl>{QUEUE}</QueueUrl>")), "{body}");
    harness
}

/// Status, content type and body; ids are taken out.
async fn send(
    harness: &Harness,
    method: Method,
    uri: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> (u16, String, String) {
    let request = Request::builder().method(method).uri(uri);
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    let request = request.body(Bytes::copy_from_slice(body.as_bytes())).expect("the requests of these tests are valid");
    let response = harness.respond(request).await;
    let text = |name: &str| response.headers()[name].to_str().expect("a text").to_owned();
    let (kind, id) = (text("content-type"), text("x-amzn-requestid"));
    let body = String::from_utf8(response.body().to_vec()).expect("a text").replace(&id, "<id>");
    (response.status().as_u16(), kind, body)
}

async fn post(harness: &Harness, uri: &str, form: &str) -> (u16, String, String) {
    send(harness, Method::POST, uri, &[("content-type", FORM)], form).await
}

async fn get(harness: &Harness, uri: &str) -> (u16, String, String) {
    send(harness, Method::GET, uri, &[], "").await
}

async fn get_json(harness: &Harness, uri: &str) -> (u16, String, serde_json::Value) {
    let (status, kind, body) = send(harness, Method::GET, uri, &[("accept", "application/json")], "").await;
    let json = serde_json::from_str(&body).unwrap_or_else(|error| panic!("{error} in {body}"));
    (status, kind, json)
}

#[tokio::test(start_paused = true)]
async fn messages_go_round_byte_for_byte() {
    let harness = world().await;
    let body = "%22%26quot%3B%0D%0A%0D+%2B%F0%9F%98%80";
    let attribute =
        "MessageAttribute.1.Name=a&MessageAttribute.1.Value.DataType=String&MessageAttribute.1.Value.StringValue=x";
    let (status, kind, sent) =
        post(&harness, QUEUE, &format!("Action=SendMessage&MessageBody={body}&{attribute}")).await;
    assert_eq!((status, kind.as_str()), (200, "text/xml"), "{sent}");
    let (_, _, received) = get(&harness, &format!("{QUEUE}?Action=ReceiveMessage&MessageAttributeName.1=All")).await;
    assert!(received.contains("<Body>&quot;&amp;quot;&#xD;\n&#xD; +😀</Body>"), "{received}");
    let value = "<MessageAttribute><Name>a</Name><Value><DataType>String</DataType><StringValue>x</StringValue></Value></MessageAttribute>";
    assert!(received.contains(value), "{received}");
}

#[tokio::test(start_paused = true)]
async fn queue_url_without_action_is_no_operation() {
    let harness = world().await;
    for headers in [&[][..], &[("accept", "application/json")]] {
        let answer = send(&harness, Method::GET, QUEUE, headers, "").await;
        assert_eq!(answer, (404, "text/xml".to_owned(), "<UnknownOperationException/>\n".to_owned()));
    }
}

#[tokio::test(start_paused = true)]
async fn operations_on_all_queues_are_not_valid_at_a_queue_url() {
    let harness = world().await;
    let (status, _, body) = get(&harness, &format!("{QUEUE}?Action=ListQueues")).await;
    let expected =
        "<Code>InvalidAction</Code><Message>The action ListQueues is not valid for this endpoint.</Message><Detail/>";
    assert!(status == 400 && body.contains(expected), "{status} {body}");
    let (status, kind, json) = get_json(&harness, &format!("{QUEUE}?Action=ListQueues")).await;
    assert_eq!((status, kind.as_str()), (400, "application/json"));
    let expected = serde_json::json!({
        "Error": {"Code": "InvalidAction", "Message": "The action ListQueues is not valid for this endpoint.", "Type": "Sender"},
        "RequestId": "<id>"
    });
    assert_eq!(json, expected);
}

#[tokio::test(start_paused = true)]
async fn attributes_are_read_over_a_presigned_url_without_version() {
    let harness = world().await;
    let signed = format!(
        "{QUEUE}?Action=GetQueueAttributes&AttributeName.1=QueueArn&AttributeName.2=DelaySeconds&X-Amz-Algorithm=AWS4-HMAC-SHA256\
         &X-Amz-Credential=AKIA%2F20250101%2Fus-east-1%2Fsqs%2Faws4_request&X-Amz-Date=20250101T000000Z&X-Amz-Expires=60\
         &X-Amz-SignedHeaders=host&X-Amz-Signature=00"
    );
    let (status, _, body) = get(&harness, &signed).await;
    let arn = "<Attribute><Name>QueueArn</Name><Value>arn:aws:sqs:us-east-1:000000000000:jobs</Value></Attribute>";
    assert!(status == 200 && body.contains(arn), "{status} {body}");
    let (_, _, json) = get_json(&harness, &signed).await;
    let pairs = &json["GetQueueAttributesResponse"]["GetQueueAttributesResult"]["Attributes"];
    let arn = serde_json::json!({"Name": "QueueArn", "Value": "arn:aws:sqs:us-east-1:000000000000:jobs"});
    assert!(pairs.as_array().is_some_and(|pairs| pairs.len() == 2 && pairs.contains(&arn)), "{json}");
}

#[tokio::test(start_paused = true)]
async fn credential_of_a_presigned_url_names_account_and_region() {
    let harness = world().await;
    let uri = "http://localhost/?Action=CreateQueue&QueueName=far&X-Amz-Credential=111122223333%2F20250101%2Feu-west-1%2Fsqs%2Faws4_request";
    let (_, _, body) = get(&harness, uri).await;
    assert!(body.contains("<QueueUrl>http://localhost/111122223333/far</QueueUrl>"), "{body}");
}

#[tokio::test(start_paused = true)]
async fn receives_come_empty_and_full() {
    let harness = world().await;
    let uri = format!("{QUEUE}?Action=ReceiveMessage");
    let (_, _, body) = get(&harness, &uri).await;
    assert!(body.contains("<ReceiveMessageResult/>"), "{body}");
    post(&harness, QUEUE, "Action=SendMessage&MessageBody=hi").await;
    let (_, _, json) = get_json(&harness, &format!("{uri}&WaitTimeSeconds=1")).await;
    let messages = &json["ReceiveMessageResponse"]["ReceiveMessageResult"]["messages"];
    assert_eq!((messages[0]["Body"].as_str(), messages.as_array().map(Vec::len)), (Some("hi"), Some(1)), "{json}");
}

#[tokio::test(start_paused = true)]
async fn queue_url_takes_other_queues_names() {
    let harness = world().await;
    post(&harness, "http://localhost/", "Action=CreateQueue&QueueName=other").await;
    let (status, _, body) = get(&harness, &format!("{QUEUE}?Action=GetQueueUrl&QueueName=other")).await;
    assert!(status == 200 && body.contains("<QueueUrl>http://localhost/000000000000/other</QueueUrl>"), "{body}");
}

#[tokio::test(start_paused = true)]
async fn deleted_queue_does_not_exist_for_this_wsdl_version() {
    let harness = world().await;
    let (status, _, body) = get(&harness, &format!("{QUEUE}?Action=DeleteQueue")).await;
    let expected = "<?xml version=\"1.0\"?><DeleteQueueResponse xmlns=\"http://queue.amazonaws.com/doc/2012-11-05/\">\
                    <ResponseMetadata><RequestId><id></RequestId></ResponseMetadata></DeleteQueueResponse>";
    assert_eq!((status, body.as_str()), (200, expected));
    let (status, _, body) = get(&harness, &format!("{QUEUE}?Action=GetQueueAttributes&AttributeName.1=All")).await;
    let expected = "<?xml version=\"1.0\"?><ErrorResponse xmlns=\"http://queue.amazonaws.com/doc/2012-11-05/\"><Error><Type>Sender</Type>\
                    <Code>AWS.SimpleQueueService.NonExistentQueue</Code><Message>The specified queue does not exist for this wsdl \
                    version.</Message><Detail/></Error><RequestId><id></RequestId></ErrorResponse>";
    assert_eq!((status, body.as_str()), (400, expected));
}

#[tokio::test(start_paused = true)]
async fn json_is_taken_at_a_queue_url() {
    let harness = world().await;
    let headers = [("content-type", "application/x-amz-json-1.0"), ("x-amz-target", "AmazonSQS.ReceiveMessage")];
    let body = format!(r#"{{"QueueUrl":"{QUEUE}"}}"#);
    let answer = send(&harness, Method::POST, QUEUE, &headers, &body).await;
    assert_eq!(answer, (200, "application/x-amz-json-1.0".to_owned(), "{}".to_owned()));
}

/// Codes and texts that were recorded over both protocols, or over this one.
#[tokio::test(start_paused = true)]
async fn refusals_have_the_recorded_codes_and_texts() {
    let harness = world().await;
    let cases = [
        ("Action=SendMessage", 400, "MissingParameter", "The request must contain the parameter MessageBody."),
        (
            "Action=ReceiveMessage&MaxNumberOfMessages=11",
            400,
            "InvalidParameterValue",
            "Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.",
        ),
        (
            "Action=SendMessageBatch",
            400,
            "AWS.SimpleQueueService.EmptyBatchRequest",
            "There should be at least one SendMessageBatchRequestEntry in the request.",
        ),
        (
            "Action=SendMessageBatch&SendMessageBatchRequestEntry.1.Id=a:b&SendMessageBatchRequestEntry.1.MessageBody=x",
            400,
            "AWS.SimpleQueueService.InvalidBatchEntryId",
            "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.",
        ),
        (
            "Action=SetQueueAttributes&Attribute.1.Name=FifoQueue&Attribute.1.Value=true",
            400,
            "InvalidAttributeName",
            "Unknown Attribute FifoQueue.",
        ),
        (
            "Action=RemovePermission&Label=crossaccountpermission2",
            400,
            "InvalidParameterValue",
            "Value crossaccountpermission2 for parameter Label is invalid. Reason: can't find label.",
        ),
        ("Action=Frobnicate", 400, "InvalidAction", "The action Frobnicate is not valid for this endpoint."),
    ];
    for (form, expected, code, message) in cases {
        let (status, _, body) = post(&harness, QUEUE, form).await;
        let told =
            format!("<Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message><Detail/></Error>");
        assert!(status == expected && body.contains(&told), "{form}: {status} {body}");
    }
}

#[tokio::test(start_paused = true)]
async fn tags_and_batches_are_told_by_element() {
    let harness = world().await;
    post(&harness, QUEUE, "Action=TagQueue&Tag.1.Key=tag1&Tag.1.Value=value1&Tag.2.Key=tag2&Tag.2.Value=").await;
    let (_, _, body) = get(&harness, &format!("{QUEUE}?Action=ListQueueTags")).await;
    let tags = "<Tag><Key>tag1</Key><Value>value1</Value></Tag><Tag><Key>tag2</Key><Value/></Tag>";
    assert!(body.contains(&format!("<ListQueueTagsResult>{tags}</ListQueueTagsResult>")), "{body}");
    let batch = "Action=DeleteMessageBatch&DeleteMessageBatchRequestEntry.1.Id=a&DeleteMessageBatchRequestEntry.1.ReceiptHandle=x";
    let (status, _, body) = post(&harness, QUEUE, batch).await;
    let failed = "<BatchResultErrorEntry><Code>ReceiptHandleIsInvalid</Code><Id>a</Id>";
    assert!(status == 200 && body.contains(failed), "{status} {body}");
}
