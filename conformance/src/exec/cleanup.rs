//! Deletes what a case created.

use std::time::Duration;

use redeliver_model::Service;
use serde_json::{Value, json};

use super::Cancel;
use super::session::Session;
use crate::observe::Answer;

/// The longest that this may take: a target that hangs must not hold up the end of a run.
const TIME_MAX: Duration = Duration::from_secs(30);
/// The longest that it may take when someone waits for the run to end.
const TIME_MAX_CANCELLED: Duration = Duration::from_secs(3);

/// Deletes what the case created, newest first, whatever became of the case. What cannot be deleted is left and told to the log.
pub(super) async fn cleanup(session: &Session<'_>, cancel: &Cancel) {
    let limit = if cancel.is_cancelled() { TIME_MAX_CANCELLED } else { TIME_MAX };
    if tokio::time::timeout(limit, delete_all(session)).await.is_err() {
        tracing::warn!("the target took too long to delete what a case created");
    }
}

async fn delete_all(session: &Session<'_>) {
    for queue in session.take_created() {
        let url = match queue.url {
            Some(url) => Some(url),
            // Its creation got no reply, so it may be there.
            None => look_up(session, &queue.name).await,
        };
        let Some(url) = url else { continue };
        let deleted = session.call(0, Service::Sqs, "DeleteQueue", &json!({ "QueueUrl": url })).await;
        if deleted.is_err() {
            tracing::warn!(url, "a queue that a case created was not deleted");
            return;
        }
    }
}

async fn look_up(session: &Session<'_>, name: &str) -> Option<String> {
    let found = session.call(0, Service::Sqs, "GetQueueUrl", &json!({ "QueueName": name })).await.ok()?;
    match found.answer {
        Answer::Success(output) => output.get("QueueUrl").and_then(Value::as_str).map(str::to_owned),
        Answer::Refused(_) => None,
    }
}
