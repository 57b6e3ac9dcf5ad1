//! A producer.

use std::time::Duration;

use redeliver_model::Service;
use serde_json::{Map, Value, json};

use super::super::judge::{Expected, Place, judge, whole};
use super::super::names::seed_of;
use super::super::session::Session;
use super::super::stop::Stop;
use super::plan::{Message, Sends};
use super::progress::Progress;
use crate::observe::Answer;

/// The longest pause between two sends, in milliseconds: without one, virtual time would let the first producer send everything before
/// anyone else gets a turn.
const PAUSE_MS_MAX: u64 = 20;

/// Sends what it is told to, call by call.
pub(super) async fn produce(
    session: &Session<'_>,
    step: &str,
    queue: &str,
    sends: Sends,
    progress: &Progress,
) -> Result<(), Stop> {
    let process = session.new_process();
    let mut random = fastrand::Rng::with_seed(seed_of(session.seed(), &format!("producer {process}")));
    for messages in sends {
        session.pause(Duration::from_millis(random.u64(0..=PAUSE_MS_MAX))).await;
        match messages.as_slice() {
            [message] => send(session, process, step, queue, message).await?,
            messages => send_batch(session, process, step, queue, messages).await?,
        }
    }
    progress.produced();
    Ok(())
}

async fn send(session: &Session<'_>, process: u32, step: &str, queue: &str, message: &Message) -> Result<(), Stop> {
    let mut input = Map::new();
    input.insert("QueueUrl".to_owned(), queue.into());
    input.extend(message.parameters());
    let input = Value::Object(input);
    let seen = session.call(process, Service::Sqs, "SendMessage", &input).await?;
    let place = Place { step, key: "workload", call: "sqs:SendMessage", input: &input, empty_is_none: false };
    judge(&Expected::Success, &seen, &place)?.map_or(Ok(()), |failure| Err(failure.into()))
}

async fn send_batch(
    session: &Session<'_>,
    process: u32,
    step: &str,
    queue: &str,
    messages: &[Message],
) -> Result<(), Stop> {
    let entry = |(index, message): (usize, &Message)| {
        let mut entry = message.parameters();
        entry.insert("Id".to_owned(), index.to_string().into());
        Value::Object(entry)
    };
    let entries: Vec<_> = messages.iter().enumerate().map(entry).collect();
    let input = json!({ "QueueUrl": queue, "Entries": entries });
    let seen = session.call(process, Service::Sqs, "SendMessageBatch", &input).await?;
    let place = Place { step, key: "workload", call: "sqs:SendMessageBatch", input: &input, empty_is_none: false };
    if let Some(failure) = judge(&Expected::Success, &seen, &place)? {
        return Err(failure.into());
    }
    let Answer::Success(output) = &seen.answer else { return Ok(()) };
    match output.get("Failed").and_then(Value::as_array) {
        Some(failed) if !failed.is_empty() => {
            let difference = whole("every entry successful", &output["Failed"].to_string());
            let title = "`sqs:SendMessageBatch` refused entries".to_owned();
            Err(place.failure(title, "/workload", vec![difference], &seen).into())
        }
        _ => Ok(()),
    }
}
