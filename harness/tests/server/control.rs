//! The control API over a socket.

use bytes::Bytes;
use http::Request;
use http_body_util::Full;
use redeliver::server::Settings;
use redeliver_check::jsonl;
use serde_json::{Value, json};

use super::served::{Served, send, settings};

#[tokio::test]
async fn long_poll_ends_when_the_clock_is_put_ahead() {
    let served = Served::start().await;
    let url = served.queue("q").await;
    let request = served.json("ReceiveMessage", &[], json!({ "QueueUrl": url, "WaitTimeSeconds": 20 }).to_string());
    let poll = tokio::spawn(send(served.address, request));
    served.waits(1).await;
    let (_, before) = served.control("GET", "/clock", "").await;
    let (status, after) = served.control("POST", "/clock", r#"{"advance_ms":20000}"#).await;
    assert_eq!((status, &after["waiting"]), (200, &json!(0)));
    assert!(after["now_ms"].as_u64().unwrap() >= before["now_ms"].as_u64().unwrap() + 20_000);
    assert_eq!(poll.await.unwrap().body(), "{}");
}

#[tokio::test]
async fn long_poll_gets_the_message_that_becomes_visible_when_the_clock_is_put_ahead() {
    let served = Served::start().await;
    served.control("POST", "/clock", r#"{"frozen":true}"#).await;
    let url = served.queue("q").await;
    served.call("SendMessage", json!({ "QueueUrl": url, "MessageBody": "m", "DelaySeconds": 10 }).to_string()).await;
    let request = served.json("ReceiveMessage", &[], json!({ "QueueUrl": url, "WaitTimeSeconds": 20 }).to_string());
    let poll = tokio::spawn(send(served.address, request));
    served.waits(1).await;
    let (_, clock) = served.control("GET", "/clock", "").await;
    let due = clock["due_ms"].as_u64().unwrap() - clock["now_ms"].as_u64().unwrap();
    assert_eq!((due, &clock["frozen"]), (10_000, &json!(true)));
    served.control("POST", "/clock", r#"{"advance_ms":10000}"#).await;
    let received: Value = serde_json::from_slice(poll.await.unwrap().body()).unwrap();
    assert_eq!(received["Messages"][0]["Body"], "m");
}

#[tokio::test]
async fn frozen_clock_stands_still_until_it_runs_again() {
    let served = Served::start().await;
    let now = async |body| served.control("POST", "/clock", body).await.1["now_ms"].as_u64().unwrap();
    let frozen = now(r#"{"frozen":true}"#).await;
    assert_eq!(now(r#"{"advance_ms":5}"#).await, frozen + 5);
    assert_eq!(now(r#"{"frozen":true,"advance_ms":0}"#).await, frozen + 5);
    assert!(now(r#"{"frozen":false}"#).await >= frozen + 5);
    let (_, clock) = served.control("GET", "/clock", "").await;
    assert_eq!(clock["frozen"], false);
}

#[tokio::test]
async fn changes_that_make_no_sense_are_told() {
    let served = Served::start().await;
    for body in ["", "{}", "[]", r#"{"advance_ms":-1}"#, r#"{"advance_ms":"1s"}"#, r#"{"rewind_ms":1}"#] {
        let (status, answer) = served.control("POST", "/clock", body).await;
        assert_eq!((status, &answer["error"]["code"]), (400, &json!("bad-request")), "{body}");
        assert!(
            answer["error"]["message"]
                .as_str()
                .unwrap()
                .ends_with("send JSON such as `{\"advance_ms\":31000}` or `{\"frozen\":true}`")
        );
    }
    let farthest = served.control("POST", "/clock", r#"{"advance_ms":18446744073709551615}"#).await;
    assert_eq!(farthest.0, 200, "the clock stops in a thousand years");
    assert_eq!(served.call("ListQueues", "{}").await.0, 200);
}

#[tokio::test]
async fn state_shows_queues_and_messages() {
    let served = Served::start().await;
    let url = served.queue("q").await;
    for body in ["a", "b"] {
        served.call("SendMessage", json!({ "QueueUrl": url, "MessageBody": body }).to_string()).await;
    }
    served.call("ReceiveMessage", json!({ "QueueUrl": url }).to_string()).await;
    let (_, state) = served.control("GET", "/state?messages=1", "").await;
    let queue = &state["queues"][0];
    assert_eq!((&queue["name"], &queue["attributes"]["VisibilityTimeout"]), (&json!("q"), &json!("30")));
    assert_eq!(queue["counters"], json!({ "visible": 1, "in_flight": 1, "delayed": 0, "waiting_receives": 0 }));
    let [message] = queue["messages"].as_array().unwrap().as_slice() else { panic!("{queue}") };
    assert_eq!(
        (&message["body"], &message["state"], &message["receive_count"]),
        (&json!("a"), &json!("in-flight"), &json!(1))
    );
    assert!(message["visible_at_ms"].as_u64().unwrap() - message["sent_at_ms"].as_u64().unwrap() >= 30_000);
    assert_eq!(served.control("GET", "/state?limit=1", "").await.0, 400);
}

#[tokio::test]
async fn state_shows_topics_and_subscriptions() {
    let served = Served::start().await;
    served.raw(b"GET /?Action=CreateTopic&Version=2010-03-31&Name=t HTTP/1.0\r\nHost: h\r\n\r\n").await;
    let topic = "arn:aws:sns:us-east-1:000000000000:t";
    let subscribe = format!(
        "GET /?Action=Subscribe&Version=2010-03-31&TopicArn={topic}&Protocol=email&Endpoint=a@b.example HTTP/1.0\r\nHost: h\r\n\r\n"
    );
    served.raw(subscribe.as_bytes()).await;
    let (_, state) = served.control("GET", "/state", "").await;
    let [shown] = state["topics"].as_array().unwrap().as_slice() else { panic!("{state}") };
    assert_eq!((&shown["arn"], &shown["attributes"]["SubscriptionsPending"]), (&json!(topic), &json!("1")));
    let subscription = &shown["subscriptions"][0];
    assert_eq!((&subscription["endpoint"], &subscription["confirmed"]), (&json!("a@b.example"), &json!(false)));
    served.control("POST", "/clock", r#"{"advance_ms":172800000}"#).await;
    let (_, state) = served.control("GET", "/state", "").await;
    assert_eq!(state["topics"][0]["subscriptions"], json!([]), "nobody confirmed it in two days");
    served.control("POST", "/reset", "").await;
    assert_eq!(served.control("GET", "/state", "").await.1["topics"], json!([]));
}

#[tokio::test]
async fn history_tells_calls_of_every_protocol_and_what_happened() {
    let served = Served::start().await;
    served.queue("q").await;
    served.raw(b"GET /000000000000/q?Action=SendMessage&MessageBody=m HTTP/1.0\r\nHost: h\r\n\r\n").await;
    served.call("GetQueueUrl", r#"{"QueueName":"none"}"#).await;
    let request =
        Request::get("/_redeliver/history").header("host", "localhost").body(Full::new(Bytes::new())).unwrap();
    let response = served.send(request).await;
    assert_eq!(response.headers()["redeliver-dropped"], "0");
    let (header, lines) = jsonl::read(std::str::from_utf8(response.body()).unwrap()).unwrap();
    assert_eq!((header.target, header.seed), (served.url.clone(), Some(7)));
    let told: Vec<_> = lines
        .iter()
        .map(|line| match serde_json::to_value(&line.record.what).unwrap() {
            Value::Object(what) => what.into_iter().next().unwrap(),
            other => panic!("{other}"),
        })
        .map(|(kind, what)| format!("{kind} {}", what.get("call").or(what.get("name")).unwrap().as_str().unwrap()))
        .collect();
    let expected = [
        "invoke sqs:CreateQueue",
        "event queue-created",
        "ok sqs:CreateQueue",
        "invoke sqs:SendMessage",
        "event sent",
        "ok sqs:SendMessage",
        "invoke sqs:GetQueueUrl",
        "fail sqs:GetQueueUrl",
    ];
    assert_eq!(told, expected);
    let send = serde_json::to_value(&lines[3].record.what).unwrap();
    assert_eq!(send["invoke"]["input"], json!({ "MessageBody": "m", "QueueUrl": "http://h/000000000000/q" }));
}

#[tokio::test]
async fn history_forgets_the_oldest_when_its_memory_is_full() {
    let served = Served::with(Settings { history_bytes: 2_000, ..settings() }).await;
    for _ in 0..100 {
        served.call("ListQueues", "{}").await;
    }
    let request =
        Request::get("/_redeliver/history").header("host", "localhost").body(Full::new(Bytes::new())).unwrap();
    let response = served.send(request).await;
    let kept = std::str::from_utf8(response.body()).unwrap().lines().count() - 1;
    let dropped: usize = response.headers()["redeliver-dropped"].to_str().unwrap().parse().unwrap();
    assert_eq!((kept + dropped, kept > 5 && kept < 20), (200, true), "{kept} are kept");
    let without = Served::with(Settings { history_bytes: 0, ..settings() }).await;
    assert_eq!(without.control("GET", "/history", "").await.0, 404);
}

#[tokio::test]
async fn reset_makes_everything_new() {
    let served = Served::start().await;
    let url = served.queue("q").await;
    let (_, first) = served.call("SendMessage", json!({ "QueueUrl": url, "MessageBody": "m" }).to_string()).await;
    served.control("POST", "/clock", r#"{"frozen":true,"advance_ms":86400000}"#).await;
    let request = served.json("ReceiveMessage", &[], json!({ "QueueUrl": url, "WaitTimeSeconds": 20 }).to_string());
    served.call("PurgeQueue", json!({ "QueueUrl": url }).to_string()).await;
    served.control("POST", "/clock", r#"{"advance_ms":60000}"#).await;
    let poll = tokio::spawn(send(served.address, request));
    served.waits(1).await;
    let (status, _) = served.control("POST", "/reset", "").await;
    assert_eq!(status, 200);
    assert_eq!(poll.await.unwrap().status(), 500, "who waits is told, and SDKs try again");
    let (_, state) = served.control("GET", "/state", "").await;
    assert_eq!(state["queues"], json!([]));
    assert_eq!(served.control("GET", "/clock", "").await.1["frozen"], false);
    let url = served.queue("q").await;
    let (_, again) = served.call("SendMessage", json!({ "QueueUrl": url, "MessageBody": "m" }).to_string()).await;
    assert_eq!(first["MessageId"], again["MessageId"], "ids begin anew");
}

#[tokio::test]
async fn paths_and_methods_that_are_not_there_are_told() {
    let served = Served::start().await;
    let cases = [("GET", "/nothing", 404), ("GET", "", 404), ("DELETE", "/clock", 405), ("GET", "/reset", 405)];
    for (method, path, expected) in cases {
        assert_eq!(served.control(method, path, "").await.0, expected, "{method} {path}");
    }
    let (_, answer) = served.control("GET", "/reset", "").await;
    assert_eq!(answer["error"]["message"], "`/_redeliver/reset` is not for GET: use POST");
    assert_eq!(served.control("GET", "/openapi.json", "").await.1["openapi"], "3.1.0");
}

#[tokio::test]
async fn other_origins_and_hosts_are_refused_and_all_are_when_it_is_off() {
    let served = Served::start().await;
    let ask = |host: &'static str, origin: &'static str| {
        let request = Request::post("/_redeliver/reset").header("host", host).header("origin", origin);
        served.send(request.body(Full::new(Bytes::new())).unwrap())
    };
    assert_eq!(ask("localhost", "http://localhost").await.status(), 200);
    assert_eq!(ask("localhost", "http://evil.test").await.status(), 403);
    assert_eq!(ask("evil.test", "http://evil.test").await.status(), 403);
    let off = Served::with(Settings { control: false, ..settings() }).await;
    for (method, path) in [("GET", "/health"), ("POST", "/reset"), ("GET", "/state")] {
        let (status, answer) = off.control(method, path, "").await;
        assert_eq!((status, &answer["error"]["message"]), (404, &json!("the control API is switched off")));
    }
}
