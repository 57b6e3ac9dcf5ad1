//! What a queued message costs in memory.

use std::alloc::System;

use redeliver_core::{Caller, Calm, Command, Config, Limits, Request, Timestamp, World};
use redeliver_model::sqs::{self, QueueAttributeName as Name};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const MESSAGES: usize = 100_000;
/// Bytes that a message with a body of 100 bytes may cost, its body included.
const BYTES_MAX: usize = 400;

fn call(world: &mut World, now: u64, command: sqs::Command) {
    let caller = Caller {
        account: "000000000000".into(),
        region: "us-east-1".into(),
        principal: "AIDAEXAMPLE".into(),
        endpoint: "https://sqs.us-east-1.amazonaws.com".into(),
    };
    let request = Request { caller, command: Command::Sqs(command), trace: None };
    let step = world.apply(Timestamp(now), request, &mut Calm);
    assert!(matches!(step.answer, redeliver_core::Answer::Now(Ok(_))), "{:?}", step.answer);
}

/// Bytes that each queued message of 100 bytes takes, without what deduplication remembers for five minutes.
fn bytes_per_message(fifo: bool, groups: usize) -> usize {
    let mut world = World::new(Config { seed: 1, limits: Limits::default(), events: false });
    let name = if fifo { "queue.fifo" } else { "queue" };
    let attributes = fifo.then(|| [(Name::FifoQueue, "true".to_owned())].into_iter().collect());
    let queue_name = Some(name.to_owned());
    call(
        &mut world,
        0,
        sqs::Command::CreateQueue(sqs::CreateQueueRequest { queue_name, attributes, ..Default::default() }),
    );
    let region = Region::new(ALLOCATOR);
    // The last two messages come five minutes after the one before, so that earlier ones are no longer remembered.
    let late = |number: usize| (number + 2).saturating_sub(MESSAGES) as u64 * 300_000;
    for number in 0..MESSAGES {
        let input = sqs::SendMessageRequest {
            queue_url: Some(format!("https://sqs.us-east-1.amazonaws.com/000000000000/{name}")),
            message_body: Some(format!("{number:0100}")),
            message_group_id: fifo.then(|| format!("group-{}", number % groups)),
            message_deduplication_id: fifo.then(|| format!("id-{number}")),
            ..Default::default()
        };
        call(&mut world, number as u64 + late(number + 1), sqs::Command::SendMessage(input));
    }
    let change = region.change();
    drop(world);
    (change.bytes_allocated - change.bytes_deallocated) / MESSAGES
}

/// One test, since the allocator counts for the whole process.
#[test]
fn queued_message_of_100_bytes_costs_less_than_400() {
    let standard = bytes_per_message(false, 1);
    assert!((100..BYTES_MAX).contains(&standard), "{standard} bytes on a standard queue");
    let fifo = bytes_per_message(true, 1_000);
    assert!((100..BYTES_MAX).contains(&fifo), "{fifo} bytes on a FIFO queue");
}
