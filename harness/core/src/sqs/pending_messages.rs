//! Operations on messages that are still being built.

use redeliver_model::sqs::{
    CancelMessageMoveTaskRequest, CancelMessageMoveTaskResult, ListMessageMoveTasksRequest, ListMessageMoveTasksResult,
    StartMessageMoveTaskRequest, StartMessageMoveTaskResult,
};

use super::context::Context;
use super::{Error, Sqs};

impl Sqs {
    pub(super) fn cancel_message_move_task(
        &mut self,
        _: &mut Context<'_>,
        _: CancelMessageMoveTaskRequest,
    ) -> Result<CancelMessageMoveTaskResult, Error> {
        Err(not_yet())
    }

    pub(super) fn list_message_move_tasks(
        &mut self,
        _: &mut Context<'_>,
        _: ListMessageMoveTasksRequest,
    ) -> Result<ListMessageMoveTasksResult, Error> {
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
