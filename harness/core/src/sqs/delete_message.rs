//! `DeleteMessage` and `DeleteMessageBatch`.

use std::sync::Arc;

use redeliver_model::sqs::{
    DeleteMessageBatchRequest, DeleteMessageBatchResult, DeleteMessageBatchResultEntry, DeleteMessageRequest,
};

use super::context::Context;
use super::messages::Deletion;
use super::queue::QueueId;
use super::receipt_handle::ReceiptHandle;
use super::send::{failure, listed};
use super::{Error, Event, Happening, Sqs, validate};

impl Sqs {
    /// `DeleteMessage`; that a message is gone already is no error.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html>
    pub(super) fn delete_message(&mut self, cx: &mut Context<'_>, input: &DeleteMessageRequest) -> Result<(), Error> {
        let id = cx.queue()?;
        let handle = validate::receipt_handle(input.receipt_handle.as_deref())?;
        self.delete_one(cx, id, handle)
    }

    /// `DeleteMessageBatch`.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessageBatch.html>
    pub(super) fn delete_message_batch(
        &mut self,
        cx: &mut Context<'_>,
        input: DeleteMessageBatchRequest,
    ) -> Result<DeleteMessageBatchResult, Error> {
        let id = cx.queue()?;
        let entries = input.entries.unwrap_or_default();
        validate::entries("DeleteMessageBatchRequestEntry", entries.iter().map(|entry| entry.id.as_deref()))?;
        let (mut successful, mut failed) = (Vec::new(), Vec::new());
        for entry in entries {
            let deleted = validate::receipt_handle(entry.receipt_handle.as_deref())
                .and_then(|handle| self.delete_one(cx, id, handle));
            match deleted {
                Ok(()) => successful.push(DeleteMessageBatchResultEntry { id: entry.id }),
                Err(error) => failed.push(failure(entry.id, &error)),
            }
        }
        Ok(DeleteMessageBatchResult { failed: listed(failed), successful: listed(successful) })
    }

    fn delete_one(&mut self, cx: &mut Context<'_>, id: QueueId, text: &str) -> Result<(), Error> {
        let handle = handle_of(id, text)?;
        let queue = self.queue_mut(id);
        match queue.messages.delete(cx.now, &handle, cx.oracle) {
            Deletion::Nothing => return Ok(()),
            Deletion::HandleExpired => return Err(Error::ReceiptHandleExpired { handle: text.to_owned() }),
            Deletion::Done(message) => cx.log.event(|| Event {
                at: cx.now,
                queue: Arc::clone(&queue.arn),
                what: Happening::Deleted { message },
            }),
        }
        self.touch(id);
        Ok(())
    }
}

/// Reads a receipt handle of this queue.
pub(super) fn handle_of(id: QueueId, text: &str) -> Result<ReceiptHandle, Error> {
    ReceiptHandle::parse(text)
        .filter(|handle| handle.queue == id)
        .ok_or_else(|| Error::ReceiptHandleIsInvalid { handle: text.to_owned() })
}
