//! `SetQueueAttributes`.

use redeliver_model::sqs::{QueueAttributeName, SetQueueAttributesRequest};

use super::{Stage, changed};
use crate::sqs::context::Context;
use crate::sqs::{Error, Sqs};

impl Sqs {
    /// Gives some attributes other values, all or none. They read back at once; requests see them when the change has settled.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html>
    pub(in crate::sqs) fn set_queue_attributes(
        &mut self,
        cx: &mut Context<'_>,
        input: SetQueueAttributesRequest,
    ) -> Result<(), Error> {
        let id = cx.queue()?;
        let given = input.attributes.filter(|given| !given.is_empty());
        let given = given.ok_or(Error::MissingParameter { parameter: "Attributes" })?;
        let queue = self.queue(id);
        let settings = changed(&queue.settings, &given, Stage::Setting)?;
        if given.contains_key(&QueueAttributeName::RedrivePolicy) {
            self.check_redrive(&queue.key, &queue.arn, &settings)?;
        }
        self.change_settings(cx, id, settings);
        Ok(())
    }
}
