//! Whether a call of another account is let in.
//!
//! Only calls of another account than the owner's are judged, by what the queue's policy says plainly (see `grant`). What a policy says of
//! the owner's own users is not evaluated: there are no identity policies here, without which it means little.

use super::actions::{action_of, is_owner_only};
use super::grant::{Question, lets_in};
use crate::Caller;
use crate::sqs::queue::QueueId;
use crate::sqs::{Error, Sqs};

impl Sqs {
    /// Refuses an operation on a queue of another account whose policy does not let the caller in.
    pub(in crate::sqs) fn admit(&self, caller: &Caller, id: QueueId, operation: &'static str) -> Result<(), Error> {
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
        if queue.key.account == caller.account || !self.limits.policies {
            return true;
        }
        let question = Question { account: &caller.account, action: action_of(operation), queue: &queue.arn };
        !is_owner_only(operation)
            && queue.in_force.get().policy.as_ref().is_some_and(|policy| lets_in(policy, question))
    }
}
