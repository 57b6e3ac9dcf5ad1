//! The story that the README opens with, kept word for word: a test, what it says, and the fix.

#![expect(clippy::unwrap_used, reason = "a failure here is a failure of the test")]

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use aws_sdk_sqs::Client;
use redeliver::world::Effects;
use redeliver::{Test, World};

// README
async fn charge_orders(sqs: Client, queue: String, payments: Effects) {
    loop {
        let Ok(received) = sqs.receive_message().queue_url(&queue).wait_time_seconds(20).send().await else { continue };
        for message in received.messages() {
            payments.record(message.body().unwrap(), "charged"); // your payment provider
            let delete = sqs.delete_message().queue_url(&queue).receipt_handle(message.receipt_handle().unwrap());
            let _ = delete.send().await;
        }
    }
}

// README
async fn orders_are_charged_once(world: World) {
    let queue = world.sqs().queue("orders").create().await;
    world.send(&queue, ["order-1", "order-2", "order-3"]).await;
    let payments = world.effects();
    world.consume(|aws| charge_orders(aws.sqs(), queue.url(), payments.clone())).until_drained(&queue).await;
    world.check().effect_once();
}
// README

/// Table of a database with a unique key: it outlives the consumer.
type Charged = Arc<Mutex<BTreeSet<String>>>;

async fn charge_orders_once(sqs: Client, queue: String, payments: Effects, charged: Charged) {
    loop {
        let Ok(received) = sqs.receive_message().queue_url(&queue).wait_time_seconds(20).send().await else { continue };
        for message in received.messages() {
            let order = message.body().unwrap();
            // FIX
            if charged.lock().unwrap().insert(order.to_owned()) {
                // INSERT .. ON CONFLICT DO NOTHING, by the order
                payments.record(order, "charged");
            }
            // FIX
            let delete = sqs.delete_message().queue_url(&queue).receipt_handle(message.receipt_handle().unwrap());
            let _ = delete.send().await;
        }
    }
}

const PAGE: &str = include_str!("../../README.md");

fn part(mark: &str, nth: usize) -> &'static str {
    include_str!("story.rs").split(mark).nth(nth).expect("the mark is there")
}

#[test]
fn the_page_shows_this_test_and_what_it_says() {
    let said = Test::new("orders_are_charged_once").environment(false).run(orders_are_charged_once).to_string();
    // Wall time and files differ from machine to machine.
    let story: Vec<_> = said.lines().take_while(|line| !line.starts_with("  also:")).map(without_time).collect();
    let test = format!("{}#[redeliver::test]\n{}", part("// README\n", 1), part("// README\n", 2));
    for shown in [test, story.join("\n")] {
        assert!(PAGE.contains(shown.trim_end()), "README.md does not hold this word for word:\n{shown}");
    }
}

/// A line without the time that shrinking took: `.., 84 ms):` becomes `..):`.
fn without_time(line: &str) -> String {
    match line.strip_suffix(" ms):").and_then(|line| line.rsplit_once(", ")) {
        Some((before, _)) => format!("{before}):"),
        None => line.to_owned(),
    }
}

#[test]
fn the_page_shows_the_fix_which_survives_everything() {
    let fix: Vec<_> = part("            // FIX\n", 1).lines().map(|line| line.trim_start().to_owned()).collect();
    for line in &fix {
        assert!(PAGE.contains(line.as_str()), "README.md does not hold `{line}`");
    }
    let outcome = Test::new("orders_are_charged_once").environment(false).run(async |world: World| {
        let queue = world.sqs().queue("orders").create().await;
        world.send(&queue, ["order-1", "order-2", "order-3"]).await;
        let (payments, charged) = (world.effects(), Charged::default());
        let work = |aws: redeliver::world::Aws| {
            charge_orders_once(aws.sqs(), queue.url(), payments.clone(), Arc::clone(&charged))
        };
        world.consume(work).until_drained(&queue).await;
        world.check().effect_once();
    });
    outcome.unwrap();
}
