//! `GetQueueUrl`.

use redeliver_model::sqs::{GetQueueUrlRequest, GetQueueUrlResult};

use super::context::Context;
use super::create::url;
use super::{Error, Sqs};

impl Sqs {
    /// The URL of a queue of the caller's region, also of another account that lets the caller ask.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueUrl.html>
    pub(super) fn get_queue_url(
        &mut self,
        cx: &mut Context<'_>,
        input: GetQueueUrlRequest,
    ) -> Result<GetQueueUrlResult, Error> {
        let name = input.queue_name.filter(|name| !name.is_empty()).ok_or(Error::QueueNameMissing)?;
        let owner = input.queue_owner_aws_account_id.filter(|owner| !owner.is_empty());
        let owner = owner.as_deref().unwrap_or(&cx.caller.account);
        // A queue that the caller may not ask for is not there for it: AWS does not tell the two apart.
        let id = self.registry.get(owner, &cx.caller.region, &name).ok_or(Error::QueueDoesNotExist)?;
        if !self.is_open_to(cx.caller, id, "GetQueueUrl") {
            return Err(Error::QueueDoesNotExist);
        }
        Ok(GetQueueUrlResult { queue_url: Some(url(cx.caller, &self.queue(id).key)) })
    }
}
