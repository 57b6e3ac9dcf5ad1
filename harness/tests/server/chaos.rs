//! Faults between clients and what is served.

use redeliver::server::{Auth, Faults, Settings};
use redeliver_chaos::plan::Place;
use serde_json::{Value, json};

use super::served::{Served, settings, twice_by_http2};

/// The reply to the first send of `order-3` is lost.
const LOST: &str = r#"{"schedule":{"schedule":"1.0","seed":7,"faults":[
    {"rule":"send-reply-lost","at":{"call":"sqs:SendMessage","resource":"q","key":"order-3","nth":1}}]}}"#;

/// Each message is handed out twice.
const TWICE: &str = r#"
plan: "1.0"
about: Messages come twice.
rules:
  - { rule: replica-duplicate, probability: 1.0, after: 0s }
"#;

fn faults(plan: &str) -> Faults {
    Faults::draw("plan.yaml", plan, None, 7, Place::Serve).unwrap()
}

/// What is told where there never were any faults.
fn off() -> Value {
    let fired = json!({ "schedule": "1.0", "seed": 0, "faults": [] });
    json!({ "mode": "off", "healed": false, "fired": fired, "missed": [], "owed": 0 })
}

async fn receive(served: &Served, url: &str) -> Value {
    let request = json!({ "QueueUrl": url, "MaxNumberOfMessages": 10, "VisibilityTimeout": 0 });
    served.call("ReceiveMessage", request.to_string()).await.1
}

#[tokio::test]
async fn lost_reply_closes_the_connection_and_the_message_is_there_twice_after_a_retry() {
    let served = Served::start().await;
    let url = served.queue("q").await;
    assert_eq!(served.control("PUT", "/chaos", LOST).await.0, 200);
    let send = json!({ "QueueUrl": url, "MessageBody": "order-3" });
    assert!(!served.is_answered("SendMessage", send.clone()).await);
    assert!(served.is_answered("SendMessage", send).await);
    let received = receive(&served, &url).await;
    let bodies: Vec<_> = received["Messages"].as_array().unwrap().iter().map(|message| &message["Body"]).collect();
    assert_eq!(bodies, ["order-3", "order-3"]);
    let (_, chaos) = served.control("GET", "/chaos", "").await;
    let wanted: Value = serde_json::from_str(LOST).unwrap();
    assert_eq!((&chaos["fired"], &chaos["missed"]), (&wanted["schedule"], &json!([])));
    let told = served.told().await;
    let expected = [
        "invoke sqs:SendMessage",
        "event sent",
        "fault send-reply-lost",
        "info sqs:SendMessage",
        "invoke sqs:SendMessage",
        "event sent",
        "ok sqs:SendMessage",
    ];
    assert_eq!(told[3..10], expected, "after the queue is made: the history is that of the client");
}

#[tokio::test]
async fn lost_reply_resets_the_stream_of_http2_and_no_more() {
    let served = Served::start().await;
    let url = served.queue("q").await;
    served.control("PUT", "/chaos", LOST).await;
    let (mut head, body) =
        served.json("SendMessage", &[], json!({ "QueueUrl": url, "MessageBody": "order-3" }).to_string()).into_parts();
    head.headers.remove("host");
    head.uri = format!("{}/", served.url).parse().unwrap();
    let request = http::Request::from_parts(head, body);
    assert_eq!(twice_by_http2(served.address, request).await, [None, Some(200)]);
}

#[tokio::test]
async fn copy_of_a_message_has_a_handle_that_deletes_it() {
    let served = Served::with(Settings { faults: Some(faults(TWICE)), ..settings() }).await;
    let url = served.queue("q").await;
    served.call("SendMessage", json!({ "QueueUrl": url, "MessageBody": "m" }).to_string()).await;
    let received = served.call("ReceiveMessage", json!({ "QueueUrl": url }).to_string()).await.1;
    let copy = served.call("ReceiveMessage", json!({ "QueueUrl": url }).to_string()).await.1;
    let (first, second) = (&received["Messages"][0], &copy["Messages"][0]);
    assert_eq!((&first["MessageId"], &first["Body"]), (&second["MessageId"], &second["Body"]));
    assert_ne!(first["ReceiptHandle"], second["ReceiptHandle"]);
    let delete = json!({ "QueueUrl": url, "ReceiptHandle": second["ReceiptHandle"] });
    assert_eq!(served.control("DELETE", "/chaos", "").await.1["healed"], true);
    assert_eq!(served.call("DeleteMessage", delete.to_string()).await.0, 200, "also when the faults are over");
    let (_, state) = served.control("GET", "/state", "").await;
    assert_eq!(state["queues"][0]["messages"], json!([]));
}

#[tokio::test]
async fn faults_begin_end_and_begin_anew_with_the_world() {
    let served = Served::start().await;
    assert_eq!(served.control("GET", "/chaos", "").await.1, off());
    assert_eq!(served.control("DELETE", "/chaos", "").await.1, off());
    let plan = "plan: \"1.0\"\nabout: Nothing works.\nseed: 3\nrules:\n  - { rule: service-error, probability: 1.0 }\n";
    let (status, begun) = served.control("PUT", "/chaos", json!({ "plan": plan }).to_string()).await;
    let expected = json!({
        "mode": "draw", "healed": false, "about": "Nothing works.", "seed": 3, "rules": ["service-error"],
        "fired": { "schedule": "1.0", "seed": 3, "faults": [] }, "missed": [], "owed": 0,
    });
    assert_eq!((status, begun), (200, expected.clone()));
    assert_eq!(served.call("ListQueues", "{}").await.0, 500);
    let (_, chaos) = served.control("GET", "/chaos", "").await;
    assert_eq!(chaos["fired"]["faults"][0]["at"], json!({ "call": "sqs:ListQueues", "nth": 1 }));
    assert_eq!(served.told().await, ["invoke sqs:ListQueues", "fault service-error", "info sqs:ListQueues"]);
    let (_, over) = served.control("DELETE", "/chaos", "").await;
    assert_eq!((&over["healed"], served.call("ListQueues", "{}").await.0), (&json!(true), 200));
    served.control("POST", "/reset", "").await;
    assert_eq!(served.control("GET", "/chaos", "").await.1, expected);
    assert_eq!(served.call("ListQueues", "{}").await.0, 500);
}

#[tokio::test]
async fn what_is_changed_needs_no_signature_but_clients_do() {
    let keys = "key:secret".parse().unwrap();
    let served = Served::with(Settings { faults: Some(faults(TWICE)), auth: Auth::Verify(keys), ..settings() }).await;
    let sqs = aws_sdk_sqs::Client::from_conf(served.sdk("key", "secret", None).build());
    let url = sqs.create_queue().queue_name("q").send().await.unwrap().queue_url.unwrap();
    sqs.send_message().queue_url(&url).message_body("m").send().await.unwrap();
    sqs.receive_message().queue_url(&url).send().await.unwrap();
    let copy = sqs.receive_message().queue_url(&url).send().await.unwrap();
    let handle = copy.messages()[0].receipt_handle().unwrap();
    sqs.delete_message().queue_url(&url).receipt_handle(handle).send().await.unwrap();
    let stranger = aws_sdk_sqs::Client::from_conf(served.sdk("key", "guessed", None).build());
    assert!(stranger.list_queues().send().await.is_err());
}

#[tokio::test]
async fn faults_that_cannot_be_are_refused_with_the_reason() {
    let served = Served::start().await;
    let plan = |text: &str| json!({ "plan": text }).to_string();
    let crash =
        r#"{"schedule":{"schedule":"1.0","seed":7,"faults":[{"rule":"crash","at":{"consumer":"w","poll":1}}]}}"#;
    for (body, told) in [
        (String::new(), "the body names no faults: "),
        ("{}".to_owned(), "either `plan` or `schedule`"),
        (r#"{"schedule":{},"seed":1}"#.to_owned(), "a schedule has a seed of its own"),
        (plan("at_leest_once"), "there is no preset `at_leest_once`: "),
        (plan("plan: \"1.0\"\nrules:\n  - rule: send-reply-lots\n"), "send-reply-lost"),
        (plan("plan: \"1.0\"\nrules:\n  - { rule: crash, probability: 1 }\n"), "in `serve`"),
        (crash.to_owned(), "fault 1, `crash`, cannot happen in `serve`, because "),
        (r#"{"schedule":{"schedule":"1.0","seed":7,"faults":[{}]}}"#.to_owned(), "not a schedule: "),
    ] {
        let (status, answer) = served.control("PUT", "/chaos", body.clone()).await;
        let message = answer["error"]["message"].as_str().unwrap_or_default().to_owned();
        assert!(status == 400 && message.contains(told), "{body}: {status} {message}");
    }
    assert_eq!(served.control("GET", "/chaos", "").await.1, off());
}

#[tokio::test]
async fn presets_mean_what_can_be_done_here() {
    let served = Served::start().await;
    for preset in
        ["at_least_once", "standard_order", "deploy", "reshard", "limits", "outage", "aws_realistic", "paranoid"]
    {
        let (status, begun) = served.control("PUT", "/chaos", json!({ "plan": preset }).to_string()).await;
        let rules = begun["rules"].as_array().map_or(0, Vec::len);
        assert!(status == 200 && begun["seed"] == 7 && rules > 0, "{preset}: {begun}");
        assert!(!begun["rules"].to_string().contains(r#""crash""#), "no consumer is run here: {begun}");
    }
}

/// A call to SNS.
async fn sns(served: &Served, form: &str) {
    let request = http::Request::post(format!("{}/", served.url))
        .header("host", "sns.us-east-1.amazonaws.com")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(http_body_util::Full::new(bytes::Bytes::from(format!("Version=2010-03-31&{form}"))))
        .unwrap();
    let response = served.send(request).await;
    assert_eq!(response.status(), 200, "{response:?}");
}

/// Each message of a topic is delivered twice.
const FAN_OUT_TWICE: &str = r#"
plan: "1.0"
about: Topics deliver twice.
rules:
  - { rule: fan-out-duplicate, when: { service: sns, queue: q }, probability: 1.0, after: 0s }
"#;

#[tokio::test]
async fn topic_that_is_served_delivers_twice_and_one_elsewhere_cannot_be_made_to() {
    let served = Served::with(Settings { faults: Some(faults(FAN_OUT_TWICE)), ..settings() }).await;
    let url = served.queue("q").await;
    let statement = json!({ "Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*" });
    let policy = json!({ "Version": "2012-10-17", "Statement": [statement] }).to_string();
    let request = json!({ "QueueUrl": url, "Attributes": { "Policy": policy } });
    served.call("SetQueueAttributes", request.to_string()).await;
    let topic = "TopicArn=arn:aws:sns:us-east-1:000000000000:t";
    sns(&served, "Action=CreateTopic&Name=t").await;
    let queue = "Protocol=sqs&Endpoint=arn:aws:sqs:us-east-1:000000000000:q";
    sns(&served, &format!("Action=Subscribe&{topic}&{queue}")).await;
    sns(&served, &format!("Action=Publish&{topic}&Message=m")).await;
    let received = receive(&served, &url).await;
    let bodies: Vec<_> = received["Messages"].as_array().unwrap().iter().map(|message| &message["Body"]).collect();
    assert_eq!(bodies.len(), 2);
    assert_eq!(bodies[0], bodies[1]);
    let fired = &served.control("GET", "/chaos", "").await.1["fired"]["faults"];
    let at = json!({ "call": "sns:Deliver", "resource": "t to q", "key": "m", "nth": 1 });
    assert_eq!(*fired, json!([{ "rule": "fan-out-duplicate", "at": at, "parameters": { "after": "0s" } }]));
    let refused = Faults::draw("plan.yaml", FAN_OUT_TWICE, None, 7, Place::Proxy).unwrap_err().to_string();
    assert!(refused.contains("because a topic of another backend delivers by"), "{refused}");
}
