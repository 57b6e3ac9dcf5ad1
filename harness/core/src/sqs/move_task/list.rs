//! `ListMessageMoveTasks`.

use redeliver_model::sqs::{ListMessageMoveTasksRequest, ListMessageMoveTasksResult, ListMessageMoveTasksResultEntry};

use super::handle::TaskHandle;
use super::task::{Status, Task};
use crate::sqs::context::Context;
use crate::sqs::send::listed;
use crate::sqs::{Error, Sqs, validate};

impl Sqs {
    /// `ListMessageMoveTasks`: the last ones of a source queue, newest first.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListMessageMoveTasks.html>
    pub(in crate::sqs) fn list_message_move_tasks(
        &mut self,
        cx: &mut Context<'_>,
        input: &ListMessageMoveTasksRequest,
    ) -> Result<ListMessageMoveTasksResult, Error> {
        let max = validate::max_tasks(input.max_results)?;
        let source = self.own_queue(cx.caller, input.source_arn.as_deref(), "SourceArn")?;
        let source_arn = self.queue(source).arn.to_string();
        let entries = self.move_tasks.of(source).take(max).map(|task| entry(task, &source_arn));
        Ok(ListMessageMoveTasksResult { results: listed(entries.collect()) })
    }
}

fn entry(task: &Task, source_arn: &str) -> ListMessageMoveTasksResultEntry {
    let failure_reason = match task.status {
        Status::Failed(reason) => Some(reason.to_owned()),
        Status::Running | Status::Completed | Status::Cancelled => None,
    };
    let handle = TaskHandle { task: task.id, source_arn: source_arn.to_owned() };
    ListMessageMoveTasksResultEntry {
        approximate_number_of_messages_moved: i64::try_from(task.moved).ok(),
        approximate_number_of_messages_to_move: i64::try_from(task.to_move).ok(),
        destination_arn: task.destination.clone(),
        failure_reason,
        max_number_of_messages_per_second: task.rate.and_then(|rate| i32::try_from(rate).ok()),
        source_arn: Some(source_arn.to_owned()),
        started_timestamp: i64::try_from(task.started_at.as_millis()).ok(),
        status: Some(task.status.as_str().to_owned()),
        task_handle: task.is_running().then(|| handle.to_text()),
    }
}
