//! From commands to operations, and from their results to replies.

use std::mem::take;

use redeliver_model::sqs::{Command, Reply};

use super::context::Context;
use super::receive::Polled;
use super::{Error, Sqs};
use crate::{Answer, Ticket};

/// What comes of a command that is not refused.
pub(super) enum Done {
    /// A reply.
    Now(Reply),
    /// A reply of a later step; only a receive waits.
    Later(Ticket),
}

impl From<Result<Done, Error>> for Answer {
    fn from(result: Result<Done, Error>) -> Self {
        match result {
            Ok(Done::Now(reply)) => Self::Now(Ok(crate::Reply::Sqs(reply))),
            Ok(Done::Later(ticket)) => Self::Later(ticket),
            Err(error) => Self::Now(Err(error.into())),
        }
    }
}

impl Sqs {
    /// Carries out `command`. What is needed is taken out of it: as a whole it is large, and moving it would cost as much as a look-up.
    pub(super) fn dispatch(&mut self, cx: &mut Context<'_>, command: &mut Command) -> Result<Done, Error> {
        if let Ok(id) = cx.queue {
            self.admit(cx.caller, id, command.operation().name)?;
        }
        Ok(Done::Now(match command {
            Command::AddPermission(input) => self.add_permission(cx, take(input)).map(|()| Reply::AddPermission)?,
            Command::CancelMessageMoveTask(input) => {
                Reply::CancelMessageMoveTask(self.cancel_message_move_task(cx, take(input))?)
            }
            Command::ChangeMessageVisibility(input) => {
                self.change_message_visibility(cx, input).map(|()| Reply::ChangeMessageVisibility)?
            }
            Command::ChangeMessageVisibilityBatch(input) => {
                Reply::ChangeMessageVisibilityBatch(self.change_message_visibility_batch(cx, take(input))?)
            }
            Command::CreateQueue(input) => Reply::CreateQueue(self.create_queue(cx, take(input))?),
            Command::DeleteMessage(input) => self.delete_message(cx, input).map(|()| Reply::DeleteMessage)?,
            Command::DeleteMessageBatch(input) => {
                Reply::DeleteMessageBatch(self.delete_message_batch(cx, take(input))?)
            }
            Command::DeleteQueue(_) => self.delete_queue(cx).map(|()| Reply::DeleteQueue)?,
            Command::GetQueueAttributes(input) => {
                Reply::GetQueueAttributes(self.get_queue_attributes(cx, take(input))?)
            }
            Command::GetQueueUrl(input) => Reply::GetQueueUrl(self.get_queue_url(cx, take(input))?),
            Command::ListDeadLetterSourceQueues(input) => {
                Reply::ListDeadLetterSourceQueues(self.list_dead_letter_source_queues(cx, take(input))?)
            }
            Command::ListMessageMoveTasks(input) => {
                Reply::ListMessageMoveTasks(self.list_message_move_tasks(cx, input)?)
            }
            Command::ListQueueTags(_) => Reply::ListQueueTags(self.list_queue_tags(cx)?),
            Command::ListQueues(input) => Reply::ListQueues(self.list_queues(cx, take(input))?),
            Command::PurgeQueue(_) => self.purge_queue(cx).map(|()| Reply::PurgeQueue)?,
            Command::ReceiveMessage(input) => match self.receive_message(cx, input)? {
                Polled::Now(result) => Reply::ReceiveMessage(result),
                Polled::Parked(ticket) => return Ok(Done::Later(ticket)),
            },
            Command::RemovePermission(input) => {
                self.remove_permission(cx, take(input)).map(|()| Reply::RemovePermission)?
            }
            Command::SendMessage(input) => Reply::SendMessage(self.send_message(cx, input)?),
            Command::SendMessageBatch(input) => Reply::SendMessageBatch(self.send_message_batch(cx, take(input))?),
            Command::SetQueueAttributes(input) => {
                self.set_queue_attributes(cx, take(input)).map(|()| Reply::SetQueueAttributes)?
            }
            Command::StartMessageMoveTask(input) => {
                Reply::StartMessageMoveTask(self.start_message_move_task(cx, take(input))?)
            }
            Command::TagQueue(input) => self.tag_queue(cx, take(input)).map(|()| Reply::TagQueue)?,
            Command::UntagQueue(input) => self.untag_queue(cx, take(input)).map(|()| Reply::UntagQueue)?,
        }))
    }
}

/// The URL in a command. Queues that are named in another way, by name or ARN, are for the operation to find and to judge.
pub(super) fn queue_url(command: &Command) -> Option<&str> {
    let url = match command {
        Command::AddPermission(input) => &input.queue_url,
        Command::ChangeMessageVisibility(input) => &input.queue_url,
        Command::ChangeMessageVisibilityBatch(input) => &input.queue_url,
        Command::DeleteMessage(input) => &input.queue_url,
        Command::DeleteMessageBatch(input) => &input.queue_url,
        Command::DeleteQueue(input) => &input.queue_url,
        Command::GetQueueAttributes(input) => &input.queue_url,
        Command::ListDeadLetterSourceQueues(input) => &input.queue_url,
        Command::ListQueueTags(input) => &input.queue_url,
        Command::PurgeQueue(input) => &input.queue_url,
        Command::ReceiveMessage(input) => &input.queue_url,
        Command::RemovePermission(input) => &input.queue_url,
        Command::SendMessage(input) => &input.queue_url,
        Command::SendMessageBatch(input) => &input.queue_url,
        Command::SetQueueAttributes(input) => &input.queue_url,
        Command::TagQueue(input) => &input.queue_url,
        Command::UntagQueue(input) => &input.queue_url,
        Command::CancelMessageMoveTask(_)
        | Command::CreateQueue(_)
        | Command::GetQueueUrl(_)
        | Command::ListMessageMoveTasks(_)
        | Command::ListQueues(_)
        | Command::StartMessageMoveTask(_) => return None,
    };
    url.as_deref()
}
