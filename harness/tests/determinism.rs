//! One seed, one history: each measure that this needs under the AWS SDK, and all of them together.

#![expect(clippy::unwrap_used, reason = "a failure of what surrounds a test is a failure of the test")]

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::config::interceptors::{
    BeforeDeserializationInterceptorContextMut, BeforeTransmitInterceptorContextRef,
};
use aws_sdk_sqs::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_sqs::error::BoxError;
use aws_sdk_sqs::types::MessageAttributeValue;
use redeliver::{Clock, Harness, Profile};

/// Loses the replies that it is told to lose: the SDK sees status 500 and tries again. Keeps what went over the wire.
#[derive(Debug, Clone)]
struct Wire {
    clock: Clock,
    attempts: Arc<AtomicU32>,
    /// Of each five attempts, how many first ones are lost.
    lost: u32,
    log: Arc<Mutex<String>>,
}

impl Wire {
    fn losing(harness: &Harness, lost: u32) -> Self {
        Self { clock: harness.clock().clone(), attempts: Arc::default(), lost, log: Arc::default() }
    }

    fn client(&self, harness: &Harness) -> Client {
        Client::from_conf(harness.sqs_config().interceptor(self.clone()).build())
    }

    fn attempts(&self) -> u32 {
        self.attempts.load(Ordering::Relaxed)
    }

    fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }
}

#[aws_smithy_runtime_api::client::interceptors::dyn_dispatch_hint]
impl Intercept for Wire {
    fn name(&self) -> &'static str {
        "Wire"
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let date = context.request().headers().get("x-amz-date").unwrap_or("unsigned");
        writeln!(self.log.lock().unwrap(), "{} signed {date}", self.clock.now())?;
        Ok(())
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let attempt = self.attempts.fetch_add(1, Ordering::Relaxed);
        let response = context.response_mut();
        let id = response.headers().get("x-amzn-requestid").unwrap_or("none").to_owned();
        let body = String::from_utf8(response.body().bytes().unwrap_or_default().to_vec())?;
        writeln!(self.log.lock().unwrap(), "{} {id} {body}", self.clock.now())?;
        if attempt % 5 < self.lost {
            *response.status_mut() = 500.try_into()?;
        }
        Ok(())
    }
}

/// When each attempt of a call was made whose first two replies are lost.
async fn attempts_of_a_retried_call(seed: u64) -> Vec<String> {
    let harness = Harness::builder().seed(seed).build();
    let wire = Wire::losing(&harness, 2);
    wire.client(&harness).list_queues().send().await.unwrap();
    assert_eq!(wire.attempts(), 3);
    wire.log().lines().filter(|line| line.contains("signed")).map(str::to_owned).collect()
}

#[tokio::test(start_paused = true)]
async fn retries_wait_as_long_in_every_run() {
    fastrand::seed(1);
    let first = attempts_of_a_retried_call(7).await;
    fastrand::seed(2);
    assert_eq!(attempts_of_a_retried_call(7).await, first);
    assert_ne!(attempts_of_a_retried_call(8).await, first);
}

#[tokio::test(start_paused = true)]
async fn clients_do_not_spend_each_others_retries() {
    let harness = Harness::builder().build();
    let unlucky = Wire::losing(&harness, 5);
    let client = unlucky.client(&harness);
    let mut attempts = Vec::new();
    for _ in 0..200 {
        let before = unlucky.attempts();
        client.list_queues().send().await.unwrap_err();
        attempts.push(unlucky.attempts() - before);
    }
    assert_eq!((attempts[0], attempts[199]), (3, 1), "the first client has spent its retries");

    for other in [harness.clone(), Harness::builder().build()] {
        let wire = Wire::losing(&other, 2);
        wire.client(&other).list_queues().send().await.unwrap();
        assert_eq!(wire.attempts(), 3);
    }
}

#[tokio::test(start_paused = true)]
async fn requests_are_signed_at_virtual_time() {
    let harness = Harness::builder().build();
    let wire = Wire::losing(&harness, 0);
    let sqs = wire.client(&harness);
    sqs.list_queues().send().await.unwrap();
    harness.clock().advance(Duration::from_hours(14 * 24)).await;
    sqs.list_queues().send().await.unwrap();
    let log = wire.log();
    let signed: Vec<_> = log.lines().filter(|line| line.contains("signed")).collect();
    assert_eq!(signed, ["1735689600000 signed 20250101T000000Z", "1736899200000 signed 20250115T000000Z"]);
}

#[tokio::test(start_paused = true)]
async fn order_of_a_clients_hash_maps_has_no_effect() {
    let mut replies = Vec::new();
    for _ in 0..4 {
        let harness = Harness::builder().seed(7).build();
        let wire = Wire::losing(&harness, 0);
        let sqs = wire.client(&harness);
        let url = sqs.create_queue().queue_name("jobs").send().await.unwrap().queue_url.unwrap();
        let mut send = sqs.send_message().queue_url(&url).message_body("job");
        for number in 0..10 {
            let value = MessageAttributeValue::builder().data_type("Number").string_value(number.to_string());
            send = send.message_attributes(format!("attribute-{number}"), value.build().unwrap());
        }
        send.send().await.unwrap();
        sqs.receive_message().queue_url(&url).message_attribute_names("All").send().await.unwrap();
        replies.push(wire.log());
    }
    let names: Vec<_> = (0..10).filter_map(|number| replies[0].find(&format!("attribute-{number}"))).collect();
    assert!(names.len() == 10 && names.is_sorted(), "{}", replies[0]);
    assert!(replies.iter().all(|reply| *reply == replies[0]), "{replies:?}");
}

/// Two producers and two consumers on a queue, each losing replies; gives the history and what went over the wires.
async fn busy(harness: Harness) -> String {
    let wires: Vec<_> = (0..4).map(|number| Wire::losing(&harness, u32::from(number % 2 == 0))).collect();
    let sqs = wires[1].client(&harness);
    let create = sqs.create_queue().queue_name("jobs").attributes("VisibilityTimeout".into(), "5");
    let url = create.send().await.unwrap().queue_url.unwrap();
    let produce = |wire: &Wire| {
        let (sqs, url, clock) = (wire.client(&harness), url.clone(), harness.clock().clone());
        async move {
            for number in 0..20 {
                sqs.send_message().queue_url(&url).message_body(number.to_string()).send().await.unwrap();
                clock.advance(Duration::from_millis(700)).await;
            }
        }
    };
    let consume = |wire: &Wire| {
        let (sqs, url, clock) = (wire.client(&harness), url.clone(), harness.clock().clone());
        async move {
            let end = clock.now() + Duration::from_mins(1);
            while clock.now() < end {
                let receive = sqs.receive_message().queue_url(&url).wait_time_seconds(3).max_number_of_messages(4);
                for (index, message) in receive.send().await.unwrap().messages().iter().enumerate() {
                    if index % 3 != 2 {
                        let delete = sqs.delete_message().queue_url(&url);
                        delete.receipt_handle(message.receipt_handle().unwrap()).send().await.unwrap();
                    }
                }
            }
        }
    };
    let everybody =
        async { tokio::join!(produce(&wires[0]), produce(&wires[1]), consume(&wires[2]), consume(&wires[3])) };
    Box::pin(everybody).await;
    let mut history = String::new();
    for event in harness.events() {
        writeln!(history, "{event:?}").unwrap();
    }
    for wire in wires {
        history += &wire.log();
    }
    history
}

#[tokio::test(start_paused = true)]
async fn same_seed_gives_the_same_history_byte_for_byte() {
    for profile in [Profile::Calm, Profile::Lifelike] {
        let run = |seed| busy(Harness::builder().seed(seed).profile(profile).build());
        let first = run(7).await;
        let received = first.lines().filter(|line| line.contains("Received")).count();
        let deleted = first.lines().filter(|line| line.contains("Deleted")).count();
        assert!(deleted >= 40 && received > deleted, "{received} received, {deleted} deleted");
        let second = run(7).await;
        assert!(first == second, "{profile:?}: {}", first_difference(&first, &second));
        assert!(first != run(8).await, "the seed has no effect");
    }
}

#[tokio::test(start_paused = true)]
async fn harnesses_on_one_thread_do_not_disturb_each_other() {
    let alone = busy(Harness::builder().seed(7).build()).await;
    let (first, _other, second) = tokio::join!(
        busy(Harness::builder().seed(7).build()),
        busy(Harness::builder().seed(8).build()),
        busy(Harness::builder().seed(7).build())
    );
    assert!(alone == first, "{}", first_difference(&alone, &first));
    assert!(alone == second, "{}", first_difference(&alone, &second));
}

fn first_difference(left: &str, right: &str) -> String {
    let differing = left.lines().zip(right.lines()).enumerate().find(|(_, (left, right))| left != right);
    differing.map_or_else(
        || format!("{} against {} lines", left.lines().count(), right.lines().count()),
        |(number, (left, right))| format!("line {number}:\n  {left}\n  {right}"),
    )
}
