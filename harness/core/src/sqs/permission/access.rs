//! Whether a call of another account, or of a service, is let in.
//!
//! Calls of the owner's account are not judged: there are no identity policies here, without which what a queue's policy says of the
//! owner's own users means little.

use super::actions::{action_of, is_owner_only};
use crate::Caller;
use crate::iam::{Circumstances, Denial, Question, Who};
use crate::sqs::deliver::Sender;
use crate::sqs::queue::QueueId;
use crate::sqs::{Error, Sqs};

/// The action that deliveries need.
const SEND: &str = "sqs:SendMessage";

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
        let circumstances = Circumstances::of_caller(caller);
        let question = Question {
            who: caller.into(),
            action: &format!("sqs:{}", action_of(operation)),
            resource: &queue.arn,
            circumstances: &circumstances,
        };
        !is_owner_only(operation) && queue.in_force.get().policy.as_ref().is_some_and(|policy| policy.allows(&question))
    }

    /// Lets a service send to a queue if the queue's policy does; otherwise says why not, and what would help.
    /// <https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html>
    pub(in crate::sqs) fn admit_service(&mut self, sender: Sender<'_>, id: QueueId) -> Result<(), String> {
        let queue = self.queue(id);
        if !self.limits.policies || queue.in_force.has_let_in(sender) {
            return Ok(());
        }
        let Sender { service, source_arn, source_account, .. } = sender;
        let circumstances = Circumstances::of_service(service, source_arn, source_account);
        let question =
            Question { who: Who::Service(service), action: SEND, resource: &queue.arn, circumstances: &circumstances };
        let denial = match &queue.in_force.get().policy {
            None => Denial::without_policy(&question),
            Some(policy) => match policy.explain(&question) {
                None => {
                    self.queue_mut(id).in_force.let_in(sender);
                    return Ok(());
                }
                Some(denial) => denial,
            },
        };
        let remedy = format!("allow `{service}` to call {SEND} on `{}`, for `aws:SourceArn` `{source_arn}`", queue.arn);
        Err(format!("{denial}: {remedy}"))
    }
}
