//! `DeleteQueue`.

use super::context::Context;
use super::{Error, Sqs};

impl Sqs {
    /// Deletes a queue, whatever it holds. As long as the deletion settles requests still see the queue, and deleting it again is silent.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html>
    pub(super) fn delete_queue(&mut self, cx: &mut Context<'_>) -> Result<(), Error> {
        let id = cx.queue()?;
        let key = self.queue(id).key.clone();
        if !self.registry.is_deleted(&key) {
            self.registry.note_deletion(cx.now, key, self.limits.name_cooldown_ms);
            self.remove_queue(cx, id);
        }
        Ok(())
    }
}
