//! Moving one message.

use std::sync::Arc;

use super::task::Status;
use crate::log::Log;
use crate::sqs::agenda::Due;
use crate::sqs::messages::Message;
use crate::sqs::queue::QueueId;
use crate::sqs::{Event, Happening, Sqs};
use crate::{Oracle, Timestamp};

/// Recorded on AWS for a destination that was deleted meanwhile; taken for a source that was, too.
const NO_QUEUE: &str = "AWS.SimpleQueueService.NonExistentQueue";
/// For a message that was sent to the dead-letter queue directly. The reason is not documented.
const NO_SOURCE: &str = "CouldNotDetermineMessageSource";
/// For a task that ran for too long. The reason is not documented.
const TOO_LONG: &str = "TaskExceededMaximumDuration";

impl Sqs {
    /// Moves the next message of a task, or ends the task.
    pub(in crate::sqs) fn step_move_task(
        &mut self,
        now: Timestamp,
        index: u32,
        log: &mut Log,
        oracle: &mut dyn Oracle,
    ) {
        let status = self.move_one(now, index, log, oracle).err().unwrap_or(Status::Running);
        let task = self.move_tasks.at_mut(index);
        task.status = status;
        if status == Status::Running {
            self.agenda.add(task.next_at(), Due::MoveTask(index));
        }
    }

    /// Moves a message; why it was the last one or there was none, otherwise.
    fn move_one(&mut self, now: Timestamp, index: u32, log: &mut Log, oracle: &mut dyn Oracle) -> Result<(), Status> {
        let task = self.move_tasks.at(index);
        let source = task.source;
        if now >= task.ends_at() {
            return Err(Status::Failed(TOO_LONG));
        }
        if self.find(source).is_none() {
            return Err(Status::Failed(NO_QUEUE));
        }
        let place = self.queue_mut(source).messages.first_visible(now).ok_or(Status::Completed)?;
        let destination = self.destination_of(index, place)?;

        let message = self.queue_mut(source).messages.remove(now, place);
        let (old, new) = (message.id, self.ids.uuid());
        let message = Message { id: new, sent_at: now, first_received_at: None, receive_count: 0, ..message };
        self.resend(now, destination, message, oracle);
        log.event(|| Event {
            at: now,
            queue: Arc::clone(&self.queue(source).arn),
            what: Happening::Moved { message: old, became: new, to: Arc::clone(&self.queue(destination).arn) },
        });
        self.touch(source);
        self.touch(destination);
        self.move_tasks.at_mut(index).moved += 1;
        if self.queue_mut(source).messages.first_visible(now).is_none() {
            return Err(Status::Completed);
        }
        Ok(())
    }

    /// A moved message counts as a new one, so that the delay of its new queue holds; it does not count as a duplicate of the send
    /// that it once was.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html>
    fn resend(&mut self, now: Timestamp, destination: QueueId, mut message: Message, oracle: &mut dyn Oracle) {
        message.set_source_arn(None);
        let queue = self.queue_mut(destination);
        let visible_at = now.plus_secs(queue.in_force.get().delay_secs.into());
        queue.messages.insert(now, message, visible_at, oracle);
    }

    fn destination_of(&self, index: u32, place: u32) -> Result<QueueId, Status> {
        let task = self.move_tasks.at(index);
        let stored = self.queue(task.source).messages.at(place);
        let came_from = stored.extras.as_ref().and_then(|extras| extras.dead_letter_source.as_deref());
        let arn = task.destination.as_deref().or(came_from).ok_or(Status::Failed(NO_SOURCE))?;
        let is_alike = |id: &QueueId| self.queue(*id).is_fifo() == self.queue(task.source).is_fifo();
        self.find_by_arn(arn).filter(is_alike).ok_or(Status::Failed(NO_QUEUE))
    }
}
