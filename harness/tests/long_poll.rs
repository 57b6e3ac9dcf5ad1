//! Long polls through the real SDK: when they end, and with what.

#![expect(clippy::unwrap_used, reason = "a failure of what surrounds a test is a failure of the test")]

use std::time::Duration;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::error::ProvideErrorMetadata;
use redeliver::Harness;

const fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

async fn queue(sqs: &Client, visibility: &str) -> String {
    let create = sqs.create_queue().queue_name("jobs").attributes("VisibilityTimeout".into(), visibility);
    create.send().await.unwrap().queue_url.unwrap()
}

async fn send(sqs: &Client, url: &str, body: &str) {
    sqs.send_message().queue_url(url).message_body(body).send().await.unwrap();
}

/// Bodies that one receive gives, and how much virtual time it took.
async fn poll(harness: &Harness, sqs: &Client, url: &str, wait: i32) -> (Vec<String>, Duration) {
    let began = harness.clock().now();
    let receive = sqs.receive_message().queue_url(url).wait_time_seconds(wait).max_number_of_messages(10);
    let received = receive.send().await.unwrap();
    let bodies = received.messages().iter().map(|message| message.body().unwrap().to_owned()).collect();
    (bodies, harness.clock().now() - began)
}

#[tokio::test(start_paused = true)]
async fn empty_poll_ends_when_its_wait_is_over() {
    let harness = Harness::builder().build();
    let sqs = harness.sqs();
    let url = queue(&sqs, "30").await;
    assert_eq!(poll(&harness, &sqs, &url, 0).await, (vec![], seconds(0)));
    assert_eq!(poll(&harness, &sqs, &url, 20).await, (vec![], seconds(20)));
}

#[tokio::test(start_paused = true)]
async fn send_wakes_a_poll_at_once() {
    let harness = Harness::builder().build();
    let sqs = harness.sqs();
    let url = queue(&sqs, "30").await;
    let later = async {
        harness.clock().advance(seconds(7)).await;
        send(&sqs, &url, "job").await;
    };
    let (polled, ()) = tokio::join!(poll(&harness, &sqs, &url, 20), later);
    assert_eq!(polled, (vec!["job".to_owned()], seconds(7)));
}

#[tokio::test(start_paused = true)]
async fn delayed_message_arrives_during_a_poll() {
    let harness = Harness::builder().build();
    let sqs = harness.sqs();
    let url = queue(&sqs, "30").await;
    sqs.send_message().queue_url(&url).message_body("job").delay_seconds(5).send().await.unwrap();
    assert_eq!(poll(&harness, &sqs, &url, 20).await, (vec!["job".to_owned()], seconds(5)));
}

#[tokio::test(start_paused = true)]
async fn message_that_is_sent_with_a_delay_during_a_poll_arrives_in_time() {
    let harness = Harness::builder().build();
    let sqs = harness.sqs();
    let url = queue(&sqs, "30").await;
    let later = async {
        harness.clock().advance(seconds(2)).await;
        sqs.send_message().queue_url(&url).message_body("job").delay_seconds(3).send().await.unwrap();
    };
    let (polled, ()) = tokio::join!(poll(&harness, &sqs, &url, 20), later);
    assert_eq!(polled, (vec!["job".to_owned()], seconds(5)));
}

#[tokio::test(start_paused = true)]
async fn message_whose_timeout_lapses_comes_back_during_a_poll() {
    let harness = Harness::builder().build();
    let sqs = harness.sqs();
    let url = queue(&sqs, "9").await;
    send(&sqs, &url, "job").await;
    assert_eq!(poll(&harness, &sqs, &url, 20).await, (vec!["job".to_owned()], seconds(0)));
    assert_eq!(poll(&harness, &sqs, &url, 20).await, (vec!["job".to_owned()], seconds(9)));
}

#[tokio::test(start_paused = true)]
async fn releasing_a_message_wakes_a_poll() {
    let harness = Harness::builder().build();
    let sqs = harness.sqs();
    let url = queue(&sqs, "30").await;
    send(&sqs, &url, "job").await;
    let received = sqs.receive_message().queue_url(&url).send().await.unwrap();
    let handle = received.messages()[0].receipt_handle().unwrap();
    let release = async {
        harness.clock().advance(seconds(3)).await;
        let change = sqs.change_message_visibility().queue_url(&url).receipt_handle(handle);
        change.visibility_timeout(0).send().await.unwrap();
    };
    let (polled, ()) = tokio::join!(poll(&harness, &sqs, &url, 20), release);
    assert_eq!(polled, (vec!["job".to_owned()], seconds(3)));
}

#[tokio::test(start_paused = true)]
async fn each_of_many_polls_gets_one_of_many_messages() {
    let harness = Harness::builder().build();
    let sqs = harness.sqs();
    let url = queue(&sqs, "300").await;
    let mut polls = tokio::task::JoinSet::new();
    for _ in 0..100 {
        let (harness, sqs, url) = (harness.clone(), sqs.clone(), url.clone());
        polls.spawn(async move {
            let receive = sqs.receive_message().queue_url(url).wait_time_seconds(20).send().await.unwrap();
            let bodies: Vec<_> = receive.messages().iter().map(|message| message.body().unwrap().to_owned()).collect();
            (bodies, harness.clock().now())
        });
    }
    harness.clock().advance(seconds(1)).await;
    let sent_at = harness.clock().now();
    for number in 0..60 {
        send(&sqs, &url, &format!("{number:02}")).await;
    }
    let results = polls.join_all().await;
    let (served, empty): (Vec<_>, Vec<_>) = results.into_iter().partition(|(bodies, _)| !bodies.is_empty());
    assert!(served.iter().all(|(bodies, at)| bodies.len() == 1 && *at == sent_at), "{served:?}");
    let mut bodies: Vec<_> = served.into_iter().flat_map(|(bodies, _)| bodies).collect();
    bodies.sort();
    assert_eq!(bodies, (0..60).map(|number| format!("{number:02}")).collect::<Vec<_>>());
    assert!(empty.len() == 40 && empty.iter().all(|(_, at)| *at == sent_at + seconds(19)), "{empty:?}");
}

#[tokio::test(start_paused = true)]
async fn abandoned_poll_takes_no_message() {
    let harness = Harness::builder().build();
    let sqs = harness.sqs();
    let url = queue(&sqs, "300").await;
    let gone = tokio::time::timeout(seconds(5), poll(&harness, &sqs, &url, 20)).await;
    assert!(gone.is_err(), "{gone:?}");
    send(&sqs, &url, "job").await;
    assert_eq!(poll(&harness, &sqs, &url, 0).await, (vec!["job".to_owned()], seconds(0)));
}

#[tokio::test(start_paused = true)]
async fn others_go_on_when_the_poll_that_leads_goes_away() {
    let harness = Harness::builder().build();
    let sqs = harness.sqs();
    let url = queue(&sqs, "300").await;
    let first = tokio::time::timeout(seconds(2), poll(&harness, &sqs, &url, 20));
    let second = poll(&harness, &sqs, &url, 10);
    let third = poll(&harness, &sqs, &url, 15);
    let (first, second, third) = tokio::join!(biased; first, second, third);
    assert!(first.is_err(), "{first:?}");
    assert_eq!((second, third), ((vec![], seconds(10)), (vec![], seconds(15))));
}

#[tokio::test(start_paused = true)]
async fn deleting_a_queue_ends_its_polls() {
    let harness = Harness::builder().build();
    let began = harness.clock().now();
    let sqs = harness.sqs();
    let url = queue(&sqs, "30").await;
    let delete = async {
        harness.clock().advance(seconds(4)).await;
        sqs.delete_queue().queue_url(&url).send().await.unwrap();
    };
    let receive = sqs.receive_message().queue_url(&url).wait_time_seconds(20).send();
    let (received, ()) = tokio::join!(receive, delete);
    // silent: what AWS tells a poll whose queue goes; the queue's absence is the plainest.
    assert_eq!(received.unwrap_err().code(), Some("AWS.SimpleQueueService.NonExistentQueue"));
    assert_eq!(harness.clock().now(), began + seconds(4));
}

/// Goal: no lost wake-up between threads. Method: twenty polls on four threads and real time, each answered by one send.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn polls_are_answered_on_a_runtime_of_many_threads() {
    let harness = Harness::builder().build();
    let url = queue(&harness.sqs(), "300").await;
    let mut polls = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let (harness, url) = (harness.clone(), url.clone());
        polls.spawn(async move {
            // One message each, or a poll that comes late takes those of others.
            let received = harness.sqs().receive_message().queue_url(url).wait_time_seconds(20).send().await.unwrap();
            received.messages()[0].body().unwrap().to_owned()
        });
    }
    let mut sends = tokio::task::JoinSet::new();
    for number in 0..20 {
        let (harness, url) = (harness.clone(), url.clone());
        // A delay makes the message due: whoever leads the polls has to learn that it is due earlier than they end.
        sends.spawn(async move {
            let send = harness.sqs().send_message().queue_url(url).message_body(format!("{number:02}"));
            send.delay_seconds(number % 2).send().await.unwrap();
        });
    }
    sends.join_all().await;
    let mut bodies = tokio::time::timeout(seconds(10), polls.join_all()).await.expect("a poll was not woken");
    bodies.sort();
    assert_eq!(bodies, (0..20).map(|number| format!("{number:02}")).collect::<Vec<_>>());
}
