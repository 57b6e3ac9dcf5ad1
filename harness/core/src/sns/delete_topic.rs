//! `DeleteTopic`.

use std::sync::Arc;

use redeliver_model::sns::DeleteTopicInput;

use super::context::Context;
use super::{Error, Event, Happening, Sns, arn};

impl Sns {
    /// Deletes a topic with its subscriptions. It is no error when there is none of this ARN.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_DeleteTopic.html>
    pub(in crate::sns) fn delete_topic(&mut self, cx: &mut Context<'_>, input: &DeleteTopicInput) -> Result<(), Error> {
        let named = arn::topic(cx.caller, "TopicArn", input.topic_arn.as_deref())?;
        let Some(topic) = self.registry.topic_by_arn(&named) else { return Ok(()) };
        self.admit(cx, topic)?;
        if topic.archive.is_some() {
            return Err(Error::ArchiveActive);
        }
        let id = topic.id;
        let Some((topic, _)) = self.registry.remove_topic(id) else { return Ok(()) };
        cx.log.sns(|| Event { at: cx.now, topic: Arc::clone(&topic.arn), what: Happening::TopicDeleted });
        Ok(())
    }
}
