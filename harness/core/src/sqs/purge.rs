//! `PurgeQueue`.

use std::sync::Arc;
use std::time::Duration;

use super::agenda::Due;
use super::context::Context;
use super::queue::QueueId;
use super::{Error, Event, Happening, Sqs};
use crate::log::Log;
use crate::{Change, Timestamp};

impl Sqs {
    /// `PurgeQueue`: what is in the queue now goes, when the oracle says so.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html>
    pub(super) fn purge_queue(&mut self, cx: &mut Context<'_>) -> Result<(), Error> {
        let id = cx.queue()?;
        let interval = Duration::from_millis(self.limits.purge_interval_ms);
        let queue = self.queue_mut(id);
        if queue.purged_at.is_some_and(|purged_at| cx.now < purged_at + interval) {
            return Err(Error::PurgeQueueInProgress { queue: queue.key.name.to_string() });
        }
        queue.purged_at = Some(cx.now);
        queue.messages.begin_purge();
        let at = cx.now + cx.oracle.settling(Change::Purge);
        if at <= cx.now {
            self.end_purge(cx.now, id, cx.log);
        } else {
            self.agenda.add(at, Due::Purge(id));
        }
        Ok(())
    }

    /// Removes what was purged.
    pub(super) fn end_purge(&mut self, now: Timestamp, id: QueueId, log: &mut Log) {
        if self.find(id).is_none() {
            return;
        }
        let queue = self.queue_mut(id);
        let messages = queue.messages.end_purge(now);
        log.event(|| Event { at: now, queue: Arc::clone(&queue.arn), what: Happening::Purged { messages } });
        self.touch(id);
    }
}
