//! What became of the messages that nobody deleted.

use redeliver_model::Service;
use serde_json::json;

use super::super::session::Session;
use super::super::stop::Stop;
use super::progress::Progress;
use super::receive::receive;

/// Empties the dead-letter queue whenever the queue itself is quiet, until the workload is over, and once more at its end.
pub(super) async fn collect(
    session: &Session<'_>,
    step: &str,
    dead_letter: &str,
    progress: &Progress,
) -> Result<(), Stop> {
    let process = session.new_process();
    while !progress.is_over() {
        if progress.is_quiet() {
            drain(session, process, step, dead_letter, progress).await?;
        }
        session.pause(session.pace().1).await;
    }
    drain(session, process, step, dead_letter, progress).await
}

async fn drain(
    session: &Session<'_>,
    process: u32,
    step: &str,
    dead_letter: &str,
    progress: &Progress,
) -> Result<(), Stop> {
    let input = json!({
        "QueueUrl": dead_letter,
        "MaxNumberOfMessages": 10,
        "WaitTimeSeconds": 1,
        "MessageSystemAttributeNames": ["All"],
    });
    loop {
        let messages = receive(session, process, step, &input).await?;
        if messages.is_empty() {
            return Ok(());
        }
        for message in messages {
            let input = json!({ "QueueUrl": dead_letter, "ReceiptHandle": message["ReceiptHandle"] });
            session.call(process, Service::Sqs, "DeleteMessage", &input).await?;
            progress.settled(message["Body"].as_str().unwrap_or_default());
        }
    }
}
