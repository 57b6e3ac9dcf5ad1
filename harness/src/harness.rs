//! The door: one world of queues and the clients that talk to it.

use aws_smithy_runtime_api::client::http::SharedHttpClient;
use bytes::Bytes;
use http::{Request, Response};
use redeliver_core::sns::Entry;
use redeliver_core::{Event, KeyFault};

use crate::chaos::SharedChaos;
use crate::connector::Connector;
use crate::pipeline::respond;
use crate::streamed::whole;
use crate::webhook::Receiver;
use crate::{Builder, Clock, clients};

/// One world of queues and the clients that talk to it. Clones share the world.
#[derive(Debug, Clone)]
pub struct Harness {
    connector: Connector,
}

impl Harness {
    pub(crate) fn new(connector: Connector) -> Self {
        Self { connector }
    }

    /// The world, and whom its requests are taken to come from.
    #[cfg(feature = "server")]
    pub(crate) fn parts(&self) -> (std::sync::Arc<crate::engine::Engine>, std::sync::Arc<crate::caller::Home>) {
        let Connector { engine, home } = self.connector.clone();
        (engine, home)
    }

    /// Settings for a harness.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// A new SQS client.
    pub fn sqs(&self) -> aws_sdk_sqs::Client {
        aws_sdk_sqs::Client::from_conf(self.sqs_config().build())
    }

    /// The configuration that [`Self::sqs`] uses, to be changed: other credentials (see [`credentials`](crate::credentials)) are another
    /// account, another region has other queues.
    pub fn sqs_config(&self) -> aws_sdk_sqs::config::Builder {
        clients::sqs(self.connector.clone())
    }

    /// A new SNS client.
    pub fn sns(&self) -> aws_sdk_sns::Client {
        aws_sdk_sns::Client::from_conf(self.sns_config().build())
    }

    /// The configuration that [`Self::sns`] uses, to be changed as that of [`Self::sqs_config`].
    pub fn sns_config(&self) -> aws_sdk_sns::config::Builder {
        clients::sns(self.connector.clone())
    }

    /// A new Kinesis client.
    pub fn kinesis(&self) -> aws_sdk_kinesis::Client {
        aws_sdk_kinesis::Client::from_conf(self.kinesis_config().build())
    }

    /// The configuration that [`Self::kinesis`] uses, to be changed as that of [`Self::sqs_config`].
    pub fn kinesis_config(&self) -> aws_sdk_kinesis::config::Builder {
        clients::kinesis(self.connector.clone())
    }

    /// The HTTP client that ends in this world, for a configuration of one's own. Such a client should also be given the clock as its
    /// time source and a retry partition of its own, or runs with one seed may differ.
    pub fn http_client(&self) -> SharedHttpClient {
        SharedHttpClient::new(self.connector.clone())
    }

    /// Answers a raw HTTP request, signed or not: for tests of the protocol itself. A stream of events is there as a whole when it has ended.
    pub async fn respond(&self, request: Request<Bytes>) -> Response<Bytes> {
        let (head, body) = request.into_parts();
        let Connector { engine, home } = &self.connector;
        whole(respond(engine, home, &head, &body).await).await
    }

    /// Puts a receiver at an address, and below it, for the notifications of SNS: a webhook at its URL, or a function at its ARN. It runs in
    /// this process and in virtual time, and has 15 seconds to answer; a panic counts as no answer. Another one at the same address takes
    /// its place.
    pub fn receive_at<F, A>(&self, address: &str, answer: F)
    where
        F: Fn(Request<Bytes>) -> A + Send + Sync + 'static,
        A: Future<Output = Response<Bytes>> + Send + 'static,
    {
        self.connector.engine.desk.receive(address, Receiver::new(answer));
    }

    /// Takes the receiver away from an address: what goes there from now on is kept in the outbox.
    pub fn forget_receiver(&self, address: &str) {
        self.connector.engine.desk.forget(address);
    }

    /// Takes all receivers away: they may hold what holds this world.
    pub(crate) fn forget_receivers(&self) {
        self.connector.engine.desk.forget_all();
    }

    /// Lets deliveries of topics have these faults from here on, in place of others; calls have those of their
    /// [`ChaosHttpClient`](crate::chaos::ChaosHttpClient).
    pub fn put_faults(&self, chaos: &SharedChaos) {
        self.connector.engine.faults.put(chaos.clone());
    }

    /// Lets deliveries that take their time be made now.
    pub(crate) fn hasten(&self) {
        self.connector.engine.hasten();
    }

    /// Deliveries that are not over yet: under way, waiting to be repeated, or late.
    pub(crate) fn under_way(&self) -> usize {
        self.connector.engine.under_way()
    }

    /// What left the world by ways that nobody plays here, the oldest first: mails, text messages, push notifications, records for delivery
    /// streams, requests to webhooks and functions that have no receiver, and objects that channels of Kinesis write.
    pub fn outbox(&self) -> Vec<Entry> {
        self.connector.engine.outbox()
    }

    /// Lets a key of KMS not work, or work again with `None`: what is encrypted with it can't be sent or read meanwhile. Resources call a
    /// key by an id, an ARN or an alias; as they do, it is called here.
    pub fn set_key(&self, key: &str, fault: Option<KeyFault>) {
        self.connector.engine.set_key(key, fault);
    }

    /// The owner of a phone number answers a text message of this world's account and region with `STOP`.
    pub fn opt_out(&self, number: &str) {
        let Connector { engine, home } = &self.connector;
        engine.opt_out(&home.account, &home.region, number);
    }

    /// The same for a text message of another account or region.
    pub fn opt_out_of(&self, account: &str, region: &str, number: &str) {
        self.connector.engine.opt_out(account, region, number);
    }

    /// The clock of this world.
    pub fn clock(&self) -> &Clock {
        &self.connector.engine.clock
    }

    /// What happened in the queues since the last time this was asked, in order.
    pub fn events(&self) -> Vec<Event> {
        self.connector.engine.take_events()
    }

    /// The queues as they are, without their messages.
    pub(crate) fn queues(&self) -> Vec<redeliver_core::sqs::QueueView> {
        self.connector.engine.queues()
    }
}
