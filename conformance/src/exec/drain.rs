//! A `drain` step.

use redeliver_model::Service;
use redeliver_spec::{DrainStep, Pattern, Step};
use serde_json::{Map, Value, json};

use super::fill;
use super::judge::{Expected, Place, differing, judge, save};
use super::retry::Retry;
use super::session::Session;
use super::steps::Frame;
use super::stop::Stop;
use crate::finding::Failure;
use crate::matching::mismatches;
use crate::observe::{Answer, Observation};

/// More receives than any spec needs: a backend that never runs dry must not run for ever.
const RECEIVES_MAX: u32 = 2_000;
const RECEIVE: &str = "sqs:ReceiveMessage";
const DELETE: &str = "sqs:DeleteMessage";

/// Receives until nothing more comes, or with `eventually` until the expectation holds.
pub(super) async fn run(session: &Session<'_>, step: &Step, drain: &DrainStep, frame: &mut Frame) -> Result<(), Stop> {
    let input = input(step, drain, frame)?;
    let pattern = match &drain.ok {
        Some(pattern) => Some(fill::pattern(pattern, &frame.scope, &format!("{}/ok", step.pointer))?),
        None => None,
    };
    let place = Place {
        step: &step.pointer,
        key: "drain",
        call: RECEIVE,
        input: &input,
        empty_is_none: session.empty_is_none(),
    };
    let mut retry = Retry::new(session, drain.eventually);
    let mut messages: Vec<Value> = Vec::new();
    for _ in 0..RECEIVES_MAX {
        let batch = receive(session, frame.process, &place).await?;
        let empty = batch.is_empty();
        if drain.delete {
            delete(session, frame.process, &place, &batch).await?;
        }
        messages.extend(batch);
        if !empty && !retry.is_eventual() {
            continue;
        }
        let joined = joined(&messages);
        let failure = pattern.as_ref().and_then(|pattern| mismatch(pattern, &joined, &place));
        let tried = match failure {
            None => save(&drain.save, &joined, &place),
            Some(failure) => Err(failure),
        };
        match tried {
            // Without an expectation, an empty receive is the end in either case.
            Ok(saved) if empty || pattern.is_some() => {
                frame.keep(saved);
                return Ok(());
            }
            Err(failure) if retry.is_over() => return Err(failure.into()),
            Ok(_) | Err(_) => {}
        }
        if empty {
            retry.pause().await;
        }
    }
    let title = format!("the queue never ran dry: {RECEIVES_MAX} receives gave {} messages", messages.len());
    Err(place.failure(title, "/drain", Vec::new(), &joined(&messages)).into())
}

fn input(step: &Step, drain: &DrainStep, frame: &Frame) -> Result<Value, Stop> {
    let mut input = Map::new();
    let queue = fill::text(&drain.queue, &frame.scope, &format!("{}/drain", step.pointer))?;
    input.insert("QueueUrl".to_owned(), queue.into());
    input.insert("MaxNumberOfMessages".to_owned(), 10.into());
    input.insert("WaitTimeSeconds".to_owned(), 1.into());
    if let Value::Object(with) = fill::parameters(&drain.with, &frame.scope, &format!("{}/with", step.pointer))? {
        input.extend(with);
    }
    Ok(Value::Object(input))
}

async fn receive(session: &Session<'_>, process: u32, place: &Place<'_>) -> Result<Vec<Value>, Stop> {
    let seen = session.call(process, Service::Sqs, "ReceiveMessage", place.input).await?;
    if let Some(failure) = judge(&Expected::Success, &seen, place)? {
        return Err(failure.into());
    }
    let messages = match seen.answer {
        Answer::Success(mut output) => output.get_mut("Messages").map(Value::take),
        Answer::Refused(_) => None,
    };
    Ok(match messages {
        Some(Value::Array(messages)) => messages,
        _ => Vec::new(),
    })
}

async fn delete(session: &Session<'_>, process: u32, place: &Place<'_>, batch: &[Value]) -> Result<(), Stop> {
    for message in batch {
        let input = json!({ "QueueUrl": place.input["QueueUrl"], "ReceiptHandle": message["ReceiptHandle"] });
        let seen = session.call(process, Service::Sqs, "DeleteMessage", &input).await?;
        let place = Place { call: DELETE, input: &input, ..*place };
        if let Some(failure) = judge(&Expected::Success, &seen, &place)? {
            return Err(failure.into());
        }
    }
    Ok(())
}

/// All messages as one response of a receive.
fn joined(messages: &[Value]) -> Observation {
    let body = if messages.is_empty() { json!({}) } else { json!({ "Messages": messages }) };
    Observation { status: 200, body: body.clone(), answer: Answer::Success(body), disagreement: None }
}

fn mismatch(pattern: &Pattern, joined: &Observation, place: &Place<'_>) -> Option<Box<Failure>> {
    differing(mismatches(pattern, Some(&joined.body)), "/ok", |differences, below| {
        place.failure("the queue held something else".to_owned(), below, differences, joined)
    })
}
