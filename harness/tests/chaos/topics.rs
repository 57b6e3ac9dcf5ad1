//! What faults of topics look like to queues, webhooks and publishers.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_sdk_sns::types::{MessageAttributeValue, PublishBatchRequestEntry};
use aws_sdk_sqs::types::QueueAttributeName;
use bytes::Bytes;
use http::{Request, Response};
use redeliver::Harness;
use redeliver::chaos::{ChaosHttpClient, SharedChaos};
use redeliver_chaos::plan::{Parameters, Plan};
use redeliver_chaos::{At, Chaos, Fault, Mode, Site};
use serde_json::{Value, json};

const HOOK: &str = "http://shop.test/hook";

/// A topic `orders`, behind one fault.
struct Topic {
    harness: Harness,
    sns: aws_sdk_sns::Client,
    sqs: aws_sdk_sqs::Client,
    chaos: SharedChaos,
    arn: String,
}

/// The first place of this kind for the message `m`.
fn fault(rule: &str, call: &str, resource: &str, key: Option<&str>) -> Fault {
    let site = Site { call: format!("sns:{call}"), resource: Some(resource.into()), key: key.map(Into::into), nth: 1 };
    Fault { rule: rule.to_owned(), at: At::Call(site), parameters: Parameters::default() }
}

async fn topic(name: &str, faults: Vec<Fault>) -> Topic {
    let harness = Harness::builder().seed(7).build();
    let chaos = SharedChaos::new(Chaos::new(&Plan::default(), 7, Mode::Replay(faults)), harness.clock());
    harness.put_faults(&chaos);
    let client = ChaosHttpClient::wrap(harness.http_client(), &chaos).consumer("worker-1");
    let sns = aws_sdk_sns::Client::from_conf(harness.sns_config().http_client(client.clone()).build());
    let sqs = aws_sdk_sqs::Client::from_conf(harness.sqs_config().http_client(client).build());
    let create = sns.create_topic().name(name);
    let create = if is_fifo(name) { create.attributes("FifoTopic", "true") } else { create };
    let arn = create.send().await.unwrap().topic_arn.unwrap();
    Topic { harness, sns, sqs, chaos, arn }
}

fn is_fifo(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ending == "fifo")
}

/// A topic `orders` whose deliveries to `endpoint` have this fault.
async fn delivering(rule: &str, endpoint: &str) -> Topic {
    topic("orders", vec![fault(rule, "Deliver", &format!("orders to {endpoint}"), Some("m"))]).await
}

impl Topic {
    /// A queue that lets topics in; its URL and its ARN.
    async fn queue(&self, name: &str) -> (String, String) {
        let arn = format!("arn:aws:sqs:us-east-1:000000000000:{name}");
        let statement = json!({ "Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": arn });
        let policy = json!({ "Version": "2012-10-17", "Statement": [statement] }).to_string();
        let create = self.sqs.create_queue().queue_name(name).attributes(QueueAttributeName::Policy, policy);
        let create = if is_fifo(name) { create.attributes(QueueAttributeName::FifoQueue, "true") } else { create };
        (create.send().await.unwrap().queue_url.unwrap(), arn)
    }

    async fn subscribe(&self, protocol: &str, endpoint: &str, attributes: &[(&str, String)]) -> String {
        let subscribe = self.sns.subscribe().topic_arn(&self.arn).protocol(protocol).endpoint(endpoint);
        let subscribe =
            attributes.iter().fold(subscribe, |subscribe, (name, value)| subscribe.attributes(*name, value));
        subscribe.return_subscription_arn(true).send().await.unwrap().subscription_arn.unwrap()
    }

    /// A queue that is subscribed; its URL.
    async fn subscribed(&self, name: &str, attributes: &[(&str, String)]) -> String {
        let (url, arn) = self.queue(name).await;
        self.subscribe("sqs", &arn, attributes).await;
        url
    }

    async fn publish(&self, message: &str) -> String {
        let publish = self.sns.publish().topic_arn(&self.arn).message(message);
        let publish =
            if is_fifo(&self.arn) { publish.message_group_id("g").message_deduplication_id(message) } else { publish };
        publish.send().await.unwrap().message_id.unwrap()
    }

    /// Ids of SQS and bodies.
    async fn received(&self, url: &str) -> Vec<(String, String)> {
        let receive = self.sqs.receive_message().queue_url(url).max_number_of_messages(10);
        let got = receive.send().await.unwrap().messages.unwrap_or_default();
        got.into_iter().map(|message| (message.message_id.unwrap(), message.body.unwrap())).collect()
    }

    /// What the bodies say, in an envelope or not.
    async fn messages(&self, url: &str) -> Vec<String> {
        self.received(url).await.into_iter().map(|(_, body)| said(&body)).collect()
    }

    async fn pass(&self, time: Duration) {
        self.harness.clock().advance(time).await;
    }

    fn fired(&self) -> Vec<String> {
        self.chaos.lock().fired().faults.into_iter().map(|fault| fault.rule).collect()
    }

    /// A confirmed webhook and the milliseconds at which it got notifications.
    async fn hook(&self, attributes: &[(&str, String)]) -> Arc<Mutex<Vec<u64>>> {
        let seen: Arc<Mutex<Vec<u64>>> = Arc::default();
        let (world, notes) = (self.harness.clone(), Arc::clone(&seen));
        self.harness.receive_at(HOOK, move |request| {
            let (world, notes) = (world.clone(), Arc::clone(&notes));
            async move {
                let document: Value = serde_json::from_slice(request.body()).unwrap();
                match document["SubscribeURL"].as_str() {
                    Some(url) if document["Type"] == "SubscriptionConfirmation" => {
                        world.respond(Request::get(url).body(Bytes::new()).unwrap()).await;
                    }
                    _ => notes.lock().unwrap().push(world.clock().now().as_millis()),
                }
                Response::new(Bytes::new())
            }
        });
        self.subscribe("http", HOOK, attributes).await;
        tokio::task::yield_now().await;
        self.pass(Duration::from_secs(1)).await;
        seen
    }
}

fn said(body: &str) -> String {
    let document: Value = serde_json::from_str(body).unwrap_or_default();
    document["Message"].as_str().unwrap_or(body).to_owned()
}

#[tokio::test(start_paused = true)]
async fn a_delivery_that_is_made_twice_has_two_ids_of_sqs_and_one_of_sns() {
    let topic = delivering("fan-out-duplicate", "bills").await;
    let (bills, mails) = (topic.subscribed("bills", &[]).await, topic.subscribed("mails", &[]).await);
    topic.publish("m").await;
    topic.pass(Duration::from_secs(1)).await;
    let got = topic.received(&bills).await;
    assert_eq!(got.len(), 2);
    assert_ne!(got[0].0, got[1].0);
    assert_eq!(got[0].1, got[1].1, "the envelopes are the same");
    assert_eq!(topic.messages(&mails).await, ["m"], "each subscription is on its own");
    assert_eq!(topic.fired(), ["fan-out-duplicate"]);
}

#[tokio::test(start_paused = true)]
async fn a_delivery_is_overtaken_by_the_next_or_comes_much_later() {
    for (rule, time) in [("fan-out-reordered", 2_000), ("fan-out-late", 600_000)] {
        let topic = delivering(rule, "bills").await;
        let (bills, mails) = (topic.subscribed("bills", &[]).await, topic.subscribed("mails", &[]).await);
        topic.publish("m").await;
        topic.publish("next").await;
        topic.pass(Duration::from_millis(time - 1)).await;
        assert_eq!(topic.messages(&bills).await, ["next"], "{rule}");
        topic.pass(Duration::from_millis(1)).await;
        assert_eq!(topic.messages(&bills).await, ["m"], "{rule}");
        assert_eq!(topic.messages(&mails).await, ["m", "next"], "{rule}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_fifo_topic_keeps_the_order_to_a_fifo_queue_and_loses_it_to_a_standard_one() {
    let rule = "fan-out-reordered";
    let faults = ["bills", "bills.fifo"]
        .map(|queue| fault(rule, "Deliver", &format!("orders.fifo to {queue}"), Some("m")))
        .to_vec();
    let topic = topic("orders.fifo", faults).await;
    let (standard, fifo) = (topic.subscribed("bills", &[]).await, topic.subscribed("bills.fifo", &[]).await);
    topic.publish("m").await;
    topic.publish("next").await;
    topic.pass(Duration::from_secs(2)).await;
    assert_eq!(topic.messages(&standard).await, ["next", "m"]);
    assert_eq!(topic.messages(&fifo).await, ["m", "next"]);
    assert_eq!(topic.fired(), [rule]);
}

#[tokio::test(start_paused = true)]
async fn a_dropped_delivery_goes_to_the_dead_letter_queue_unless_there_is_none_or_it_is_gone() {
    let gone = fault("dead-letter-queue-deleted", "DeadLetter", "orders to dead", Some("m"));
    let dropped = || fault("fan-out-dropped", "Deliver", "orders to bills", Some("m"));
    for (faults, has_queue, left) in
        [(vec![dropped()], true, 1), (vec![dropped()], false, 0), (vec![dropped(), gone], true, 0)]
    {
        let topic = topic("orders", faults.clone()).await;
        let (dead, arn) = topic.queue("dead").await;
        let redrive = ("RedrivePolicy", json!({ "deadLetterTargetArn": arn }).to_string());
        let bills = topic.subscribed("bills", &[redrive][..usize::from(has_queue)]).await;
        topic.publish("m").await;
        topic.publish("next").await;
        assert_eq!(topic.messages(&bills).await, ["next"]);
        assert_eq!(topic.messages(&dead).await.len(), left);
        assert_eq!(topic.fired().len(), faults.len());
    }
}

#[tokio::test(start_paused = true)]
async fn a_dropped_delivery_to_a_webhook_is_attempted_as_its_policy_says() {
    let topic = delivering("fan-out-dropped", HOOK).await;
    let (dead, arn) = topic.queue("dead").await;
    let seen = topic.hook(&[("RedrivePolicy", json!({ "deadLetterTargetArn": arn }).to_string())]).await;
    topic.publish("m").await;
    topic.pass(Duration::from_secs(59)).await;
    assert_eq!(topic.messages(&dead).await, [] as [&str; 0]);
    topic.pass(Duration::from_secs(1)).await;
    assert_eq!(topic.messages(&dead).await, ["m"]);
    assert_eq!(*seen.lock().unwrap(), [] as [u64; 0]);
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_to_a_publish_makes_the_sdk_publish_again_under_another_id() {
    let topic = topic("orders", vec![fault("publish-reply-lost", "Publish", "orders", Some("m"))]).await;
    let bills = topic.subscribed("bills", &[]).await;
    let told = topic.publish("m").await;
    let ids: Vec<_> = topic.received(&bills).await.into_iter().map(|(_, body)| id(&body)).collect();
    assert_eq!(ids.len(), 2);
    assert_ne!(ids[0], ids[1]);
    assert_eq!(ids[1], told, "the publisher knows the second alone");
}

fn id(body: &str) -> String {
    serde_json::from_str::<Value>(body).unwrap()["MessageId"].as_str().unwrap().to_owned()
}

#[tokio::test(start_paused = true)]
async fn a_batch_that_fails_in_part_says_so_and_publishes_the_rest() {
    for failing in [vec!["b"], vec!["a", "b"]] {
        let faults = failing.iter().map(|key| fault("publish-batch-partial", "PublishBatch", "orders", Some(key)));
        let topic = topic("orders", faults.collect()).await;
        let bills = topic.subscribed("bills", &[]).await;
        let entry = |text: &str| PublishBatchRequestEntry::builder().id(text).message(text).build().unwrap();
        let publish = topic.sns.publish_batch().topic_arn(&topic.arn);
        let answer =
            publish.publish_batch_request_entries(entry("a")).publish_batch_request_entries(entry("b")).send().await;
        let answer = answer.unwrap();
        let failed: Vec<_> = answer.failed().iter().map(|entry| (entry.id(), entry.sender_fault())).collect();
        assert_eq!(failed, failing.iter().map(|id| (*id, false)).collect::<Vec<_>>());
        let rest: Vec<_> = ["a", "b"].into_iter().filter(|id| !failing.contains(id)).collect();
        assert_eq!(answer.successful().iter().map(|entry| entry.id().unwrap()).collect::<Vec<_>>(), rest);
        assert_eq!(topic.messages(&bills).await, rest);
    }
}

#[tokio::test(start_paused = true)]
async fn a_changed_filter_is_in_effect_after_its_time_unless_it_is_changed_again() {
    for again in [false, true] {
        let topic =
            topic("orders", vec![fault("filter-change-late", "SetSubscriptionAttributes", "orders", None)]).await;
        let (bills, queue) = topic.queue("bills").await;
        let only = |kind: &str| json!({ "kind": [kind] }).to_string();
        let subscription = topic.subscribe("sqs", &queue, &[("FilterPolicy", only("old"))]).await;
        let change = |kind: &str| {
            let set = topic.sns.set_subscription_attributes().subscription_arn(&subscription);
            set.attribute_name("FilterPolicy").attribute_value(only(kind)).send()
        };
        let publish = |kind: &str| {
            let kind = MessageAttributeValue::builder().data_type("String").string_value(kind).build().unwrap();
            topic.sns.publish().topic_arn(&topic.arn).message_attributes("kind", kind)
        };
        change("new").await.unwrap();
        publish("old").message("1").send().await.unwrap();
        publish("new").message("2").send().await.unwrap();
        if again {
            change("old").await.unwrap();
        }
        topic.pass(Duration::from_mins(15)).await;
        publish("old").message("3").send().await.unwrap();
        publish("new").message("4").send().await.unwrap();
        let expected = if again { ["1", "3"] } else { ["1", "4"] };
        assert_eq!(topic.messages(&bills).await, expected);
    }
}

#[tokio::test(start_paused = true)]
async fn a_flipped_delivery_is_raw_for_who_wants_envelopes_and_the_other_way_round() {
    for is_raw in [false, true] {
        let topic = delivering("raw-flipped", "bills").await;
        let bills = topic.subscribed("bills", &[("RawMessageDelivery", is_raw.to_string())]).await;
        topic.publish("m").await;
        topic.publish("n").await;
        let bodies: Vec<_> = topic.received(&bills).await.into_iter().map(|(_, body)| body.starts_with('{')).collect();
        assert_eq!(bodies, [is_raw, !is_raw]);
    }
}

#[tokio::test(start_paused = true)]
async fn an_envelope_with_an_unknown_field_is_an_envelope_all_the_same() {
    let at = Site { call: "sqs:ReceiveMessage".into(), resource: Some("bills".into()), key: Some("m".into()), nth: 1 };
    let unknown = Fault { rule: "envelope-unknown-field".into(), at: At::Call(at), parameters: Parameters::default() };
    let topic = topic("orders", vec![unknown]).await;
    let bills = topic.subscribed("bills", &[]).await;
    topic.publish("m").await;
    topic.publish("n").await;
    let got = topic.received(&bills).await;
    let fields = |body: &str| serde_json::from_str::<Value>(body).unwrap().as_object().unwrap().len();
    assert_eq!(got.iter().map(|(_, body)| said(body)).collect::<Vec<_>>(), ["m", "n"]);
    assert_eq!(fields(&got[0].1), fields(&got[1].1) + 1);
}

#[tokio::test(start_paused = true)]
async fn an_envelope_that_is_sent_again_has_two_ids_of_sqs_and_one_of_sns() {
    let at = Site { call: "sqs:ReceiveMessage".into(), resource: Some("bills".into()), key: Some("m".into()), nth: 1 };
    let again = Fault { rule: "envelope-again".into(), at: At::Call(at), parameters: Parameters::default() };
    let topic = topic("orders", vec![again]).await;
    let bills = topic.subscribed("bills", &[]).await;
    let sent = topic.publish("m").await;
    let [first, second] = [topic.received(&bills).await, topic.received(&bills).await];
    assert_eq!((first.len(), second.len()), (1, 1));
    assert_ne!(first[0].0, second[0].0);
    assert_eq!([id(&first[0].1), id(&second[0].1)], [sent.clone(), sent]);
}

#[tokio::test(start_paused = true)]
async fn a_publish_whose_retry_comes_after_five_minutes_is_delivered_twice_by_a_fifo_topic() {
    let rule = "topic-deduplication-window-passed";
    let topic = topic("orders.fifo", vec![fault(rule, "Publish", "orders.fifo", Some("m"))]).await;
    let bills = topic.subscribed("bills", &[]).await;
    topic.publish("m").await;
    assert_eq!(topic.messages(&bills).await, ["m", "m"]);
}

#[tokio::test(start_paused = true)]
async fn a_subscription_that_vanishes_gets_nothing_more() {
    let topic = delivering("subscription-vanishes", "bills").await;
    let (bills, mails) = (topic.subscribed("bills", &[]).await, topic.subscribed("mails", &[]).await);
    topic.publish("before").await;
    topic.publish("m").await;
    topic.publish("after").await;
    assert_eq!(topic.messages(&bills).await, ["before"]);
    assert_eq!(topic.messages(&mails).await, ["before", "m", "after"]);
    let listed = topic.sns.list_subscriptions_by_topic().topic_arn(&topic.arn).send().await.unwrap();
    assert_eq!(listed.subscriptions().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_webhook_that_fails_is_spared_the_attempt_and_one_whose_answer_is_lost_or_late_gets_it_again() {
    // When it is attempted again counts from the end of the attempt.
    let cases: [(&str, &[u64]); 3] =
        [("webhook-error", &[20_000]), ("webhook-reply-lost", &[0, 20_000]), ("webhook-late", &[0, 35_000])];
    for (rule, expected) in cases {
        let topic = topic("orders", vec![fault(rule, "Attempt", &format!("orders to {HOOK}"), Some("m"))]).await;
        let seen = topic.hook(&[]).await;
        let start = topic.harness.clock().now().as_millis();
        topic.publish("m").await;
        topic.pass(Duration::from_mins(5)).await;
        let seen: Vec<_> = seen.lock().unwrap().iter().map(|at| at - start).collect();
        assert_eq!(seen, expected, "{rule}");
        assert_eq!(topic.fired(), [rule]);
    }
}
