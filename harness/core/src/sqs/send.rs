//! `SendMessage` and `SendMessageBatch`.

use std::sync::Arc;

use redeliver_model::sqs::{
    BatchResultErrorEntry, SendMessageBatchRequest, SendMessageBatchResult, SendMessageBatchResultEntry,
    SendMessageRequest, SendMessageResult,
};

use super::checksum::{Md5, hexadecimal};
use super::context::Context;
use super::incoming::{Accepted, Incoming};
use super::messages::Message;
use super::queue::QueueId;
use super::sequence::sequence_number;
use super::{Error, Event, Happening, Sqs, validate};
use crate::Uuid;

/// What a send is answered with.
pub(super) struct Sent {
    pub(super) id: Uuid,
    /// Position on a FIFO queue.
    position: Option<u64>,
    body_md5: Md5,
    attributes_md5: Option<Md5>,
    system_md5: Option<Md5>,
}

impl Sqs {
    /// `SendMessage`.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html>
    pub(super) fn send_message(
        &mut self,
        cx: &mut Context<'_>,
        input: &mut SendMessageRequest,
    ) -> Result<SendMessageResult, Error> {
        let id = cx.queue()?;
        let settings = self.queue(id).in_force.get();
        let incoming = Incoming::from(input);
        if let Some(missing) = incoming.missing(settings) {
            return Err(missing.in_call());
        }
        self.keys.check(settings.kms_key.as_deref())?;
        let accepted = incoming.accept(cx.now, settings, cx.trace.as_deref(), cx.prepared.body_md5)?;
        let sent = self.enqueue(cx, id, accepted);
        Ok(SendMessageResult {
            md5_of_message_attributes: sent.attributes_md5.map(|md5| hexadecimal(&md5)),
            md5_of_message_body: Some(hexadecimal(&sent.body_md5)),
            md5_of_message_system_attributes: sent.system_md5.map(|md5| hexadecimal(&md5)),
            message_id: Some(sent.id.to_text()),
            sequence_number: sent.position.map(sequence_number),
        })
    }

    /// `SendMessageBatch`: what the request as a whole lacks fails it as a whole, what an entry has wrong fails that entry.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html>
    pub(super) fn send_message_batch(
        &mut self,
        cx: &mut Context<'_>,
        input: SendMessageBatchRequest,
    ) -> Result<SendMessageBatchResult, Error> {
        let id = cx.queue()?;
        let mut entries = input.entries.unwrap_or_default();
        validate::entries("SendMessageBatchRequestEntry", entries.iter().map(|entry| entry.id.as_deref()))?;
        let entries: Vec<(Option<String>, Incoming)> =
            entries.drain(..).map(|mut entry| (entry.id.take(), Incoming::from(entry))).collect();
        let settings = self.queue(id).in_force.get();
        if let Some(missing) = entries.iter().find_map(|(_, incoming)| incoming.missing(settings)) {
            return Err(missing.in_batch());
        }
        self.keys.check(settings.kms_key.as_deref())?;
        validate::total(entries.iter().map(|(_, incoming)| incoming.bytes()).sum())?;

        let (mut successful, mut failed) = (Vec::new(), Vec::new());
        for (entry, incoming) in entries {
            match incoming.accept(cx.now, self.queue(id).in_force.get(), cx.trace.as_deref(), None) {
                Ok(accepted) => {
                    let sent = self.enqueue(cx, id, accepted);
                    successful.push(SendMessageBatchResultEntry {
                        id: entry,
                        md5_of_message_attributes: sent.attributes_md5.map(|md5| hexadecimal(&md5)),
                        md5_of_message_body: Some(hexadecimal(&sent.body_md5)),
                        md5_of_message_system_attributes: sent.system_md5.map(|md5| hexadecimal(&md5)),
                        message_id: Some(sent.id.to_text()),
                        sequence_number: sent.position.map(sequence_number),
                    });
                }
                Err(error) => failed.push(failure(entry, &error)),
            }
        }
        Ok(SendMessageBatchResult { failed: listed(failed), successful: listed(successful) })
    }

    /// Puts a message into a queue, unless it repeats an earlier one.
    pub(super) fn enqueue(&mut self, cx: &mut Context<'_>, id: QueueId, accepted: Accepted) -> Sent {
        let Accepted { body, body_md5, group, deduplication, extras, visible_at, attributes_md5, system_md5 } =
            accepted;
        let queue = self.queues[id.index()].as_mut().expect("the caller found it");
        let name = group.as_deref().unwrap_or_default();
        let duplicate = queue.messages.deduplicate(cx.now, name, &deduplication, &body);
        let key = match duplicate {
            None => None,
            Some(Ok(key)) => Some(key),
            Some(Err(original)) => {
                let event = || Happening::Deduplicated { message: original.id() };
                cx.log.event(|| Event { at: cx.now, queue: Arc::clone(&queue.arn), what: event() });
                let position = Some(original.position);
                return Sent { id: original.id(), position, body_md5, attributes_md5, system_md5 };
            }
        };
        let message = self.ids.uuid();
        cx.log.event(|| Event {
            at: cx.now,
            queue: Arc::clone(&queue.arn),
            what: Happening::Sent { message, group: group.as_deref().map(Arc::from), visible_at },
        });
        let incoming = Message {
            id: message,
            body,
            body_md5,
            sender: Arc::clone(&cx.caller.principal),
            group,
            deduplication,
            extras,
            sent_at: cx.now,
            first_received_at: None,
            receive_count: 0,
        };
        let position = queue.messages.insert(cx.now, incoming, visible_at, cx.oracle);
        if let Some(key) = key {
            queue.messages.remember_send(cx.now, key, message, position);
        }
        self.touch(id);
        Sent { id: message, position: key.map(|_| position), body_md5, attributes_md5, system_md5 }
    }
}

/// A batch entry that failed; AWS calls everything that it can blame on an entry the sender's fault.
pub(super) fn failure(id: Option<String>, error: &Error) -> BatchResultErrorEntry {
    let description = error.describe_in_entry();
    BatchResultErrorEntry {
        code: Some(description.code.to_owned()),
        id,
        message: Some(description.message),
        sender_fault: Some(true),
    }
}

/// A list as AWS answers it: left out when it is empty.
pub(super) fn listed<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}
