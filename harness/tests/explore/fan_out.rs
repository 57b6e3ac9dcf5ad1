//! Topics, subscriptions and webhooks of a run.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use redeliver::world::{Message, Queue};
use redeliver::{Test, World};
use redeliver_check::What;
use serde_json::{Value, json};

/// Runs the body without faults and without a search.
fn once() -> Test {
    Test::new("once").environment(false).exhaustive(false).seeds(0)
}

const HOOK: &str = "https://shop.test/hook";

async fn bodies(world: &World, queue: &Queue) -> Vec<String> {
    let receive = world.sqs().client().receive_message().queue_url(queue.url()).max_number_of_messages(10);
    let received = receive.send().await.unwrap().messages.unwrap_or_default();
    received.into_iter().map(|message| message.body.unwrap()).collect()
}

#[test]
fn topic_fans_out_to_queues_as_their_subscriptions_say() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let outcome = once().run(|world| {
        let seen = Arc::clone(&seen);
        async move {
            let [all, large, dead] = [
                world.sqs().queue("all").create().await,
                world.sqs().queue("large").create().await,
                world.sqs().queue("dead").create().await,
            ];
            let topic = world.sns().topic("orders").create().await;
            world.sns().subscribe(&topic).queue(&all).create().await;
            let only = json!({ "size": ["large"] });
            world.sns().subscribe(&topic).queue(&large).raw().filter(&only).dead_letters(&dead).create().await;
            let message = |body: &str, size: &str| Message::new(body).attribute("size", size);
            world.publish(&topic, [message("a", "small"), message("b", "large")]).await;
            let mut all = bodies(&world, &all).await;
            for body in &mut all {
                *body = serde_json::from_str::<Value>(body).unwrap()["Message"].as_str().unwrap().to_owned();
            }
            let calls = world.history().into_iter().filter_map(|record| match record.what {
                What::Ok { call, output } if call == "sns:Publish" => Some(output["MessageId"].is_string()),
                _ => None,
            });
            let calls: Vec<_> = calls.collect();
            let large = bodies(&world, &large).await;
            seen.lock().unwrap().push((all, large, calls));
        }
    });
    let _ = outcome.unwrap();
    let texts = |texts: &[&str]| texts.iter().map(ToString::to_string).collect::<Vec<_>>();
    let expected = vec![(texts(&["a", "b"]), texts(&["b"]), vec![true, true])];
    assert_eq!(*seen.lock().unwrap(), expected);
}

#[test]
fn webhook_confirms_and_is_delivered_to_until_it_says_that_it_is_well() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let outcome = once().run(|world| {
        let seen = Arc::clone(&seen);
        async move {
            let topic = world.sns().topic("orders").create().await;
            let tries = Arc::clone(&seen);
            world.webhook(HOOK).serve(move |aws, request| {
                let tries = Arc::clone(&tries);
                async move {
                    let body: Value = serde_json::from_slice(request.body()).unwrap();
                    let key = body["Message"].as_str().unwrap().to_owned();
                    aws.sleep(Duration::from_secs(1)).await;
                    let nth = tries.lock().unwrap().len();
                    tries.lock().unwrap().push(key.clone());
                    match nth {
                        0 => 500,
                        1 => panic!("a handler with a bug"),
                        _ => {
                            aws.effects().record(key, 1);
                            200
                        }
                    }
                }
            });
            world.sns().subscribe(&topic).webhook(HOOK).create().await;
            world.publish(&topic, ["order-1"]).await;
            world.until_delivered().await;
            assert_eq!(world.effects().of("order-1"), [1]);
            let by = world.history().into_iter().find(|record| matches!(record.what, What::Effect { .. })).unwrap();
            assert_eq!(world.processes()[&by.process], "webhook-1");
            let crashes = world.history().into_iter().filter(|record| matches!(record.what, What::Crash { .. }));
            assert_eq!(crashes.count(), 1);
            world.check().effect_once();
        }
    });
    let _ = outcome.unwrap();
    assert_eq!(*seen.lock().unwrap(), ["order-1"; 3]);
}

#[test]
fn webhook_that_confirms_itself_visits_the_address_that_it_is_told() {
    let outcome = once().run(|world| async move {
        let topic = world.sns().topic("orders").create().await;
        world.webhook(HOOK).name("own").confirms_itself().serve(|aws, request| async move {
            let body: Value = serde_json::from_slice(request.body()).unwrap();
            match body["SubscribeURL"].as_str() {
                Some(url) if body["Type"] == "SubscriptionConfirmation" => aws.visit(url).await,
                _ => {
                    aws.effects().record(body["Message"].as_str().unwrap(), 1);
                    200
                }
            }
        });
        world.sns().subscribe(&topic).webhook(HOOK).create().await;
        world.publish(&topic, ["order-1"]).await;
        world.until_delivered().await;
        assert_eq!(world.effects().of("order-1"), [1]);
    });
    let _ = outcome.unwrap();
}

#[test]
fn crash_of_a_webhook_between_its_effect_and_its_answer_is_found() {
    let outcome =
        Test::new("hook").environment(false).seeds(0).budget(Duration::from_mins(1)).run(|world| async move {
            let topic = world.sns().topic("orders").create().await;
            world.webhook(HOOK).serve(|aws, request| async move {
                let body: Value = serde_json::from_slice(request.body()).unwrap();
                aws.effects().record(body["Message"].as_str().unwrap(), 1);
                aws.sleep(Duration::from_millis(5)).await;
                200
            });
            world.sns().subscribe(&topic).webhook(HOOK).create().await;
            world.publish(&topic, ["order-1"]).await;
            world.until_delivered().await;
            world.check().effect_once();
        });
    let failure = outcome.unwrap_failure();
    assert_eq!(failure.breach.property, "effect-once");
}
