//! Consumers of streams: leases keep workers apart, all shards are read, and a run is over when nothing is left.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use redeliver::Test;
use redeliver::world::{Aws, Effects, Lease, LeaseError, Stream};

type Mistake = Box<dyn std::error::Error>;

fn test(name: &str) -> Test {
    Test::new(name).environment(false).exhaustive(false).seeds(0)
}

/// Reads a shard from its checkpoint to its end, or for ever.
async fn read_shard(aws: &Aws, stream: &str, lease: &Lease, effects: &Effects) -> Result<(), Mistake> {
    let get = aws.kinesis().get_shard_iterator().stream_name(stream).shard_id(&lease.shard);
    let get = match &lease.checkpoint {
        Some(sequence) => get.shard_iterator_type("AFTER_SEQUENCE_NUMBER".into()).starting_sequence_number(sequence),
        None => get.shard_iterator_type("TRIM_HORIZON".into()),
    };
    let mut iterator = get.send().await?.shard_iterator;
    while let Some(at) = iterator {
        let read = aws.kinesis().get_records().shard_iterator(at).send().await?;
        for record in &read.records {
            let order = String::from_utf8_lossy(record.data.as_ref());
            if effects.of(&order).is_empty() {
                effects.record(order, 1);
            }
        }
        match read.records.last() {
            Some(last) => aws.leases().checkpoint(lease, &last.sequence_number).await?,
            None => aws.leases().renew(lease).await?,
        }
        iterator = read.next_shard_iterator;
        aws.sleep(Duration::from_secs(1)).await;
    }
    aws.leases().checkpoint_end(lease).await?;
    Ok(())
}

/// Reads one shard after the other, children after their parents.
async fn consume(aws: Aws, stream: String, effects: Effects) -> Result<(), Mistake> {
    loop {
        let shards = aws.kinesis().list_shards().stream_name(&stream).send().await?.shards.unwrap_or_default();
        let leases = aws.leases().list().await?;
        let is_done = |shard: &str| leases.iter().any(|lease| lease.shard == shard && lease.is_at_end());
        for shard in &shards {
            let parents = [&shard.parent_shard_id, &shard.adjacent_parent_shard_id];
            if is_done(&shard.shard_id) || !parents.into_iter().flatten().all(|parent| is_done(parent)) {
                continue;
            }
            if let Ok(lease) = aws.leases().take(&shard.shard_id).await {
                // One that waits for ever would leave the others; so it goes on only where the shard is closed.
                let closed =
                    shard.sequence_number_range.as_ref().is_some_and(|range| range.ending_sequence_number.is_some());
                if closed {
                    read_shard(&aws, &stream, &lease, &effects).await?;
                } else {
                    tokio::select! {
                        biased;
                        read = read_shard(&aws, &stream, &lease, &effects) => read?,
                        () = aws.sleep(Duration::from_secs(4)) => aws.leases().release(&lease).await?,
                    }
                }
            }
        }
        aws.sleep(Duration::from_secs(1)).await;
    }
}

fn orders(count: u32) -> impl Iterator<Item = (String, String)> {
    (1..=count).map(|n| (format!("customer-{n}"), format!("order-{n}")))
}

async fn split_and_merge(stream: Stream, put: impl AsyncFn(Vec<(String, String)>)) {
    put(orders(6).take(2).collect()).await;
    let children = stream.split("shardId-000000000000").await;
    put(orders(6).skip(2).take(2).collect()).await;
    assert_eq!(children.len(), 2);
    stream.merge(&children[0], &children[1]).await;
    put(orders(6).skip(4).collect()).await;
}

#[test]
fn two_workers_read_everything_through_a_split_and_a_merge() {
    let outcome = test("split-and-merge").seeds(30).run(|world| async move {
        let stream = world.kinesis().stream("orders").create().await;
        let consume = world.consume(|aws| consume(aws, "orders".to_owned(), world.effects())).workers(2);
        let put = async |records| world.put(&stream, records).await;
        consume.until_read_after(&stream, Box::pin(split_and_merge(stream.clone(), put))).await;
        assert_eq!(world.effects().snapshot().len(), 6);
        world.check().effect_once();
    });
    assert!(outcome.is_passed(), "{outcome}");
}

#[test]
fn a_run_ends_when_all_is_read_and_not_before() {
    let lasted = Arc::new(Mutex::new(0));
    let outcome = test("ends").run(|world| {
        let lasted = Arc::clone(&lasted);
        async move {
            let stream = world.kinesis().stream("orders").shards(2).create().await;
            world.put(&stream, orders(4)).await;
            let begin = world.clock().now();
            world.consume(|aws| consume(aws, "orders".to_owned(), world.effects())).until_read(&stream).await;
            assert_eq!(world.effects().snapshot().len(), 4);
            *lasted.lock().unwrap() = world.clock().now().since(begin).as_secs();
        }
    });
    assert!(outcome.is_passed(), "{outcome}");
    let lasted = *lasted.lock().unwrap();
    assert!((5..=20).contains(&lasted), "it lasted {lasted} s");
}

#[test]
fn a_shard_that_nobody_reads_is_told() {
    let outcome = test("unread").run(|world| async move {
        let stream = world.kinesis().stream("orders").create().await;
        world.put(&stream, orders(2)).await;
        world.consume(|aws| async move { aws.sleep(Duration::from_hours(9)).await }).until_read(&stream).await;
    });
    assert!(!outcome.is_passed());
    assert!(outcome.to_string().contains("2 records of `orders` are not read"), "{outcome}");
}

#[test]
fn a_lease_has_one_owner_and_what_older_owners_ask_for_is_refused() {
    let outcome = test("leases").run(|world| async move {
        let (own, other) = (world.producer().leases(), world.producer().leases());
        let first = own.take("shard").await.unwrap();
        assert_eq!((first.epoch, first.owner.as_deref(), &first.checkpoint), (1, Some("producer-1"), &None));
        assert_eq!(other.take("shard").await, Err(LeaseError::Taken));
        assert_eq!(own.checkpoint(&first, "7").await, Ok(()));
        world.sleep(Duration::from_secs(9)).await;
        assert_eq!(own.renew(&first).await, Ok(()));
        world.sleep(Duration::from_secs(9)).await;
        assert_eq!(other.take("shard").await, Err(LeaseError::Taken));
        world.sleep(Duration::from_secs(1)).await;
        let second = other.take("shard").await.unwrap();
        assert_eq!((second.epoch, second.checkpoint.as_deref()), (2, Some("7")));
        assert_eq!(own.renew(&first).await, Err(LeaseError::Lost));
        assert_eq!(own.checkpoint(&first, "8").await, Err(LeaseError::Lost));
        assert_eq!(own.release(&first).await, Err(LeaseError::Lost));
        let third = own.steal(&second).await.unwrap();
        assert_eq!(third.epoch, 3);
        assert_eq!(own.steal(&second).await, Err(LeaseError::Lost));
        assert_eq!(own.release(&third).await, Ok(()));
        assert_eq!(other.checkpoint_within(&second, "9", 3).await, Err(LeaseError::Lost));
        let fourth = other.take("shard").await.unwrap();
        assert_eq!(other.checkpoint_within(&fourth, "9", 3).await, Ok(()));
        let listed = world.leases().list().await.unwrap();
        let told: Vec<_> =
            listed.iter().map(|lease| (lease.epoch, lease.checkpoint.as_deref(), lease.sub_sequence)).collect();
        assert_eq!(told, [(4, Some("9"), Some(3))]);
    });
    assert!(outcome.is_passed(), "{outcome}");
}

#[test]
fn a_stream_is_as_it_was_asked_for() {
    let outcome = test("streams").run(|world| async move {
        let stream = world.kinesis().stream("orders").shards(2).retention(Duration::from_hours(48)).create().await;
        let told = world.kinesis().client().describe_stream_summary().stream_name("orders").send().await.unwrap();
        let told = told.stream_description_summary.unwrap();
        assert_eq!((told.retention_period_hours, told.open_shard_count), (48, 2));
        assert_eq!(told.stream_arn, stream.arn());
        assert_eq!(stream.reshard(4).await.len(), 4);
        let consumer = stream.register("reports").await;
        assert!(consumer.starts_with(stream.arn()), "{consumer}");
        let other = world.kinesis().stream("events").on_demand().create().await;
        assert_eq!(other.shards().await.len(), 4);
    });
    assert!(outcome.is_passed(), "{outcome}");
}
