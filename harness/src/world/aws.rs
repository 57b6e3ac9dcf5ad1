//! What a worker has of the run: clients of its own, and word when it has to stop.

use std::sync::Arc;

use aws_smithy_runtime_api::client::http::SharedHttpClient;

use super::effects::Effects;
use super::leases::Leases;
use super::life::Life;
use super::line::Line;
use super::run::Run;

/// What a worker has of the run. Each life of a worker has one of its own.
#[derive(Debug, Clone)]
pub struct Aws {
    run: Arc<Run>,
    life: Arc<Life>,
}

impl Aws {
    pub(crate) fn new(run: Arc<Run>, life: Arc<Life>) -> Self {
        Self { run, life }
    }

    /// An SQS client: the SDK as it is, with virtual time, retries and jitter of its own.
    pub fn sqs(&self) -> aws_sdk_sqs::Client {
        aws_sdk_sqs::Client::from_conf(self.sqs_config().build())
    }

    /// The configuration that [`Self::sqs`] uses, to be changed.
    pub fn sqs_config(&self) -> aws_sdk_sqs::config::Builder {
        self.run.harness.sqs_config().http_client(self.http_client())
    }

    /// An SNS client: the SDK as it is, with virtual time, retries and jitter of its own.
    pub fn sns(&self) -> aws_sdk_sns::Client {
        aws_sdk_sns::Client::from_conf(self.sns_config().build())
    }

    /// The configuration that [`Self::sns`] uses, to be changed.
    pub fn sns_config(&self) -> aws_sdk_sns::config::Builder {
        self.run.harness.sns_config().http_client(self.http_client())
    }

    /// A Kinesis client: the SDK as it is, with virtual time, retries and jitter of its own.
    pub fn kinesis(&self) -> aws_sdk_kinesis::Client {
        aws_sdk_kinesis::Client::from_conf(self.kinesis_config().build())
    }

    /// The configuration that [`Self::kinesis`] uses, to be changed.
    pub fn kinesis_config(&self) -> aws_sdk_kinesis::config::Builder {
        self.run.harness.kinesis_config().http_client(self.http_client())
    }

    /// The table of leases, in the hands of this worker.
    pub fn leases(&self) -> Leases {
        Leases::new(Arc::clone(&self.run), Arc::clone(&self.life))
    }

    /// Opens an address of SNS, such as the `SubscribeURL` of a request to confirm; gives the HTTP status.
    pub async fn visit(&self, url: &str) -> u16 {
        self.sleep(self.run.setup.round_trip).await;
        self.run.visit(url).await
    }

    /// The HTTP client of this worker, for a configuration of one's own.
    pub fn http_client(&self) -> SharedHttpClient {
        let inner = self.run.faults.wrap(self.run.harness.http_client(), &self.life.worker.name);
        SharedHttpClient::new(Line { run: Arc::clone(&self.run), life: Arc::clone(&self.life), inner })
    }

    /// Name of the worker: `worker-1`.
    pub fn name(&self) -> &str {
        &self.life.worker.name
    }

    /// The probe for effects of this run, in the hands of this life: what the life spawned records nothing when it is over.
    pub fn effects(&self) -> Effects {
        self.run.effects.of_life(&self.life)
    }

    /// Waits until the worker is asked to stop, as by SIGTERM. It is killed some time later.
    pub async fn stopped(&self) {
        self.life.stopped().await;
    }

    /// Whether the worker was asked to stop.
    pub fn is_stopping(&self) -> bool {
        self.life.is_asked_to_stop()
    }

    /// The clock of the run.
    pub fn clock(&self) -> &crate::Clock {
        self.run.clock()
    }

    /// Lets virtual time pass.
    pub async fn sleep(&self, duration: std::time::Duration) {
        self.run.clock().advance(duration).await;
    }
}
