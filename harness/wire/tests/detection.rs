//! Which protocol, service and operation a request is taken to speak and want, and how refusals look.

use http::{Method, Request, request::Parts};
use redeliver_core::Command;
use redeliver_model::{Service, sqs};
use redeliver_wire::{Dialect, Error, Format, JsonVersion, Received, encode, receive};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded; charset=utf-8");
const JSON: (&str, &str) = ("content-type", "application/x-amz-json-1.0");
const XML: Dialect = Dialect::Query { service: Service::Sqs, format: Format::Xml };
const QUEUE: &str = "http://localhost:4566/000000000000/jobs";

fn head(method: Method, uri: &str, headers: &[(&str, &str)]) -> Parts {
    let request = Request::builder().method(method).uri(uri);
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    request.body(()).expect("the URIs and headers of these tests are valid").into_parts().0
}

fn post(uri: &str, headers: &[(&str, &str)], body: &str) -> Received {
    receive(&head(Method::POST, uri, headers), body.as_bytes())
}

fn get(uri: &str, headers: &[(&str, &str)]) -> Received {
    receive(&head(Method::GET, uri, headers), b"")
}

fn name(received: &Received) -> &'static str {
    received.operation.map_or("none", |operation| operation.name)
}

fn invalid_action(service: Service, action: &str, version: Option<&str>) -> Error {
    Error::InvalidAction { service, action: action.to_owned(), version: version.map(str::to_owned) }
}

#[test]
fn target_names_the_operation_and_content_type_the_version() {
    let (v1_0, v1_1) = (Dialect::Json(JsonVersion::V1_0), Dialect::Json(JsonVersion::V1_1));
    let cases = [
        ("application/x-amz-json-1.0", "AmazonSQS.SendMessage", v1_0, "SendMessage"),
        ("Application/X-AMZ-JSON-1.0; charset=utf-8", "AmazonSQS.ListQueues", v1_0, "ListQueues"),
        ("application/x-amz-json-1.1", "Kinesis_20131202.PutRecord", v1_1, "PutRecord"),
        ("application/x-amz-cbor-1.1", "Kinesis_20131202.PutRecord", Dialect::Cbor, "PutRecord"),
    ];
    for (content_type, target, dialect, expected) in cases {
        let received = post("/", &[("content-type", content_type), ("x-amz-target", target)], "{}");
        assert_eq!((received.dialect, name(&received)), (dialect, expected), "{target}");
    }
}

#[test]
fn unknown_targets_are_refused_in_json() {
    for target in ["", "AmazonSQS", "AmazonSQS.", "AmazonSQS.Frobnicate", "Nobody.SendMessage", "SendMessage"] {
        let received = post("/", &[JSON, ("x-amz-target", target)], "{}");
        assert_eq!((received.dialect, name(&received)), (Dialect::Json(JsonVersion::V1_0), "none"));
        assert_eq!(received.command, Err(Error::UnknownOperation { target: target.to_owned() }));
    }
}

#[test]
fn requests_of_no_protocol_are_answered_with_404_whatever_they_accept() {
    let accept = ("accept", "application/json");
    let target = ("x-amz-target", "AmazonSQS.ListQueues");
    let requests = [
        get(QUEUE, &[]),
        get(QUEUE, &[accept]),
        get(&format!("{QUEUE}?Action="), &[]),
        get("/", &[JSON, target]),
        post("/", &[target], "{}"),
        post("/", &[("content-type", "text/plain"), target], "{}"),
        post("/", &[("content-type", "application/json"), target], "{}"),
        post("/", &[FORM], "QueueName=q"),
        post("/", &[("content-type", "text/plain")], "Action=ListQueues"),
        post("/", &[], "Action=ListQueues"),
        receive(&head(Method::PUT, "/?Action=ListQueues", &[]), b""),
        receive(&head(Method::GET, "/", &[FORM]), b"Action=ListQueues"),
    ];
    for received in requests {
        assert_eq!((received.dialect, name(&received)), (Dialect::Unrecognized, "none"));
        let response = encode(received.dialect, Err(received.command.unwrap_err()), "id");
        assert_eq!(response.status(), 404);
        assert_eq!(response.body(), b"<UnknownOperationException/>\n");
    }
}

#[test]
fn action_is_read_from_the_url_and_from_forms() {
    let requests = [
        get("http://localhost/?Action=ListQueues", &[]),
        get("http://localhost/?Action=ListQueues&Version=2012-11-05", &[]),
        post("http://localhost/", &[FORM], "Action=ListQueues&Version=2012-11-05"),
        post("http://localhost/?Action=ListQueues", &[], ""),
        post("http://localhost/?Action=ListQueues", &[("content-type", "text/plain")], "Action=SendMessage"),
        post("http://localhost/?Action=SendMessage", &[FORM], "Action=ListQueues"),
    ];
    for received in requests {
        assert_eq!((received.dialect, name(&received)), (XML, "ListQueues"));
        assert_eq!(received.command, Ok(Command::Sqs(sqs::Command::ListQueues(sqs::ListQueuesRequest::default()))));
    }
}

#[test]
fn service_is_that_of_signature_version_host_path_or_action() {
    let signed = |service: &str| format!("AWS4-HMAC-SHA256 Credential=AK/20250101/eu-west-1/{service}/aws4_request");
    let add = "AddPermission";
    let cases = [
        (format!("/?Action={add}"), Some(signed("sns")), Service::Sns),
        (format!("/?Action={add}&Version=2010-03-31"), Some(signed("sqs")), Service::Sqs),
        (format!("/?Action={add}&X-Amz-Credential=AK%2F20250101%2Feu-west-1%2Fsns%2Faws4_request"), None, Service::Sns),
        (format!("/?Action={add}&Version=2010-03-31"), None, Service::Sns),
        (format!("/?Action={add}&Version=2012-11-05"), None, Service::Sqs),
        (format!("/?Action={add}&Version=2009-02-01"), None, Service::Sqs),
        (format!("https://sns.eu-west-1.amazonaws.com/?Action={add}"), None, Service::Sns),
        (format!("https://sqs.eu-west-1.amazonaws.com/?Action={add}"), None, Service::Sqs),
        (format!("{QUEUE}?Action={add}"), None, Service::Sqs),
        (format!("/?Action={add}"), None, Service::Sqs),
        ("/?Action=ConfirmSubscription".to_owned(), None, Service::Sns),
        ("/?Action=PutRecord".to_owned(), None, Service::Sqs),
    ];
    for (uri, signature, service) in cases {
        let signature = signature.unwrap_or_default();
        let received = get(&uri, &[("authorization", &signature)]);
        assert_eq!(received.dialect, Dialect::Query { service, format: Format::Xml }, "{uri}");
    }
}

#[test]
fn format_is_what_the_caller_prefers() {
    let cases = [
        ("", Format::Xml),
        ("*/*", Format::Xml),
        ("application/json", Format::Json),
        ("Application/JSON; q=0.9", Format::Json),
        ("application/json, text/plain, */*", Format::Json),
        ("text/html, application/json", Format::Json),
        ("text/xml, application/json", Format::Xml),
        ("application/xml,application/json", Format::Xml),
    ];
    for (accept, format) in cases {
        let received = get("/?Action=ListQueues", &[("accept", accept)]);
        assert_eq!(received.dialect, Dialect::Query { service: Service::Sqs, format }, "{accept}");
    }
    let received = get("/?Action=ListQueues&ContentType=JSON", &[("accept", "text/xml")]);
    assert_eq!(received.dialect, Dialect::Query { service: Service::Sqs, format: Format::Json });
}

#[test]
fn unknown_actions_are_refused() {
    let cases = [
        ("/?Action=Frobnicate", invalid_action(Service::Sqs, "Frobnicate", None)),
        ("/?Action=listQueues", invalid_action(Service::Sqs, "listQueues", None)),
        ("/?Action=publish&Version=2010-03-31", invalid_action(Service::Sns, "publish", Some("2010-03-31"))),
        (
            "http://sns.eu-west-1.amazonaws.com/?Action=Publish&Version=2011-01-01",
            invalid_action(Service::Sns, "Publish", Some("2011-01-01")),
        ),
    ];
    for (uri, error) in cases {
        let received = get(uri, &[]);
        assert_eq!((name(&received), received.command), ("none", Err(error)), "{uri}");
    }
}

#[test]
fn url_of_a_queue_names_the_queue() {
    for uri in [QUEUE.to_owned(), format!("{QUEUE}/"), format!("{QUEUE}//")] {
        let received = get(&format!("{uri}?Action=PurgeQueue"), &[]);
        let expected = sqs::PurgeQueueRequest { queue_url: Some(QUEUE.to_owned()) };
        assert_eq!(received.command, Ok(Command::Sqs(sqs::Command::PurgeQueue(expected))), "{uri}");
    }
    let received = post("/000000000000/jobs", &[FORM, ("host", "h:1")], "Action=PurgeQueue&QueueUrl=");
    let expected = sqs::PurgeQueueRequest { queue_url: Some("http://h:1/000000000000/jobs".to_owned()) };
    assert_eq!(received.command, Ok(Command::Sqs(sqs::Command::PurgeQueue(expected))));
}

#[test]
fn parameter_is_stronger_than_the_url_of_a_queue() {
    let received = get(&format!("{QUEUE}?Action=PurgeQueue&QueueUrl=other"), &[]);
    let expected = sqs::PurgeQueueRequest { queue_url: Some("other".to_owned()) };
    assert_eq!(received.command, Ok(Command::Sqs(sqs::Command::PurgeQueue(expected))));
    let received = get("http://localhost/?Action=PurgeQueue", &[]);
    let expected = sqs::PurgeQueueRequest { queue_url: None };
    assert_eq!(received.command, Ok(Command::Sqs(sqs::Command::PurgeQueue(expected))));
}

#[test]
fn operations_on_all_queues_are_refused_at_the_url_of_one() {
    for action in ["ListQueues", "CreateQueue"] {
        let received = get(&format!("{QUEUE}?Action={action}"), &[]);
        assert_eq!(received.command, Err(invalid_action(Service::Sqs, action, None)));
    }
    let received = get(&format!("{QUEUE}?Action=GetQueueUrl&QueueName=other"), &[]);
    let expected = sqs::GetQueueUrlRequest { queue_name: Some("other".to_owned()), queue_owner_aws_account_id: None };
    assert_eq!(received.command, Ok(Command::Sqs(sqs::Command::GetQueueUrl(expected))));
}

#[test]
fn json_is_taken_at_the_url_of_a_queue() {
    let body = r#"{"QueueUrl":"x"}"#;
    let received = post(QUEUE, &[JSON, ("x-amz-target", "AmazonSQS.PurgeQueue")], body);
    let expected = sqs::PurgeQueueRequest { queue_url: Some("x".to_owned()) };
    assert_eq!(received.dialect, Dialect::Json(JsonVersion::V1_0));
    assert_eq!(received.command, Ok(Command::Sqs(sqs::Command::PurgeQueue(expected))));
}
