//! Deletes what a case created.

use std::time::Duration;

use redeliver_model::Service;
use serde_json::{Value, json};

use super::Cancel;
use super::created::{Kind, Thing};
use super::session::Session;
use super::stop::Stop;
use crate::observe::Answer;

/// The longest that this may take: a target that hangs must not hold up the end of a run.
const TIME_MAX: Duration = Duration::from_secs(30);
/// The longest that it may take when someone waits for the run to end.
const TIME_MAX_CANCELLED: Duration = Duration::from_secs(3);
/// The longest that it may take on AWS, where what is left costs money, and a stream is not deleted while it is being made.
const TIME_MAX_AWS: Duration = Duration::from_mins(3);

/// Deletes what the case created, newest first, whatever became of the case. What cannot be deleted is left and told to the log.
pub(super) async fn cleanup(session: &Session<'_>, cancel: &Cancel) {
    let on_aws = session.target().rules().is_some();
    let limit = if on_aws {
        TIME_MAX_AWS
    } else if cancel.is_cancelled() {
        TIME_MAX_CANCELLED
    } else {
        TIME_MAX
    };
    if tokio::time::timeout(limit, delete_all(session)).await.is_err() {
        tracing::warn!("the target took too long to delete what a case created");
    }
}

async fn delete_all(session: &Session<'_>) {
    for thing in session.take_created() {
        let handle = match &thing.handle {
            Some(handle) => Some(handle.clone()),
            // Its creation got no reply, so it may be there.
            None => look_up(session, &thing).await,
        };
        let Some(handle) = handle else { continue };
        if delete(session, &thing, &handle).await.is_err() {
            tracing::warn!(handle, "what a case created was not deleted");
            return;
        }
    }
}

async fn delete(session: &Session<'_>, thing: &Thing, handle: &str) -> Result<(), Stop> {
    let (caller, kind) = (thing.caller, thing.kind);
    let (service, operation, input) = kind.deletion(handle);
    let mut seen = session.call_as(caller, 0, service, operation, &input).await?;
    // What is being made is not deleted, nor a stream whose queues are still going; `TIME_MAX` ends this.
    while service == Service::Kinesis
        && matches!(&seen.answer, Answer::Refused(refusal) if refusal.code == "ResourceInUseException")
    {
        session.pause(session.pace().1).await;
        seen = session.call_as(caller, 0, service, operation, &input).await?;
    }
    if let Some(rules) = session.target().rules()
        && matches!(seen.answer, Answer::Success(_))
    {
        rules.deleted(handle);
    }
    if kind == Kind::Topic && matches!(&seen.answer, Answer::Refused(refusal) if refusal.code == "InvalidState") {
        // A topic with an archive stays until the archive is gone.
        let end = json!({ "TopicArn": handle, "AttributeName": "ArchivePolicy", "AttributeValue": "{}" });
        session.call_as(caller, 0, service, "SetTopicAttributes", &end).await?;
        session.call_as(caller, 0, service, operation, &input).await?;
    }
    Ok(())
}

async fn look_up(session: &Session<'_>, thing: &Thing) -> Option<String> {
    let (service, operation, input, handle) = match thing.kind {
        Kind::Queue => (Service::Sqs, "GetQueueUrl", json!({ "QueueName": thing.name }), "QueueUrl"),
        // Creating a topic again gives its ARN, whatever its attributes.
        Kind::Topic => (Service::Sns, "CreateTopic", json!({ "Name": thing.name }), "TopicArn"),
        Kind::Stream => return Some(thing.name.clone()),
        Kind::PlatformApplication | Kind::RecordQueue | Kind::Channel => return None,
    };
    let found = session.call_as(thing.caller, 0, service, operation, &input).await.ok()?;
    match found.answer {
        Answer::Success(output) => output.get(handle).and_then(Value::as_str).map(str::to_owned),
        Answer::Refused(_) => None,
    }
}
