//! One call and its observation.

use std::time::Duration;

use redeliver_model::Service;
use serde_json::Value;

use super::generated;
use super::sdk::Seen;
use super::tap::Tap;
use crate::observe::{Observation, observe};

/// How long an answer may take beyond the long poll that the call asks for.
const PATIENCE: Duration = Duration::from_secs(30);

/// Calls any operation of the model by its API name.
#[derive(Debug, Clone)]
pub struct Client {
    sqs: aws_sdk_sqs::Client,
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
}

impl Client {
    /// Calls through this client of the SDK, which must not retry.
    pub fn new(sqs: aws_sdk_sqs::Client) -> Self {
        Self { sqs }
    }

    /// Sends `input`, parameters by their API names, as it is, and observes the reply.
    pub async fn call(&self, service: Service, operation: &str, input: &Value) -> Result<Observation, NoReply> {
        let tap = Tap::new(input.to_string());
        let sent = match service {
            Service::Sqs => generated::sqs::call(&self.sqs, operation, tap.clone()),
            Service::Sns | Service::Kinesis => None,
        };
        let Some(sent) = sent else {
            return Err(NoReply::NotSent(format!("this client cannot call `{}:{operation}`", service.prefix())));
        };
        let poll = input.get("WaitTimeSeconds").and_then(Value::as_u64).unwrap_or(0).min(60);
        let patience = PATIENCE + Duration::from_secs(poll);
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
        Ok(observe(&raw, &seen))
    }
}
