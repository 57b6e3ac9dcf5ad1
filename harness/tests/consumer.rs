//! A consumer under test: the example of the README, kept word for word.

#![expect(clippy::unwrap_used, reason = "a failure here is a failure of the test")]

use std::collections::BTreeSet;
use std::time::Duration;

use aws_sdk_sqs::Client;

/// Payments by message id, so that a message that comes twice pays once.
#[derive(Default)]
struct Ledger {
    paid: BTreeSet<String>,
    payments: Vec<String>,
}

/// Receives one message and pays; deletes it only if nothing kills it before.
async fn consume(sqs: &Client, queue: &str, ledger: &mut Ledger, killed: bool) {
    let received = sqs.receive_message().queue_url(queue).wait_time_seconds(20).send().await.unwrap();
    for message in received.messages() {
        if ledger.paid.insert(message.message_id().unwrap().to_owned()) {
            ledger.payments.push(message.body().unwrap().to_owned());
        }
        if !killed {
            sqs.delete_message()
                .queue_url(queue)
                .receipt_handle(message.receipt_handle().unwrap())
                .send()
                .await
                .unwrap();
        }
    }
}

// README
#[tokio::test(start_paused = true)]
async fn a_payment_is_made_once_though_its_message_comes_twice() {
    let harness = redeliver::Harness::builder().seed(7).build();
    let sqs = harness.sqs(); // an ordinary aws_sdk_sqs::Client
    let created = sqs.create_queue().queue_name("payments").send().await.unwrap();
    let queue = created.queue_url().unwrap();
    sqs.send_message().queue_url(queue).message_body("pay 10").send().await.unwrap();

    let mut ledger = Ledger::default();
    consume(&sqs, queue, &mut ledger, true).await; // pays, and dies before it deletes
    harness.clock().advance(Duration::from_secs(31)).await; // the visibility timeout, in no time
    consume(&sqs, queue, &mut ledger, false).await; // the same message again

    assert_eq!(ledger.payments, ["pay 10"]);
    harness.clock().advance(Duration::from_hours(96)).await;
    let left = sqs.receive_message().queue_url(queue).send().await.unwrap();
    assert!(left.messages().is_empty(), "it was deleted");
}
// README

#[test]
fn the_readme_shows_this_test() {
    let source = include_str!("consumer.rs");
    let readme = include_str!("../../README.md");
    let shown = source.split("// README\n").nth(1).expect("the test stands between two marks");
    assert!(readme.contains(shown), "README.md does not hold this test word for word");
}
