//! Faults before `winterbaume-sqs`, a backend in process: the decorator makes them out of requests and answers alone.

#![expect(clippy::unwrap_used, reason = "all of this is a test")]

use std::collections::BTreeSet;
use std::time::Duration;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::config::{BehaviorVersion, Region, SharedHttpClient};
use redeliver::chaos::{ChaosHttpClient, SharedChaos};
use redeliver_chaos::plan::{Parameters, Plan};
use redeliver_chaos::{At, Chaos, Fault, Mode, Site};
use redeliver_check::{Expectation, Invariant, Record, Scene, Verdict, What, check_all};
use serde_json::json;
use winterbaume_core::MockAws;
use winterbaume_sqs::SqsService;

/// A fault at the first call that has to do with `order-3`.
fn fault(rule: &str, operation: &str) -> Fault {
    let call = format!("sqs:{operation}");
    let at = At::Call(Site { call, resource: Some("orders".to_owned()), key: Some("order-3".to_owned()), nth: 1 });
    Fault { rule: rule.to_owned(), at, parameters: Parameters::default() }
}

/// Whether a consumer remembers what it has done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Consumer {
    Buggy,
    Correct,
}

/// What came of a run.
#[derive(Debug, PartialEq)]
struct Ran {
    /// Times that an order was charged.
    charged: usize,
    /// Whether each order was charged once.
    once: Verdict,
    /// The rules of the faults that fired.
    fired: Vec<String>,
}

/// Five orders are sent, received and charged amid these faults.
async fn run(faults: Vec<Fault>, consumer: Consumer) -> Ran {
    let backend = MockAws::builder().with_service(SqsService::new()).build();
    let chaos = SharedChaos::by_tokio(Chaos::new(&Plan::default(), 7, Mode::Replay(faults)));
    let client = |http: SharedHttpClient| {
        let config = aws_sdk_sqs::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .credentials_provider(backend.credentials_provider());
        Client::from_conf(config.http_client(http).build())
    };
    let sqs = client(SharedHttpClient::new(ChaosHttpClient::wrap(backend.http_client(), &chaos)));
    let queue = sqs.create_queue().queue_name("orders").send().await.unwrap().queue_url.unwrap();
    for number in 1..=5 {
        let body = json!({ "id": format!("order-{number}") }).to_string();
        sqs.send_message().queue_url(&queue).message_body(body).send().await.unwrap();
    }
    let history = consume(&sqs, &queue, consumer).await;
    let scene = Scene {
        queue,
        dead_letter: None,
        visibility_ms: 30_000,
        max_receive_count: None,
        deduplication_per_group: false,
        topics: Vec::new(),
    };
    let expectation = Expectation { tells_effects: true, ..Expectation::new(scene) };
    let verdicts = check_all(&history, &expectation);
    let (_, once) = verdicts.into_iter().find(|(invariant, _)| *invariant == Invariant::EffectOnce).unwrap();
    let fired = chaos.lock().fired().faults.into_iter().map(|fault| fault.rule).collect();
    Ran { charged: history.len(), once, fired }
}

/// Charges until three polls in a row have brought nothing; gives the charges.
async fn consume(sqs: &Client, queue: &str, consumer: Consumer) -> Vec<Record> {
    let (mut done, mut charges, mut empty) = (BTreeSet::new(), Vec::new(), 0);
    while empty < 3 {
        let received = sqs.receive_message().queue_url(queue).max_number_of_messages(10).send().await.unwrap();
        let messages = received.messages.unwrap_or_default();
        empty = if messages.is_empty() { empty + 1 } else { 0 };
        // Copies come some time after what they are copies of.
        tokio::time::sleep(Duration::from_secs(1)).await;
        for message in messages {
            let order: serde_json::Value = serde_json::from_str(message.body().unwrap()).unwrap();
            let key = order["id"].as_str().unwrap().to_owned();
            if done.insert(key.clone()) || consumer == Consumer::Buggy {
                let what = What::Effect { key, value: json!(5), message: message.message_id.clone() };
                charges.push(Record { at_ms: 0, process: 1, what });
            }
            let handle = message.receipt_handle().unwrap();
            sqs.delete_message().queue_url(queue).receipt_handle(handle).send().await.unwrap();
        }
    }
    charges
}

#[tokio::test(start_paused = true)]
async fn without_faults_both_consumers_charge_once() {
    for consumer in [Consumer::Buggy, Consumer::Correct] {
        assert_eq!(run(Vec::new(), consumer).await, Ran { charged: 5, once: Verdict::Holds, fired: Vec::new() });
    }
}

#[tokio::test(start_paused = true)]
async fn a_lost_reply_and_a_duplicate_fire_and_find_the_consumer_that_does_not_remember() {
    for (rule, operation) in [("send-reply-lost", "SendMessage"), ("replica-duplicate", "ReceiveMessage")] {
        let fired = vec![rule.to_owned()];
        let correct = run(vec![fault(rule, operation)], Consumer::Correct).await;
        assert_eq!(correct, Ran { charged: 5, once: Verdict::Holds, fired: fired.clone() });
        let buggy = run(vec![fault(rule, operation)], Consumer::Buggy).await;
        assert_eq!((buggy.charged, buggy.fired), (6, fired));
        let Verdict::Broken { witness } = buggy.once else { panic!("{rule}: {:?}", buggy.once) };
        assert!(witness[0].starts_with("`order-3` had 2 effects, allowed 1: "), "{rule}: {witness:?}");
    }
}
