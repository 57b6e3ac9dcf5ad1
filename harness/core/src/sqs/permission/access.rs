//! Whether a call of another account is let in.
//!
//! Only calls of another account than the owner's are judged, by what the queue's policy says plainly (see `grant`). What a policy says of
//! the owner's own users is not evaluated: there are no identity policies here, without which it means little.

use redeliver_model::sqs::Command;

use super::actions::{action_of, is_owner_only};
use super::grant::{Question, lets_in};
use crate::Caller;
use crate::sqs::queue::QueueId;
use crate::sqs::registry::Place;
use crate::sqs::{Error, Sqs};

impl Sqs {
    /// Refuses a call on a queue of another account whose policy does not let the caller in.
    pub(in crate::sqs) fn admit(&self, caller: &Caller, command: &Command) -> Result<(), Error> {
        let Some(url) = queue_url(command) else { return Ok(()) };
        if Place::parse(url).is_none_or(|place| place.account.is_none_or(|account| *account == *caller.account)) {
            return Ok(());
        }
        // A queue that does not exist is for the operation to complain about.
        let Ok(id) = self.find_by_url(caller, Some(url)) else { return Ok(()) };
        let operation = command.operation().name;
        if self.is_open_to(caller, id, operation) {
            return Ok(());
        }
        Err(Error::AccessDenied {
            principal: caller.principal.to_string(),
            action: operation,
            queue: self.queue(id).arn.to_string(),
        })
    }

    /// Whether the caller may carry out this operation on a queue.
    pub(in crate::sqs) fn is_open_to(&self, caller: &Caller, id: QueueId, operation: &str) -> bool {
        let queue = self.queue(id);
        if queue.key.account == caller.account {
            return true;
        }
        let question = Question { account: &caller.account, action: action_of(operation), queue: &queue.arn };
        !is_owner_only(operation)
            && queue.in_force.get().policy.as_ref().is_some_and(|policy| lets_in(policy, question))
    }
}

/// The URL in a command. Queues that are named in another way, by name or ARN, are for the operation to judge.
fn queue_url(command: &Command) -> Option<&str> {
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
