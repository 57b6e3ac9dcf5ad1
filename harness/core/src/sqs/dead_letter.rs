//! Dead-letter queues: where messages go that were received too often.

use std::sync::Arc;

use super::messages::{DeduplicationId, Message};
use super::queue::QueueId;
use super::{Event, Happening, Sqs};
use crate::log::Log;
use crate::{Oracle, Timestamp};

impl Sqs {
    /// Moves a message to the dead-letter queue of its queue if it was received as often as the queue allows; true when it moved.
    ///
    /// This happens when the message would be received once more. Only receives from this queue count, so that a message does not
    /// run through a chain of dead-letter queues at once. When there is no such dead-letter queue, the message stays.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html>
    pub(super) fn dead_letter(
        &mut self,
        now: Timestamp,
        id: QueueId,
        place: u32,
        log: &mut Log,
        oracle: &mut dyn Oracle,
    ) -> bool {
        let queue = self.queue(id);
        let Some(redrive) = &queue.in_force.get().redrive else { return false };
        if queue.messages.at(place).receives_here() < redrive.max_receive_count {
            return false;
        }
        let Some(target) = self.find_by_arn(&redrive.target.to_string()) else { return false };
        if self.queue(target).is_fifo() != queue.is_fifo() {
            return false;
        }

        let source_arn = Arc::clone(&queue.arn);
        let mut message = self.queue_mut(id).messages.remove(now, place);
        if self.queue(id).is_fifo() {
            renew(now, &mut message);
        }
        log.event(|| Event {
            at: now,
            queue: Arc::clone(&source_arn),
            what: Happening::DeadLettered { message: message.id, to: Arc::clone(&self.queue(target).arn) },
        });
        message.set_source_arn(Some(source_arn));
        self.queue_mut(target).messages.insert(now, message, now, oracle);
        self.touch(id);
        self.touch(target);
        true
    }
}

/// On FIFO queues the move counts as a new send: retention starts anew, and the message's id becomes its deduplication id, so that
/// two messages with one deduplication id from different queues both arrive.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html>
fn renew(now: Timestamp, message: &mut Message) {
    message.sent_at = now;
    message.deduplication = DeduplicationId::Given(message.id.to_text().into());
}
