//! The door to one run.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use aws_sdk_kinesis::primitives::Blob;
use aws_sdk_sns::types::MessageAttributeValue as Published;
use aws_sdk_sqs::types::MessageAttributeValue;
use bytes::Bytes;
use http::{Request, Response};
use redeliver_check::Record;
use redeliver_core::sns::Entry;

use super::aws::Aws;
use super::check::Check;
use super::consume::Consume;
use super::drain::drained;
use super::effects::Effects;
use super::exit::Exit;
use super::leases::Leases;
use super::life::Life;
use super::message::Message;
use super::queue::{Queue, Sqs};
use super::run::Run;
use super::stream::{Kinesis, Stream};
use super::stream_record::StreamRecord;
use super::topic::{Sns, Topic};
use super::webhook::WebhookBuilder;
use crate::Clock;

/// One run of a consumer test. Each run has a world of its own, in which nothing has happened yet. Clones are the same world.
#[derive(Debug, Clone)]
pub struct World {
    run: Arc<Run>,
}

/// How often a producer tries anew when the SDK has given up: long enough for any outage.
const TRIES: u32 = 600;

impl World {
    pub(crate) fn new(run: Arc<Run>) -> Self {
        Self { run }
    }

    /// SQS.
    pub fn sqs(&self) -> Sqs {
        Sqs { run: Arc::clone(&self.run) }
    }

    /// SNS.
    pub fn sns(&self) -> Sns {
        Sns { run: Arc::clone(&self.run) }
    }

    /// Kinesis.
    pub fn kinesis(&self) -> Kinesis {
        Kinesis { run: Arc::clone(&self.run) }
    }

    /// The table of leases in the hands of the test: its calls take their time, but none of them fails.
    pub fn leases(&self) -> Leases {
        self.run.own_leases()
    }

    /// A webhook, to be put at this URL before something subscribes to it.
    pub fn webhook(&self, url: &str) -> WebhookBuilder {
        WebhookBuilder::new(Arc::clone(&self.run), url)
    }

    /// Sends messages one after the other, as a producer that can't lose any: what fails is sent again until it is acknowledged, so that
    /// a message may be in the queue twice.
    ///
    /// # Panics
    ///
    /// When SQS goes on to refuse a message.
    pub async fn send<M: Into<Message>>(&self, queue: &Queue, messages: impl IntoIterator<Item = M>) {
        let sqs = self.producer().sqs();
        for message in messages {
            self.send_one(&sqs, queue, message.into()).await;
        }
    }

    async fn send_one(&self, sqs: &aws_sdk_sqs::Client, queue: &Queue, message: Message) {
        let Message { body, key, group, deduplication, attributes } = message;
        let mut send = sqs.send_message().queue_url(queue.url()).message_body(body);
        if queue.fifo {
            let number = self.run.send();
            send = send
                .message_group_id(group.or_else(|| key.clone()).unwrap_or_else(|| "all".to_owned()))
                .message_deduplication_id(deduplication.unwrap_or_else(|| format!("message-{number}")));
        }
        let key = key.map(|key| ("key".to_owned(), key));
        for (name, value) in key.into_iter().chain(attributes) {
            let value = MessageAttributeValue::builder().data_type("String").string_value(value).build();
            send = send.message_attributes(name, value.expect("it has a type"));
        }
        for left in (0..TRIES).rev() {
            match send.clone().send().await {
                Ok(_) => return,
                Err(error) if left == 0 => panic!("a message was not sent: {:?}", error.into_service_error()),
                Err(_) => self.sleep(Duration::from_secs(1)).await,
            }
        }
    }

    /// Publishes messages one after the other, as a producer that can't lose any: what fails is published again until it is acknowledged, so
    /// that a message may be published twice.
    ///
    /// # Panics
    ///
    /// When SNS goes on to refuse a message.
    pub async fn publish<M: Into<Message>>(&self, topic: &Topic, messages: impl IntoIterator<Item = M>) {
        let sns = self.producer().sns();
        for message in messages {
            self.publish_one(&sns, topic, message.into()).await;
        }
    }

    async fn publish_one(&self, sns: &aws_sdk_sns::Client, topic: &Topic, message: Message) {
        let Message { body, key, group, deduplication, attributes } = message;
        let mut publish = sns.publish().topic_arn(topic.arn()).message(body).set_message_group_id(group.clone());
        if topic.is_fifo() {
            let number = self.run.send();
            publish = publish
                .message_group_id(group.or_else(|| key.clone()).unwrap_or_else(|| "all".to_owned()))
                .message_deduplication_id(deduplication.unwrap_or_else(|| format!("message-{number}")));
        }
        let key = key.map(|key| ("key".to_owned(), key));
        for (name, value) in key.into_iter().chain(attributes) {
            let value = Published::builder().data_type("String").string_value(value).build();
            publish = publish.message_attributes(name, value.expect("it has a type"));
        }
        for left in (0..TRIES).rev() {
            match publish.clone().send().await {
                Ok(_) => return,
                Err(error) if left == 0 => panic!("a message was not published: {:?}", error.into_service_error()),
                Err(_) => self.sleep(Duration::from_secs(1)).await,
            }
        }
    }

    /// Puts records one after the other, as a producer that can't lose any and keeps their order: what fails is put again until it is
    /// acknowledged, before the next one, so that a record may be in the stream twice.
    ///
    /// # Panics
    ///
    /// When Kinesis goes on to refuse a record.
    pub async fn put<R: Into<StreamRecord>>(&self, stream: &Stream, records: impl IntoIterator<Item = R>) {
        let kinesis = self.producer().kinesis();
        for record in records {
            let StreamRecord { partition_key, data, hash_key } = record.into();
            let put = kinesis.put_record().stream_name(stream.name()).partition_key(partition_key);
            let put = put.data(Blob::new(data)).set_explicit_hash_key(hash_key.map(|key| key.to_string()));
            for left in (0..TRIES).rev() {
                match put.clone().send().await {
                    Ok(_) => break,
                    Err(error) if left == 0 => panic!("a record was not put: {:?}", error.into_service_error()),
                    Err(_) => self.sleep(Duration::from_secs(1)).await,
                }
            }
        }
    }

    /// Waits until nothing that was published is under way any more, neither to queues nor to webhooks; see
    /// [`Consume::until_drained`] for what reads queues.
    pub async fn until_delivered(&self) {
        drained(&self.run, &[], &[]).await;
    }

    /// A new producer, a process of its own: for sending in a way of one's own, with faults.
    pub fn producer(&self) -> Aws {
        let worker = self.run.worker("producer");
        Aws::new(Arc::clone(&self.run), Arc::new(Life::new(worker)))
    }

    /// Workers, each a future that `make` makes; anew after each crash.
    pub fn consume<F, W>(&self, make: F) -> Consume<F>
    where
        F: Fn(Aws) -> W,
        W: Future<Output: Exit>,
    {
        Consume::new(Arc::clone(&self.run), make)
    }

    /// The probe for what consumers do to the outside world.
    pub fn effects(&self) -> Effects {
        self.run.effects.clone()
    }

    /// Puts a receiver at an address for the notifications of SNS; see [`Harness::receive_at`](crate::Harness::receive_at).
    pub fn receive_at<F, A>(&self, address: &str, answer: F)
    where
        F: Fn(Request<Bytes>) -> A + Send + Sync + 'static,
        A: Future<Output = Response<Bytes>> + Send + 'static,
    {
        self.run.harness.receive_at(address, answer);
    }

    /// What left the world by ways that nobody plays here, the oldest first; see [`Harness::outbox`](crate::Harness::outbox).
    pub fn outbox(&self) -> Vec<Entry> {
        self.run.harness.outbox()
    }

    /// What must hold; asked at the end.
    pub fn check(&self) -> Check {
        Check::new(Arc::clone(&self.run))
    }

    /// What has happened so far.
    pub fn history(&self) -> Vec<Record> {
        self.run.log.snapshot()
    }

    /// Names of the processes of the history.
    pub fn processes(&self) -> BTreeMap<u32, String> {
        self.run.processes()
    }

    /// The clock of this run.
    pub fn clock(&self) -> &Clock {
        self.run.clock()
    }

    /// Lets virtual time pass.
    pub async fn sleep(&self, duration: Duration) {
        self.run.clock().advance(duration).await;
    }

    /// The seed of this run.
    pub fn seed(&self) -> u64 {
        self.run.seed
    }
}
