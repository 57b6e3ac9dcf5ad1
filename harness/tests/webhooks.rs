//! Notifications on their way to receivers in this process, in virtual time.

#![expect(clippy::unwrap_used, reason = "what a test takes for granted fails the test")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use redeliver::Harness;
use redeliver::sns::{CERTIFICATE, CERTIFICATE_PATH};
use serde_json::Value;

const HOST: &str = "https://sns.us-east-1.amazonaws.com";
const HOOK: &str = "http://shop.test/hook";

/// Makes a call in the query protocol; gives the XML of its answer.
async fn call(harness: &Harness, parameters: &[(&str, &str)]) -> String {
    let escape = |text: &str| text.replace('%', "%25").replace('&', "%26").replace('+', "%2B").replace('"', "%22");
    let form: Vec<_> = parameters.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect();
    let request = Request::post(HOST)
        .header("host", "sns.us-east-1.amazonaws.com")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Bytes::from(format!("Version=2010-03-31&{}", form.join("&"))))
        .unwrap();
    let response = harness.respond(request).await;
    let text = String::from_utf8(response.body().to_vec()).unwrap();
    assert_eq!(response.status(), StatusCode::OK, "{text}");
    text
}

/// What is in an element.
fn element(xml: &str, name: &str) -> String {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let (_, rest) = xml.split_once(&open).unwrap_or_else(|| panic!("no {name} in {xml}"));
    rest.split_once(&close).unwrap().0.to_owned()
}

async fn topic(harness: &Harness) -> String {
    element(&call(harness, &[("Action", "CreateTopic"), ("Name", "t")]).await, "TopicArn")
}

async fn subscribe(harness: &Harness, topic: &str, protocol: &str, endpoint: &str) {
    let parameters = [("Action", "Subscribe"), ("TopicArn", topic), ("Protocol", protocol), ("Endpoint", endpoint)];
    call(harness, &parameters).await;
}

async fn publish(harness: &Harness, topic: &str, message: &str) {
    call(harness, &[("Action", "Publish"), ("TopicArn", topic), ("Message", message)]).await;
}

/// A webhook that confirms its subscription by the address that it is told, and fails the first `failures` notifications.
fn hook(harness: &Harness, failures: usize) -> Arc<Mutex<Vec<(u64, String)>>> {
    let seen: Arc<Mutex<Vec<(u64, String)>>> = Arc::default();
    let (world, notes) = (harness.clone(), Arc::clone(&seen));
    harness.receive_at(HOOK, move |request| {
        let (world, notes) = (world.clone(), Arc::clone(&notes));
        async move {
            let document: Value = serde_json::from_slice(request.body()).unwrap();
            if request.headers()["x-amz-sns-message-type"] == "SubscriptionConfirmation" {
                let url = document["SubscribeURL"].as_str().unwrap();
                let confirmed = world.respond(Request::get(url).body(Bytes::new()).unwrap()).await;
                assert_eq!(confirmed.status(), StatusCode::OK, "{confirmed:?}");
                return Response::new(Bytes::new());
            }
            let message = document["Message"].as_str().unwrap().to_owned();
            let mut notes = notes.lock().unwrap();
            notes.push((world.clock().now().as_millis(), message));
            let status = if notes.len() <= failures { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK };
            Response::builder().status(status).body(Bytes::new()).unwrap()
        }
    });
    seen
}

#[tokio::test(start_paused = true)]
async fn webhook_confirms_and_gets_messages_again_after_it_failed() {
    let harness = Harness::builder().build();
    let seen = hook(&harness, 2);
    let topic = topic(&harness).await;
    subscribe(&harness, &topic, "http", HOOK).await;
    // The courier has its turn.
    tokio::task::yield_now().await;
    harness.clock().advance(Duration::from_secs(1)).await;
    let start = harness.clock().now().as_millis();
    publish(&harness, &topic, "m").await;
    harness.clock().advance(Duration::from_mins(5)).await;
    let seen = seen.lock().unwrap();
    let expected = [0, 20_000, 40_000].map(|after| (start + after, "m".to_owned()));
    assert_eq!(*seen, expected);
    assert_eq!(harness.outbox(), []);
}

#[tokio::test(start_paused = true)]
async fn what_has_no_receiver_is_in_the_outbox_at_once() {
    let harness = Harness::builder().build();
    let topic = topic(&harness).await;
    subscribe(&harness, &topic, "http", HOOK).await;
    let function = "arn:aws:lambda:us-east-1:000000000000:function:f";
    subscribe(&harness, &topic, "lambda", function).await;
    publish(&harness, &topic, "m").await;
    let outbox = harness.outbox();
    let kept: Vec<_> = outbox.iter().map(|entry| (entry.protocol, entry.endpoint.as_str())).collect();
    assert_eq!(kept, [("http", HOOK), ("lambda", function)]);
}

#[tokio::test(start_paused = true)]
async fn function_that_never_works_is_tried_for_days() {
    let harness = Harness::builder().record_events(false).build();
    let count = Arc::new(Mutex::new(0_u32));
    let counted = Arc::clone(&count);
    let function = "arn:aws:lambda:us-east-1:000000000000:function:f";
    harness.receive_at(function, move |_| {
        *counted.lock().unwrap() += 1;
        async { Response::builder().status(500).body(Bytes::new()).unwrap() }
    });
    let topic = topic(&harness).await;
    subscribe(&harness, &topic, "lambda", function).await;
    publish(&harness, &topic, "m").await;
    harness.clock().advance(Duration::from_hours(24)).await;
    // The first 15 retries take less than two minutes, and then there is one each 20 seconds.
    let tried = *count.lock().unwrap();
    assert!((16 + 86_280 / 20..16 + 86_400 / 20).contains(&tried), "{tried}");
}

#[tokio::test(start_paused = true)]
async fn receiver_that_is_silent_or_panics_has_failed() {
    for panics in [false, true] {
        let harness = Harness::builder().build();
        let times: Arc<Mutex<Vec<u64>>> = Arc::default();
        let (world, notes) = (harness.clone(), Arc::clone(&times));
        harness.receive_at(HOOK, move |_| {
            notes.lock().unwrap().push(world.clock().now().as_millis());
            async move {
                assert!(!panics, "a handler with a bug");
                std::future::pending().await
            }
        });
        let topic = topic(&harness).await;
        let start = harness.clock().now().as_millis();
        subscribe(&harness, &topic, "http", HOOK).await;
        harness.clock().advance(Duration::from_mins(5)).await;
        let gap = if panics { 20_000 } else { 35_000 };
        let times: Vec<_> = times.lock().unwrap().iter().map(|at| at - start).collect();
        assert_eq!(times, [0, gap, 2 * gap, 3 * gap]);
    }
}

#[tokio::test(start_paused = true)]
async fn certificate_is_where_envelopes_say() {
    let harness = Harness::builder().build();
    let request = Request::get(format!("{HOST}{CERTIFICATE_PATH}")).body(Bytes::new()).unwrap();
    let response = harness.respond(request).await;
    assert_eq!((response.status(), &response.body()[..]), (StatusCode::OK, CERTIFICATE.as_bytes()));
}
