//! What the contract says of the topics of a run.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use redeliver::test::Outcome;
use redeliver::world::{Aws, Message, Queue};
use redeliver::{Test, World};
use redeliver_check::Invariant;
use serde_json::json;

const HOOK: &str = "https://shop.test/hook";
const AWAY: &str = "https://shop.test/away";

const OF_TOPICS: [Invariant; 5] = [
    Invariant::FanOutComplete,
    Invariant::FilteredNeverDelivered,
    Invariant::FifoOrderEqual,
    Invariant::RetrySchedule,
    Invariant::DeadLetterAfterLastAttempt,
];

/// Runs the body without faults and without a search.
fn once() -> Test {
    Test::new("once").environment(false).exhaustive(false).seeds(0)
}

/// Takes what is in a queue, and deletes it.
async fn drain(world: &World, queue: &Queue) {
    let sqs = world.sqs().client();
    let receive = sqs.receive_message().queue_url(queue.url()).max_number_of_messages(10);
    for message in receive.send().await.unwrap().messages.unwrap_or_default() {
        let delete = sqs.delete_message().queue_url(queue.url());
        delete.receipt_handle(message.receipt_handle.unwrap()).send().await.unwrap();
    }
}

#[test]
fn every_invariant_of_topics_is_judged_and_holds() {
    let outcome = once().run(|world| async move {
        let [all, large, dead] = [
            world.sqs().queue("all").create().await,
            world.sqs().queue("large").create().await,
            world.sqs().queue("dead").create().await,
        ];
        let topic = world.sns().topic("orders").create().await;
        let tries = Arc::new(AtomicU32::new(0));
        world.webhook(HOOK).serve(move |_, _| {
            let first = tries.fetch_add(1, Ordering::Relaxed) == 0;
            async move { if first { 503 } else { 200 } }
        });
        world.webhook(AWAY).serve(|_, request| async move {
            if request.headers()["x-amz-sns-message-type"] == "Notification" { 410 } else { 200 }
        });
        world.sns().subscribe(&topic).queue(&all).create().await;
        world.sns().subscribe(&topic).queue(&large).raw().filter(&json!({ "size": ["large"] })).create().await;
        world.sns().subscribe(&topic).webhook(HOOK).dead_letters(&dead).create().await;
        world.sns().subscribe(&topic).webhook(AWAY).dead_letters(&dead).create().await;
        let message = |body: &str, size: &str| Message::new(body).attribute("size", size);
        world.publish(&topic, [message("a", "small"), message("b", "large")]).await;
        let ordered = world.sns().fifo_topic("bills").content_deduplication().create().await;
        for name in ["one", "two"] {
            let queue = world.sqs().fifo_queue(name).create().await;
            world.sns().subscribe(&ordered).queue(&queue).create().await;
        }
        world.publish(&ordered, [message("c", "small"), message("d", "small")]).await;
        world.until_delivered().await;
        for queue in [&all, &large, &dead] {
            drain(&world, queue).await;
        }
        OF_TOPICS.into_iter().fold(world.check().contract(), redeliver::world::Check::invariant);
    });
    let _ = outcome.unwrap();
}

#[test]
fn without_topics_nothing_can_be_said_of_them() {
    for invariant in OF_TOPICS {
        let outcome = once().run(|world| async move {
            let queue = world.sqs().queue("orders").create().await;
            world.send(&queue, ["order-1"]).await;
            drain(&world, &queue).await;
            world.check().contract().invariant(invariant);
        });
        let Outcome::Unknown(reason) = &outcome else { panic!("{outcome}") };
        assert!(reason.contains(invariant.name()), "{reason}");
    }
}

/// Takes what comes and deletes it, whatever goes wrong.
async fn take(aws: Aws, url: String) {
    let sqs = aws.sqs();
    loop {
        let receive = sqs.receive_message().queue_url(&url).wait_time_seconds(20).max_number_of_messages(10);
        for message in receive.send().await.ok().and_then(|received| received.messages).unwrap_or_default() {
            let delete = sqs.delete_message().queue_url(&url);
            // What is not deleted comes again.
            let _ = delete.set_receipt_handle(message.receipt_handle).send().await;
        }
    }
}

#[test]
fn no_fault_makes_the_contract_accuse_the_backend() {
    let test = Test::new("fan-out").environment(false).exhaustive(false).seeds(10).budget(Duration::from_mins(1));
    let outcome = test.run(|world| async move {
        let [all, large] = [world.sqs().queue("all").create().await, world.sqs().queue("large").create().await];
        let topic = world.sns().topic("orders").create().await;
        world.webhook(HOOK).serve(|_, _| async { 200 });
        world.sns().subscribe(&topic).queue(&all).create().await;
        world.sns().subscribe(&topic).queue(&large).filter(&json!({ "size": ["large"] })).create().await;
        world.sns().subscribe(&topic).webhook(HOOK).create().await;
        let message = |body: &str, size: &str| Message::new(body).attribute("size", size);
        world.publish(&topic, [message("a", "small"), message("b", "large"), message("c", "large")]).await;
        world.until_delivered().await;
        for queue in [&all, &large] {
            let url = queue.url();
            world.consume(|aws| take(aws, url.clone())).until_drained(queue).await;
        }
        world.check().contract().invariant(Invariant::FanOutComplete);
    });
    let passed = outcome.unwrap();
    assert!(passed.runs > 10 && passed.cut.is_none(), "{passed}");
}
