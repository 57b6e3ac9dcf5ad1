//! What a world lets happen, seen in its history.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use redeliver::test::Outcome;
use redeliver::world::Aws;
use redeliver::{Clock, Test};
use redeliver_check::What;

/// Runs the body without faults and without a search.
fn once() -> Test {
    Test::new("once").environment(false).exhaustive(false).seeds(0)
}

#[test]
fn every_call_takes_a_round_trip_and_long_polls_end_in_virtual_time() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let outcome = once().run(|world| {
        let seen = Arc::clone(&seen);
        async move {
            let queue = world.sqs().queue("orders").create().await;
            let begin = world.clock().now();
            let receive = || world.sqs().client().receive_message().queue_url(queue.url());
            receive().send().await.unwrap();
            let short = world.clock().now();
            receive().wait_time_seconds(20).send().await.unwrap();
            let took = [short.since(begin), world.clock().now().since(short)].map(|took| took.as_millis());
            seen.lock().unwrap().extend(took);
        }
    });
    let _ = outcome.unwrap();
    assert_eq!(*seen.lock().unwrap(), [10, 20_010]);
}

#[test]
fn worker_that_ends_or_panics_is_made_anew() {
    let lives = Arc::new(Mutex::new(Vec::new()));
    let outcome = once().run(|world| {
        let lives = Arc::clone(&lives);
        async move {
            let consume = world.consume(|aws| {
                let (lives, clock) = (Arc::clone(&lives), world.clock().clone());
                let nth = lives.lock().unwrap().len();
                async move {
                    lives.lock().unwrap().push((aws.name().to_owned(), nth));
                    clock.advance(Duration::from_millis(500)).await;
                    match nth {
                        0 => Ok(()),
                        1 => Err("the second life fails"),
                        2 => panic!("the third life panics"),
                        _ => std::future::pending().await,
                    }
                }
            });
            consume.name("reader").run_for(Duration::from_secs(5)).await;
            let history = world.history();
            let crashes: Vec<_> = history.iter().filter(|record| matches!(record.what, What::Crash { .. })).collect();
            let restarts = history.iter().filter(|record| record.what == What::Restart).count();
            assert_eq!((crashes.len(), restarts), (1, 3), "{history:?}");
            assert!(matches!(&crashes[0].what, What::Crash { reason } if reason.starts_with("panicked: the third life panics (")));
        }
    });
    let _ = outcome.unwrap();
    let expected: Vec<_> = (0..4).map(|nth| ("reader-1".to_owned(), nth)).collect();
    assert_eq!(*lives.lock().unwrap(), expected);
}

#[test]
fn what_a_dead_worker_spawned_reaches_nothing() {
    let outcome = once().run(|world| async move {
        let queue = world.sqs().queue("orders").create().await;
        let consume = world.consume(|aws| {
            let url = queue.url();
            async move {
                let late = |aws: Aws, clock: Clock, name: &'static str| async move {
                    clock.advance(Duration::from_millis(100)).await;
                    aws.effects().record(name, 1);
                    aws.sqs().send_message().queue_url(url.clone()).message_body(name).send().await.unwrap();
                    aws.effects().record(name, 2);
                };
                let clock = aws.clock().clone();
                tokio::spawn(late.clone()(aws.clone(), clock.clone(), "spawned"));
                tokio::task::spawn_local(late.clone()(aws.clone(), clock.clone(), "spawned locally"));
                clock.advance(Duration::from_millis(50)).await;
                panic!("it dies");
            }
        });
        consume.run_for(Duration::from_millis(900)).await;
        let left = world.sqs().client().receive_message().queue_url(queue.url()).send().await.unwrap();
        assert_eq!((world.effects().snapshot().len(), left.messages().len()), (0, 0));
    });
    let _ = outcome.unwrap();
}

#[test]
fn queue_that_nobody_drains_is_a_failure() {
    let outcome = once().patience(Duration::from_mins(10)).run(|world| async move {
        let queue = world.sqs().queue("orders").create().await;
        world.send(&queue, ["order-1"]).await;
        world.consume(|_| std::future::pending::<()>()).until_drained(&queue).await;
    });
    let failure = outcome.unwrap_failure();
    assert_eq!(failure.breach.property, "drained");
    assert_eq!(failure.breach.witness[0], "1 messages are still in the queue 600 s after the last fault");
    assert!(failure.breach.witness[1].starts_with("worker-1 makes no call: "), "{:?}", failure.breach.witness);
}

#[test]
fn consumer_that_asks_without_end_is_a_live_lock() {
    let outcome = once().most_calls(500).run(|world| async move {
        let queue = world.sqs().queue("orders").create().await;
        world.send(&queue, ["order-1"]).await;
        let consume = world.consume(|aws| {
            let url = queue.url();
            async move {
                let sqs = aws.sqs();
                loop {
                    let received = sqs.receive_message().queue_url(&url).visibility_timeout(0).send().await;
                    received.unwrap();
                }
            }
        });
        consume.until_drained(&queue).await;
    });
    assert_eq!(outcome.unwrap_failure().breach.property, "live-lock");
}

#[test]
fn sockets_in_handlers_are_named() {
    let outcome = once().run(|world| async move {
        let queue = world.sqs().queue("orders").create().await;
        world.send(&queue, ["order-1"]).await;
        let consume = world.consume(|_| async { tokio::net::TcpStream::connect("127.0.0.1:1").await.map(drop) });
        consume.run_for(Duration::from_secs(30)).await;
    });
    let Outcome::Unknown(reason) = outcome else { panic!("{outcome}") };
    assert!(reason.starts_with("worker-1 opened a socket") && reason.contains("`.real_time(scale)`"), "{reason}");
}

#[test]
fn wakes_from_other_threads_are_named() {
    let outcome = once().run(|world| async move {
        let consume = world.consume(|_| async {
            let (sender, receiver) = tokio::sync::oneshot::channel::<()>();
            let thread = std::thread::spawn(move || sender.send(()).unwrap());
            let _ = receiver.await;
            thread.join().unwrap();
        });
        consume.run_for(Duration::from_mins(1)).await;
    });
    let Outcome::Unknown(reason) = outcome else { panic!("{outcome}") };
    assert!(reason.starts_with("worker-1 was woken by another thread"), "{reason}");
}

#[test]
fn blocking_work_holds_virtual_time() {
    let outcome = once().run(|world| async move {
        let begin = world.clock().now();
        let consume = world.consume(|aws| {
            let effects = aws.effects();
            async move {
                tokio::task::spawn_blocking(|| ()).await.unwrap();
                effects.record("done", 1);
                std::future::pending::<()>().await;
            }
        });
        consume.run_for(Duration::from_secs(1)).await;
        assert_eq!((world.effects().of("done").len(), world.clock().now().since(begin)), (1, Duration::from_secs(1)));
    });
    let _ = outcome.unwrap();
}

#[test]
fn real_time_runs_faster_by_its_scale() {
    let outcome = once().real_time(1000).run(|world| async move {
        let queue = world.sqs().queue("orders").create().await;
        world.send(&queue, ["order-1"]).await;
        let received = world.sqs().client().receive_message().queue_url(queue.url()).send().await.unwrap();
        assert_eq!(received.messages().len(), 1);
        world.sleep(Duration::from_secs(31)).await;
        let again = world.sqs().client().receive_message().queue_url(queue.url()).send().await.unwrap();
        assert_eq!(again.messages().len(), 1);
    });
    assert!(outcome.unwrap().time < Duration::from_secs(25));
}

/// Two workers that each handle what they receive for a while, whatever another one does with the same key.
async fn handles_side_by_side(world: redeliver::World, tells: bool) {
    let queue = world.sqs().queue("orders").create().await;
    world.send(&queue, ["order-1", "order-1"]).await;
    let effects = world.effects();
    let consume = world.consume(|aws: Aws| {
        let (effects, url) = (effects.clone(), queue.url());
        async move {
            loop {
                let receive = aws.sqs().receive_message().queue_url(&url).wait_time_seconds(20);
                for message in receive.send().await.unwrap().messages.unwrap_or_default() {
                    let handling = tells.then(|| effects.handling(message.body().unwrap(), &message));
                    aws.sleep(Duration::from_secs(1)).await;
                    handling.into_iter().for_each(redeliver::world::Handling::end);
                    let handle = message.receipt_handle.unwrap();
                    aws.sqs().delete_message().queue_url(&url).receipt_handle(handle).send().await.unwrap();
                }
            }
        }
    });
    consume.workers(2).until_drained(&queue).await;
    world.check().invariant(redeliver_check::Invariant::NoOverlap);
}

#[test]
fn handlers_that_are_told_are_held_against_invariants() {
    let Outcome::Failed(failure) = once().run(|world| handles_side_by_side(world, true)) else {
        panic!("it is broken")
    };
    assert_eq!(failure.breach.property, "no-overlap");
}

#[test]
fn invariant_that_nothing_can_be_said_about_is_unknown() {
    let outcome = once().run(|world| handles_side_by_side(world, false));
    let needs = "`no-overlap` needs beginnings and ends of handlers, which the history does not have";
    assert_eq!(outcome.to_string(), format!("UNKNOWN: {needs}"));
}
