//! How many seeds a second a search runs: ten messages, three workers, through the SDK (`cargo run --release -p redeliver --example seeds`).

#![expect(clippy::print_stdout, reason = "its output is what it is for")]

use std::time::Duration;

use redeliver::world::Message;
use redeliver::{Test, World};

/// Charges unless it has, and deletes; the effect is one step and takes its time.
async fn charges(world: World) {
    let queue = world.sqs().queue("orders").create().await;
    let effects = world.effects();
    let order = |number: u32| Message::new(format!("order-{number}")).key(format!("order-{number}"));
    world.send(&queue, (1..=10).map(order)).await;
    let consume = world.consume(|aws| {
        let (url, effects) = (queue.url(), effects.clone());
        async move {
            let sqs = aws.sqs();
            loop {
                let receive = sqs.receive_message().queue_url(&url).wait_time_seconds(20).send();
                let Ok(received) = receive.await else { continue };
                for message in received.messages() {
                    aws.sleep(Duration::from_millis(5)).await;
                    let order = message.body().unwrap_or_default();
                    if effects.of(order).is_empty() {
                        effects.record(order, 10);
                    }
                    let handle = message.receipt_handle().unwrap_or_default();
                    // What is not deleted comes again.
                    let _ = sqs.delete_message().queue_url(&url).receipt_handle(handle).send().await;
                }
            }
        }
    });
    consume.workers(3).until_drained(&queue).await;
    world.check().contract().effect_once().same_effects(|| world.effects().snapshot());
}

fn main() {
    let seeds = 200;
    let test = || Test::new("charges").environment(false).budget(Duration::from_mins(10));
    let drawn = test().exhaustive(false).seeds(seeds).run(charges).unwrap();
    let per_second = f64::from(drawn.runs) / drawn.time.as_secs_f64();
    println!("{} seeds: {per_second:.0} a second, {:.1} ms each", drawn.runs, 1000.0 / per_second);
    let all = test().seeds(0).run(charges).unwrap();
    println!("whole search without seeds: {} runs in {:.2} s", all.runs, all.time.as_secs_f64());
}
