//! `CancelMessageMoveTask`.

use redeliver_model::sqs::{CancelMessageMoveTaskRequest, CancelMessageMoveTaskResult};

use super::handle::TaskHandle;
use super::task::Status;
use crate::sqs::agenda::Due;
use crate::sqs::context::Context;
use crate::sqs::{Error, Sqs};

impl Sqs {
    /// `CancelMessageMoveTask`: what has moved stays moved.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CancelMessageMoveTask.html>
    pub(in crate::sqs) fn cancel_message_move_task(
        &mut self,
        cx: &mut Context<'_>,
        input: CancelMessageMoveTaskRequest,
    ) -> Result<CancelMessageMoveTaskResult, Error> {
        let text = input.task_handle.filter(|text| !text.is_empty());
        let text = text.ok_or(Error::MissingParameter { parameter: "TaskHandle" })?;
        let handle = TaskHandle::parse(&text).ok_or_else(|| Error::InvalidParameterText {
            text: "Value for parameter TaskHandle is invalid.".to_owned(),
        })?;
        let source = self.own_queue(cx.caller, Some(&handle.source_arn), "SourceArn")?;
        let index = self
            .move_tasks
            .position(source, handle.task)
            .ok_or_else(|| Error::ResourceNotFound { text: "Task does not exist.".to_owned() })?;
        let task = self.move_tasks.at_mut(index);
        if !task.is_running() {
            // Documented as impossible; its error is not recorded.
            return Err(Error::UnsupportedOperation { text: "Only active tasks can be cancelled.".to_owned() });
        }
        task.status = Status::Cancelled;
        let moved = task.moved;
        self.agenda.cancel(task.next_at(), Due::MoveTask(index));
        Ok(CancelMessageMoveTaskResult { approximate_number_of_messages_moved: i64::try_from(moved).ok() })
    }
}
