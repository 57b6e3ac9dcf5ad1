//! `StartMessageMoveTask`.

use std::sync::Arc;

use redeliver_model::sqs::{StartMessageMoveTaskRequest, StartMessageMoveTaskResult};

use super::handle::TaskHandle;
use super::task::{Status, Task};
use crate::Caller;
use crate::sqs::agenda::Due;
use crate::sqs::context::Context;
use crate::sqs::queue::QueueId;
use crate::sqs::{Error, Sqs, validate};

/// Tasks of an account that may run at the same time.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html>
const RUNNING_MAX: usize = 100;

impl Sqs {
    /// `StartMessageMoveTask`.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html>
    pub(in crate::sqs) fn start_message_move_task(
        &mut self,
        cx: &mut Context<'_>,
        input: StartMessageMoveTaskRequest,
    ) -> Result<StartMessageMoveTaskResult, Error> {
        let source = self.own_queue(cx.caller, input.source_arn.as_deref(), "SourceArn")?;
        let rate = validate::move_rate(input.max_number_of_messages_per_second)?;
        if !self.is_dead_letter_queue(source) {
            return Err(Error::InvalidParameterText {
                text: "Source queue must be configured as a Dead Letter Queue.".to_owned(),
            });
        }
        self.check_destination(cx.caller, source, input.destination_arn.as_deref())?;
        if self.move_tasks.of(source).any(Task::is_running) {
            return Err(Error::InvalidParameterText {
                text: "There is already a task running. Only one active task is allowed for a source queue arn at a given time."
                    .to_owned(),
            });
        }
        // This text is not recorded.
        if self.move_tasks.running(&cx.caller.account) >= RUNNING_MAX {
            return Err(Error::OverLimit {
                text: format!("An account can have at most {RUNNING_MAX} active message move tasks."),
            });
        }

        let id = self.ids.uuid();
        let task = Task {
            id,
            account: Arc::clone(&cx.caller.account),
            source,
            destination: input.destination_arn,
            rate,
            pace: rate.unwrap_or_else(|| cx.oracle.move_rate().clamp(1, 500)),
            started_at: cx.now,
            moved: 0,
            to_move: self.queue(source).messages.visible() as u64,
            status: Status::Running,
        };
        let next_at = task.next_at();
        let index = self.move_tasks.add(task);
        self.agenda.add(next_at, Due::MoveTask(index));
        let source_arn = self.queue(source).arn.to_string();
        Ok(StartMessageMoveTaskResult { task_handle: Some(TaskHandle { task: id, source_arn }.to_text()) })
    }

    /// The caller's own queue of an ARN: move tasks do not reach into other accounts or regions.
    pub(super) fn own_queue(
        &self,
        caller: &Caller,
        arn: Option<&str>,
        parameter: &'static str,
    ) -> Result<QueueId, Error> {
        let arn = arn.filter(|arn| !arn.is_empty()).ok_or(Error::MissingParameter { parameter })?;
        let is_own = |id: &QueueId| {
            let key = &self.queue(*id).key;
            key.account == caller.account && key.region == caller.region
        };
        self.find_by_arn(arn).filter(is_own).ok_or_else(|| Error::ResourceNotFound {
            text: format!("The resource that you specified for the {parameter} parameter doesn't exist."),
        })
    }

    /// Whether any queue names this one as its dead-letter queue.
    fn is_dead_letter_queue(&self, id: QueueId) -> bool {
        let arn = &*self.queue(id).arn;
        let redrives = self.queues.iter().flatten().filter_map(|queue| queue.settings.redrive.as_ref());
        redrives.into_iter().any(|redrive| redrive.target.to_string() == arn)
    }

    fn check_destination(&self, caller: &Caller, source: QueueId, arn: Option<&str>) -> Result<(), Error> {
        let Some(arn) = arn else { return Ok(()) };
        let destination = self.own_queue(caller, Some(arn), "DestinationArn")?;
        let text = if destination == source {
            "Source queue arn and destination queue arn cannot be the same."
        } else if self.queue(destination).is_fifo() != self.queue(source).is_fifo() {
            "Source queue and destination queue must be of the same type."
        } else {
            return Ok(());
        };
        Err(Error::InvalidParameterText { text: text.to_owned() })
    }
}
