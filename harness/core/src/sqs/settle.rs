//! Changes that take their time: attributes, deletion.

use std::sync::Arc;

use super::agenda::Due;
use super::context::Context;
use super::queue::QueueId;
use super::settings::Settings;
use super::{Event, Happening, Sqs};
use crate::log::Log;
use crate::{Change, Timestamp};

impl Sqs {
    /// Gives a queue other attributes: they read back at once, and requests see them when the oracle says so.
    pub(super) fn change_settings(&mut self, cx: &mut Context<'_>, id: QueueId, settings: Settings) {
        let settling = cx.oracle.settling(Change::QueueAttributes);
        let queue = self.queue_mut(id);
        queue.modified_at = cx.now;
        if let (Some(old), Some(new)) = (queue.settings.fifo, settings.fifo)
            && old.scope != new.scope
        {
            let at = cx.now + cx.oracle.settling(Change::DeduplicationScope);
            queue.messages.change_scope(cx.now, new.scope, at);
        }
        queue.settings = settings.clone();
        let at = queue.in_force.change(cx.now + settling, settings);
        if at <= cx.now {
            self.settle_attributes(cx.now, id);
        } else {
            self.agenda.add(at, Due::Attributes(id));
        }
    }

    /// Deletes a queue with its messages: it is gone when the oracle says so, and until then requests still see it.
    pub(super) fn remove_queue(&mut self, cx: &mut Context<'_>, id: QueueId) {
        let at = cx.now + cx.oracle.settling(Change::QueueDeletion);
        if at <= cx.now {
            self.end_queue(cx.now, id, cx.log);
        } else {
            self.agenda.add(at, Due::Deletion(id));
        }
    }

    /// Brings changed attributes into force.
    pub(super) fn settle_attributes(&mut self, now: Timestamp, id: QueueId) {
        if self.find(id).is_none() {
            return;
        }
        let queue = self.queue_mut(id);
        let old_delay_secs = queue.in_force.get().delay_secs;
        queue.in_force.settle(now);
        let delay_secs = queue.in_force.get().delay_secs;
        if delay_secs != old_delay_secs {
            queue.messages.change_delay(now, delay_secs);
        }
        self.touch(id);
    }

    /// Lets happen what time does to the messages of a queue.
    pub(super) fn advance_messages(&mut self, now: Timestamp, id: QueueId, log: &mut Log) {
        let queue = self.queue_mut(id);
        queue.alarm = None;
        let retention_secs = queue.in_force.get().retention_secs;
        queue.messages.advance(now, retention_secs, |message| {
            log.event(|| Event { at: now, queue: Arc::clone(&queue.arn), what: Happening::Expired { message } });
        });
        self.touch(id);
    }

    /// Ends a queue, if it was not ended before.
    pub(super) fn end_queue(&mut self, now: Timestamp, id: QueueId, log: &mut Log) {
        let Some(queue) = self.queues[id.index()].take() else { return };
        self.registry.remove(&queue.key, id);
        if let Some(alarm) = queue.alarm {
            self.agenda.cancel(alarm.at, Due::Messages(id));
            self.agenda.cancel_quiet(alarm.at, Due::Messages(id));
        }
        self.refuse_polls(queue.waiting, log);
        log.event(|| Event { at: now, queue: queue.arn, what: Happening::QueueDeleted });
    }
}
