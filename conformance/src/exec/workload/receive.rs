//! A receive that is tried again when the server failed, as SDKs do it.

use redeliver_model::Service;
use serde_json::Value;

use super::super::judge::{Expected, Place, judge};
use super::super::session::Session;
use super::super::stop::Stop;
use crate::observe::Answer;

/// Attempts of one receive, as many as in the standard retry mode of SDKs:
/// <https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html>.
const ATTEMPTS_MAX: u32 = 3;

/// The messages of a receive, none when it was empty. Nobody promises that a server never fails: only its last failure counts.
pub(super) async fn receive(
    session: &Session<'_>,
    process: u32,
    step: &str,
    input: &Value,
) -> Result<Vec<Value>, Stop> {
    let place = Place { step, key: "workload", call: "sqs:ReceiveMessage", input, empty_is_none: false };
    let mut attempt = 1;
    let seen = loop {
        let seen = session.call(process, Service::Sqs, "ReceiveMessage", input).await?;
        if attempt == ATTEMPTS_MAX || !seen.is_server_failure() {
            break seen;
        }
        attempt += 1;
        session.pause(session.pace().0).await;
    };
    if let Some(failure) = judge(&Expected::Success, &seen, &place)? {
        return Err(failure.into());
    }
    let Answer::Success(mut output) = seen.answer else { return Ok(Vec::new()) };
    match output.get_mut("Messages").map(Value::take) {
        Some(Value::Array(messages)) => Ok(messages),
        _ => Ok(Vec::new()),
    }
}
