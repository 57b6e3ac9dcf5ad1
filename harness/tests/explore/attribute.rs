//! `#[redeliver::test]`: an `async fn` becomes a test.

use redeliver::World;

use crate::consumers::{Kind, pays_once};

#[redeliver::test(seeds = 2, pairs = 1, budget = "60s")]
async fn consumer_with_a_conditional_write_is_idempotent(world: World) {
    pays_once(world, Kind::Conditional, 1, 1).await;
}

#[redeliver::test(seeds = 2, budget = "60s")]
#[should_panic(expected = "FAILED assertion: \"order-1 is not here: orders\"")]
async fn what_the_body_says_is_a_failure(world: World) -> Result<(), String> {
    let queue = world.sqs().queue("orders").create().await;
    Err(format!("order-1 is not here: {}", queue.name()))
}
