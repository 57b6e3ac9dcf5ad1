//! `ChangeMessageVisibility` and `ChangeMessageVisibilityBatch`.

use std::sync::Arc;

use redeliver_model::sqs::{
    ChangeMessageVisibilityBatchRequest, ChangeMessageVisibilityBatchResult, ChangeMessageVisibilityBatchResultEntry,
    ChangeMessageVisibilityRequest,
};

use super::context::Context;
use super::delete_message::handle_of;
use super::messages::Unchanged;
use super::queue::QueueId;
use super::send::{failure, listed};
use super::{Error, Event, Happening, Sqs, validate};

impl Sqs {
    /// `ChangeMessageVisibility`.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html>
    pub(super) fn change_message_visibility(
        &mut self,
        cx: &mut Context<'_>,
        input: &ChangeMessageVisibilityRequest,
    ) -> Result<(), Error> {
        let id = cx.queue()?;
        let timeout = input.visibility_timeout.ok_or(Error::MissingParameter { parameter: "VisibilityTimeout" })?;
        self.change_one(cx, id, input.receipt_handle.as_deref(), timeout)
    }

    /// `ChangeMessageVisibilityBatch`.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibilityBatch.html>
    pub(super) fn change_message_visibility_batch(
        &mut self,
        cx: &mut Context<'_>,
        input: ChangeMessageVisibilityBatchRequest,
    ) -> Result<ChangeMessageVisibilityBatchResult, Error> {
        let id = cx.queue()?;
        let entries = input.entries.unwrap_or_default();
        validate::entries("ChangeMessageVisibilityBatchRequestEntry", entries.iter().map(|entry| entry.id.as_deref()))?;
        let (mut successful, mut failed) = (Vec::new(), Vec::new());
        for entry in entries {
            // The model lets an entry leave the timeout out and says nothing of a default, so that only an error is left.
            let timeout =
                entry.visibility_timeout.ok_or(Error::MissingParameterInBatch { parameter: "VisibilityTimeout" });
            let changed = timeout.and_then(|timeout| self.change_one(cx, id, entry.receipt_handle.as_deref(), timeout));
            match changed {
                Ok(()) => successful.push(ChangeMessageVisibilityBatchResultEntry { id: entry.id }),
                Err(error) => failed.push(failure(entry.id, &error)),
            }
        }
        Ok(ChangeMessageVisibilityBatchResult { failed: listed(failed), successful: listed(successful) })
    }

    fn change_one(
        &mut self,
        cx: &mut Context<'_>,
        id: QueueId,
        handle: Option<&str>,
        timeout: i32,
    ) -> Result<(), Error> {
        let text = validate::receipt_handle(handle)?;
        let secs = validate::visibility_secs(timeout)?;
        let handle = handle_of(id, text)?;
        let queue = self.queue_mut(id);
        let hidden_until = queue
            .messages
            .change_visibility(cx.now, &handle, secs)
            .map_err(|unchanged| refused(unchanged, text, secs))?;
        cx.log.event(|| Event {
            at: cx.now,
            queue: Arc::clone(&queue.arn),
            what: Happening::VisibilityChanged { message: handle.message, hidden_until },
        });
        self.touch(id);
        Ok(())
    }
}

fn refused(unchanged: Unchanged, handle: &str, secs: u32) -> Error {
    let handle = handle.to_owned();
    match unchanged {
        Unchanged::Gone => Error::NotAvailableForVisibilityChange { handle },
        Unchanged::Visible => Error::MessageNotInflight,
        Unchanged::HandleExpired => Error::ReceiptHandleExpired { handle },
        // The text is not recorded; public reports quote it.
        Unchanged::TooLong => Error::InvalidParameter {
            value: secs.to_string(),
            parameter: "VisibilityTimeout",
            reason: "Total VisibilityTimeout for the message is beyond the limit [43200 seconds]",
        },
    }
}
