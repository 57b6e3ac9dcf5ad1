//! One call and its observation.

use std::time::Duration;

use redeliver_model::{Kind, Operation, Protocol, Service};
use redeliver_spec::Caller;
use serde_json::Value;

use super::sdk::Seen;
use super::tap::Tap;
use super::{elsewhere, generated, query, subscription};
use crate::observe::{Observation, observe};

/// How long an answer may take beyond the long poll that the call asks for.
const PATIENCE: Duration = Duration::from_secs(30);

/// Calls any operation of the model by its API name.
#[derive(Debug, Clone)]
pub struct Client {
    sqs: aws_sdk_sqs::Client,
    sns: aws_sdk_sns::Client,
    kinesis: aws_sdk_kinesis::Client,
}

/// Why a call has no observation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoReply {
    /// It was sent, or may have been, and no whole reply came: whether it had its effect is unknown.
    #[error("no reply: {0}")]
    Lost(String),
    /// It was never sent.
    #[error("not sent: {0}")]
    NotSent(String),
    /// It is answered from a recording, and that has something else.
    #[error("no longer fits this recording: {0}; record it again")]
    Unfit(String),
}

impl Client {
    /// Calls through these clients of the SDK, which must not retry.
    pub fn new(sqs: aws_sdk_sqs::Client, sns: aws_sdk_sns::Client, kinesis: aws_sdk_kinesis::Client) -> Self {
        Self { sqs, sns, kinesis }
    }

    /// The same client in the hands of someone else.
    #[must_use]
    pub fn of(&self, caller: Caller) -> Self {
        Self {
            sqs: elsewhere::sqs(&self.sqs, caller),
            sns: elsewhere::sns(&self.sns, caller),
            kinesis: elsewhere::kinesis(&self.kinesis, caller),
        }
    }

    /// Sends `input`, parameters by their API names, as it is, and observes the reply.
    pub async fn call(&self, service: Service, operation: &str, input: &Value) -> Result<Observation, NoReply> {
        let unknown = || NoReply::NotSent(format!("this client cannot call `{}:{operation}`", service.prefix()));
        let operation = service.model().operation(operation).ok_or_else(unknown)?;
        let tap = Tap::new(match service.model().protocol {
            Protocol::Json => input.to_string(),
            Protocol::Query => query::body(operation, input),
        });
        let sent = match service {
            Service::Sqs => generated::sqs::call(&self.sqs, operation.name, tap.clone()),
            Service::Sns => generated::sns::call(&self.sns, operation.name, tap.clone()),
            Service::Kinesis => generated::kinesis::call(&self.kinesis, operation.name, tap.clone()),
        };
        let sent = sent.ok_or_else(unknown)?;
        let patience = PATIENCE + waiting(operation, input);
        let Ok(seen) = tokio::time::timeout(patience, sent).await else {
            return Err(NoReply::Lost(format!("none within {} s", patience.as_secs())));
        };
        let Some(raw) = tap.take() else {
            return Err(match seen {
                Seen::NotSent(reason) => NoReply::NotSent(reason),
                Seen::Lost(reason) | Seen::Unparsed(reason) | Seen::Refused { text: reason, .. } => {
                    NoReply::Lost(reason)
                }
                Seen::Success => NoReply::NotSent("the SDK answered without a reply".to_owned()),
            });
        };
        Ok(observe(operation, &raw, &seen))
    }
}

/// How long the service may take by what it is asked.
fn waiting(operation: &Operation, input: &Value) -> Duration {
    if operation.output.members().iter().any(|member| matches!(member.shape.kind, Kind::EventStream { .. })) {
        return subscription::TIME_MAX;
    }
    Duration::from_secs(input.get("WaitTimeSeconds").and_then(Value::as_u64).unwrap_or(0).min(60))
}
