//! Topics, subscriptions and webhooks of a run.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use redeliver::test::{Coverage, Failure, Passed, SearchPhase};
use redeliver::world::{Message, Queue};
use redeliver::{Test, World};
use redeliver_chaos::plan::{Place, RuleBuilder};
use redeliver_chaos::{At, Plan, Site, rules};
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

/// Tells duplicates by the id that `id` reads off a received message.
async fn deduplicates(world: World, id: fn(&redeliver::world::Aws, &aws_sdk_sqs::types::Message) -> String) {
    let bills = world.sqs().queue("bills").create().await;
    let topic = world.sns().topic("orders").create().await;
    world.sns().subscribe(&topic).queue(&bills).create().await;
    world.publish(&topic, ["order-1"]).await;
    let seen = Arc::new(Mutex::new(std::collections::BTreeSet::new()));
    let consume = world.consume(|aws| {
        let (url, seen) = (bills.url(), Arc::clone(&seen));
        async move {
            loop {
                let receive = aws.sqs().receive_message().queue_url(&url).wait_time_seconds(20).send();
                for message in receive.await?.messages.unwrap_or_default() {
                    if seen.lock().unwrap().insert(id(&aws, &message)) {
                        let body: Value = serde_json::from_str(message.body().unwrap()).unwrap();
                        aws.effects().record(body["Message"].as_str().unwrap(), 1);
                    }
                    let delete = aws.sqs().delete_message().queue_url(&url);
                    delete.receipt_handle(message.receipt_handle().unwrap()).send().await?;
                }
            }
            #[expect(unreachable_code, reason = "it says of what kind the mistakes are")]
            Ok::<(), aws_sdk_sqs::Error>(())
        }
    });
    consume.until_drained(&bills).await;
    world.check().effect_once();
}

fn of_sqs(_: &redeliver::world::Aws, message: &aws_sdk_sqs::types::Message) -> String {
    message.message_id().unwrap().to_owned()
}

fn of_sns(_: &redeliver::world::Aws, message: &aws_sdk_sqs::types::Message) -> String {
    let body: Value = serde_json::from_str(message.body().unwrap()).unwrap();
    body["MessageId"].as_str().unwrap().to_owned()
}

/// A plan of these rules, each wherever it can act.
fn plan(names: &[&str]) -> Plan {
    let plan = Plan::builder("Topics.");
    let plan = names.iter().fold(plan, |plan, name| plan.rule(RuleBuilder::new(name).probability(0.5)));
    plan.build(&rules::known(), Some(Place::InProcess)).unwrap()
}

fn search(names: &[&str]) -> Test {
    Test::new("topics").environment(false).plan(plan(names)).seeds(8).pairs(20).budget(Duration::from_mins(2))
}

/// What was tried alone, and how often it failed.
fn alone(coverage: &[Coverage]) -> Vec<(&str, u32)> {
    let alone = coverage.iter().filter(|one| one.phase == SearchPhase::Single && one.runs == one.of);
    alone.map(|one| (&*one.rule, one.failed)).collect()
}

#[test]
fn consumer_that_tells_duplicates_by_the_id_of_sqs_is_found_from_a_calm_run_and_replays() {
    let names = ["fan-out-duplicate", "fan-out-reordered", "fan-out-late"];
    let failure = search(&names).run(|world| deduplicates(world, of_sqs)).unwrap_failure();
    let at = At::Call(Site {
        call: "sns:Deliver".into(),
        resource: Some("orders to bills".into()),
        key: Some("order-1".into()),
        nth: 1,
    });
    let found: Vec<_> = failure.schedule.faults.iter().map(|fault| (&*fault.rule, &fault.at)).collect();
    assert_eq!((&*failure.breach.property, found), ("effect-once", vec![("fan-out-duplicate", &at)]));
    assert_eq!(alone(&failure.coverage), [("fan-out-duplicate", 1), ("fan-out-late", 0), ("fan-out-reordered", 0)]);
}

#[test]
fn consumer_that_tells_duplicates_by_the_id_of_sns_passes() {
    let names = ["fan-out-duplicate", "fan-out-reordered", "fan-out-late", "envelope-unknown-field"];
    let Passed { coverage, cut, .. } = search(&names).run(|world| deduplicates(world, of_sns)).unwrap();
    assert_eq!((alone(&coverage).len(), cut), (4, None));
}

#[test]
fn publisher_whose_answer_is_lost_is_found_by_who_trusts_the_id_of_sns() {
    let failure = search(&["publish-reply-lost"]).run(|world| deduplicates(world, of_sns)).unwrap_failure();
    assert_eq!((&*failure.breach.property, failure.schedule.faults.len()), ("effect-once", 1));
}

/// A webhook that answers what it knows by its id at once.
async fn hooked(world: World, knows: bool) {
    let topic = world.sns().topic("orders").create().await;
    let seen = Arc::new(Mutex::new(std::collections::BTreeSet::new()));
    world.webhook(HOOK).serve(move |aws, request| {
        let is_new = seen.lock().unwrap().insert(request.headers()["x-amz-sns-message-id"].clone().as_bytes().to_vec());
        async move {
            let body: Value = serde_json::from_slice(request.body()).unwrap();
            if is_new || !knows {
                aws.effects().record(body["Message"].as_str().unwrap(), 1);
            }
            200
        }
    });
    world.sns().subscribe(&topic).webhook(HOOK).create().await;
    world.publish(&topic, ["order-1", "order-2"]).await;
    world.until_delivered().await;
    world.check().effect_once();
}

#[test]
fn webhook_that_does_not_know_what_it_has_done_is_found_and_one_that_does_passes() {
    let names = ["fan-out-duplicate", "webhook-error", "webhook-late", "webhook-reply-lost"];
    let Failure { coverage, .. } = search(&names).run(|world| hooked(world, false)).unwrap_failure();
    let expected = [("fan-out-duplicate", 2), ("webhook-error", 0), ("webhook-late", 2), ("webhook-reply-lost", 2)];
    assert_eq!(alone(&coverage), expected);
    let Passed { coverage, cut, .. } = search(&names).run(|world| hooked(world, true)).unwrap();
    assert_eq!((alone(&coverage).len(), cut), (4, None));
}

/// Pays each order once, whatever comes of it, from the envelopes in a queue and at a webhook.
async fn careful(world: World) {
    let bills = world.sqs().queue("bills").create().await;
    let dead = world.sqs().queue("dead").create().await;
    let topic = world.sns().topic("orders").create().await;
    world.sns().subscribe(&topic).queue(&bills).dead_letters(&dead).create().await;
    let paid = Arc::new(Mutex::new(std::collections::BTreeSet::new()));
    world.webhook(HOOK).serve({
        let paid = Arc::clone(&paid);
        move |aws, request| {
            let paid = Arc::clone(&paid);
            async move {
                aws.sleep(Duration::from_millis(5)).await;
                let body: Value = serde_json::from_slice(request.body()).unwrap();
                let key = format!("mail {}", body["Message"].as_str().unwrap());
                if paid.lock().unwrap().insert(key.clone()) {
                    aws.effects().record(key, 1);
                }
                200
            }
        }
    });
    world.sns().subscribe(&topic).webhook(HOOK).dead_letters(&dead).create().await;
    world.publish(&topic, ["order-1"]).await;
    let consume = world.consume(|aws| {
        let (url, paid) = (bills.url(), Arc::clone(&paid));
        async move {
            loop {
                let receive = aws.sqs().receive_message().queue_url(&url).wait_time_seconds(20).send();
                for message in receive.await?.messages.unwrap_or_default() {
                    let body: Value = serde_json::from_str(message.body().unwrap()).unwrap();
                    let key = format!("bill {}", body["Message"].as_str().unwrap());
                    if paid.lock().unwrap().insert(key.clone()) {
                        aws.effects().record(key, 1);
                    }
                    let delete = aws.sqs().delete_message().queue_url(&url);
                    delete.receipt_handle(message.receipt_handle().unwrap()).send().await?;
                }
            }
            #[expect(unreachable_code, reason = "it says of what kind the mistakes are")]
            Ok::<(), aws_sdk_sqs::Error>(())
        }
    });
    consume.until_drained(&bills).await;
    world.check().contract().effect_once();
}

#[test]
fn who_makes_its_effects_conditional_is_not_blamed_for_anything_that_aws_may_do() {
    let test = Test::new("careful").environment(false).seeds(16).pairs(0).budget(Duration::from_mins(5));
    let Passed { coverage, cut, .. } = test.run(careful).unwrap();
    let tried: Vec<_> = alone(&coverage).into_iter().map(|(rule, _)| rule).collect();
    for rule in ["fan-out-duplicate", "fan-out-reordered", "publish-reply-lost", "webhook-error", "webhook-late"] {
        assert!(tried.contains(&rule), "{tried:?}");
    }
    assert_eq!(cut, None);
}
