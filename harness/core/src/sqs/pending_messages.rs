//! Operations on messages that are still being built.

use redeliver_model::sqs::{
    CancelMessageMoveTaskRequest, CancelMessageMoveTaskResult, ChangeMessageVisibilityBatchRequest,
    ChangeMessageVisibilityBatchResult, ChangeMessageVisibilityRequest, DeleteMessageBatchRequest,
    DeleteMessageBatchResult, DeleteMessageRequest, ListMessageMoveTasksRequest, ListMessageMoveTasksResult,
    PurgeQueueRequest, ReceiveMessageRequest, SendMessageBatchRequest, SendMessageBatchResult, SendMessageRequest,
    SendMessageResult, StartMessageMoveTaskRequest, StartMessageMoveTaskResult,
};

use super::context::Context;
use super::receive::Polled;
use super::{Error, Sqs};

impl Sqs {
    pub(super) fn receive_message(&mut self, _: &mut Context<'_>, _: ReceiveMessageRequest) -> Result<Polled, Error> {
        Err(not_yet())
    }

    pub(super) fn cancel_message_move_task(
        &mut self,
        _: &mut Context<'_>,
        _: CancelMessageMoveTaskRequest,
    ) -> Result<CancelMessageMoveTaskResult, Error> {
        Err(not_yet())
    }

    pub(super) fn change_message_visibility(
        &mut self,
        _: &mut Context<'_>,
        _: ChangeMessageVisibilityRequest,
    ) -> Result<(), Error> {
        Err(not_yet())
    }

    pub(super) fn change_message_visibility_batch(
        &mut self,
        _: &mut Context<'_>,
        _: ChangeMessageVisibilityBatchRequest,
    ) -> Result<ChangeMessageVisibilityBatchResult, Error> {
        Err(not_yet())
    }

    pub(super) fn delete_message(&mut self, _: &mut Context<'_>, _: DeleteMessageRequest) -> Result<(), Error> {
        Err(not_yet())
    }

    pub(super) fn delete_message_batch(
        &mut self,
        _: &mut Context<'_>,
        _: DeleteMessageBatchRequest,
    ) -> Result<DeleteMessageBatchResult, Error> {
        Err(not_yet())
    }

    pub(super) fn list_message_move_tasks(
        &mut self,
        _: &mut Context<'_>,
        _: ListMessageMoveTasksRequest,
    ) -> Result<ListMessageMoveTasksResult, Error> {
        Err(not_yet())
    }

    pub(super) fn purge_queue(&mut self, _: &mut Context<'_>, _: PurgeQueueRequest) -> Result<(), Error> {
        Err(not_yet())
    }

    pub(super) fn send_message(
        &mut self,
        _: &mut Context<'_>,
        _: SendMessageRequest,
    ) -> Result<SendMessageResult, Error> {
        Err(not_yet())
    }

    pub(super) fn send_message_batch(
        &mut self,
        _: &mut Context<'_>,
        _: SendMessageBatchRequest,
    ) -> Result<SendMessageBatchResult, Error> {
        Err(not_yet())
    }

    pub(super) fn start_message_move_task(
        &mut self,
        _: &mut Context<'_>,
        _: StartMessageMoveTaskRequest,
    ) -> Result<StartMessageMoveTaskResult, Error> {
        Err(not_yet())
    }
}

fn not_yet() -> Error {
    Error::UnsupportedOperation { text: "not built yet".to_owned() }
}
