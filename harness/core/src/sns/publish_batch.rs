//! `PublishBatch`.

use std::collections::BTreeSet;

use redeliver_model::sns::{
    BatchResultErrorEntry, PublishBatchInput, PublishBatchRequestEntry, PublishBatchResponse, PublishBatchResultEntry,
};

use super::context::Context;
use super::incoming::{Incoming, Order};
use super::publish_fault::PublishFault;
use super::{Error, Sns};

const ENTRIES_MAX: usize = 10;
const ID_CHARACTERS_MAX: usize = 80;

impl Sns {
    /// Takes up to ten messages to a topic. Attributes, groups and sizes that cannot be fail the whole batch, as recorded; what is wrong with
    /// text, subject or structure fails an entry.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html>
    pub(in crate::sns) fn publish_batch(
        &mut self,
        cx: &mut Context<'_>,
        input: PublishBatchInput,
    ) -> Result<PublishBatchResponse, Error> {
        let topic = self.find_topic(cx, "TopicArn", input.topic_arn.as_deref())?;
        self.keys.check(topic.settings.kms_key.as_deref())?;
        let (topic, most, settings) = (topic.id, topic.settings.message_bytes_max(), &topic.settings);
        let entries = input.publish_batch_request_entries.unwrap_or_default();
        check_ids(&entries)?;
        let (mut messages, mut bytes) = (Vec::new(), 0);
        for mut entry in entries {
            let id = entry.id.take().unwrap_or_default();
            let incoming = Incoming::of_entry(entry);
            bytes += incoming.bytes()?;
            messages.push((id, Order::new(settings, &incoming)?, incoming));
        }
        if bytes > most {
            return Err(PublishFault::BatchTooLong.into());
        }
        let (mut successful, mut failed) = (Vec::new(), Vec::new());
        for (id, order, mut incoming) in messages {
            match incoming.content().and_then(|content| self.screen_inbound(cx, topic, content)) {
                Ok((content, audit)) => {
                    let receipt = self.take_in(cx, topic, incoming, order, content);
                    self.tell_audit(cx, topic, receipt.message, audit);
                    successful.push(PublishBatchResultEntry {
                        id: Some(id),
                        message_id: Some(receipt.message.to_text()),
                        sequence_number: receipt.sequence,
                    });
                }
                Err(fault) => failed.push(refused(id, fault)),
            }
        }
        Ok(PublishBatchResponse { failed: Some(failed), successful: Some(successful) })
    }
}

fn check_ids(entries: &[PublishBatchRequestEntry]) -> Result<(), PublishFault> {
    let is_id = |id: &str| {
        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        (1..=ID_CHARACTERS_MAX).contains(&id.len()) && id.bytes().all(is_allowed)
    };
    let ids: Vec<&str> = entries.iter().map(|entry| entry.id.as_deref().unwrap_or_default()).collect();
    if ids.is_empty() {
        Err(PublishFault::EmptyBatch)
    } else if ids.len() > ENTRIES_MAX {
        Err(PublishFault::TooManyEntries)
    } else if !ids.iter().all(|id| is_id(id)) {
        Err(PublishFault::EntryId)
    } else if ids.iter().collect::<BTreeSet<_>>().len() < ids.len() {
        Err(PublishFault::EntryIdTwice)
    } else {
        Ok(())
    }
}

fn refused(id: String, fault: PublishFault) -> BatchResultErrorEntry {
    let told = Error::Publish(fault).describe();
    BatchResultErrorEntry {
        id: Some(id),
        code: Some(told.code.to_owned()),
        message: Some(told.message),
        sender_fault: Some(true),
    }
}
