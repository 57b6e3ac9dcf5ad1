//! `TagQueue`, `UntagQueue`, `ListQueueTags`.

use indexmap::IndexMap;
use redeliver_model::sqs::{ListQueueTagsResult, TagQueueRequest, UntagQueueRequest};

use super::context::Context;
use super::queue::Queue;
use super::{Error, Sqs, validate};

/// Tags that a queue may have. AWS says that more are not recommended and refuses them.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html>
const TAGS_MAX: usize = 50;

impl Sqs {
    /// Puts tags on a queue; one with the same key is overwritten.
    pub(super) fn tag_queue(&mut self, cx: &mut Context<'_>, input: TagQueueRequest) -> Result<(), Error> {
        let id = cx.queue()?;
        let tags = input.tags.filter(|tags| !tags.is_empty()).ok_or(Error::MissingParameter { parameter: "Tags" })?;
        validate::tags(&tags)?;
        add(self.queue_mut(id), tags)
    }

    /// Takes tags off a queue; keys that it does not have are ignored.
    pub(super) fn untag_queue(&mut self, cx: &mut Context<'_>, input: UntagQueueRequest) -> Result<(), Error> {
        let id = cx.queue()?;
        let keys = validate::tag_keys(input.tag_keys)?;
        let queue = self.queue_mut(id);
        for key in keys {
            queue.tags.remove(&key);
        }
        Ok(())
    }

    /// The tags of a queue, absent when there are none.
    pub(super) fn list_queue_tags(&mut self, cx: &mut Context<'_>) -> Result<ListQueueTagsResult, Error> {
        let id = cx.queue()?;
        let tags: IndexMap<String, String> = self.queue(id).tags.clone().into_iter().collect();
        Ok(ListQueueTagsResult { tags: Some(tags).filter(|tags| !tags.is_empty()) })
    }
}

/// Puts tags of a right form on a queue, all or none.
pub(super) fn add(queue: &mut Queue, tags: IndexMap<String, String>) -> Result<(), Error> {
    let new = tags.keys().filter(|key| !queue.tags.contains_key(*key)).count();
    if queue.tags.len() + new > TAGS_MAX {
        return Err(Error::TooManyTags { queue: queue.key.name.to_string() });
    }
    queue.tags.extend(tags);
    Ok(())
}
