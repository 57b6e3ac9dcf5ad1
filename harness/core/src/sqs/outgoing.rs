//! A message as it goes out to a consumer.

use indexmap::IndexMap;
use redeliver_model::sqs::{self as model, MessageSystemAttributeName as Name};

use super::checksum::{hexadecimal, of_attributes, of_body_now};
use super::messages::{DeduplicationId, Messages, Stored, hash_text};
use super::receipt_handle::ReceiptHandle;
use super::selection::Selection;
use super::sequence::sequence_number;

/// The message of a handle, with the attributes that are wanted.
pub(super) fn outgoing(
    messages: &Messages,
    handle: ReceiptHandle,
    selection: &Selection,
    is_fifo: bool,
) -> model::Message {
    let stored = messages.at(handle.place);
    let body = stored.body.text();
    let (message_attributes, md5_of_message_attributes) = user_attributes(stored, selection);
    model::Message {
        attributes: selection.system(|name| system_attribute(messages, stored, name, is_fifo)),
        md5_of_body: Some(hexadecimal(&of_body_now(stored.body_md5, &body))),
        body: Some(body.into_owned()),
        md5_of_message_attributes,
        message_attributes,
        message_id: Some(stored.id.to_text()),
        receipt_handle: Some(handle.to_text()),
    }
}

/// The wanted attributes and their digest. SDKs compare it with what they got, so it is that of the wanted ones alone.
fn user_attributes(
    stored: &Stored,
    selection: &Selection,
) -> (Option<IndexMap<String, model::MessageAttributeValue>>, Option<String>) {
    let Some(extras) = &stored.extras else { return (None, None) };
    let wanted = selection.user(&extras.attributes);
    if wanted.is_empty() {
        return (None, None);
    }
    let md5 = if wanted.len() == extras.attributes.len() {
        extras.attributes_md5
    } else {
        of_attributes(wanted.iter().map(|(name, value)| (name.as_str(), value)))
    };
    let attributes = wanted.into_iter().map(|(name, value)| (name.clone(), value.clone())).collect();
    (Some(attributes), md5.map(|md5| hexadecimal(&md5)))
}

fn system_attribute(messages: &Messages, stored: &Stored, name: &Name, is_fifo: bool) -> Option<String> {
    let extras = stored.extras.as_ref();
    match name {
        Name::SenderId => Some(stored.sender.to_string()),
        Name::SentTimestamp => Some(stored.sent_at.to_string()),
        Name::ApproximateReceiveCount => Some(stored.receive_count.to_string()),
        Name::ApproximateFirstReceiveTimestamp => stored.first_received_at().map(|at| at.to_string()),
        Name::SequenceNumber => is_fifo.then(|| sequence_number(stored.position)),
        Name::MessageDeduplicationId if is_fifo => Some(match &stored.deduplication {
            DeduplicationId::OfBody => hash_text(&stored.body.text()),
            DeduplicationId::Given(id) => id.to_string(),
        }),
        Name::MessageGroupId => messages.group(stored).map(ToString::to_string),
        Name::AWSTraceHeader => extras.and_then(|extras| extras.trace.clone()),
        Name::DeadLetterQueueSourceArn => {
            extras.and_then(|extras| extras.dead_letter_source.as_ref()).map(ToString::to_string)
        }
        Name::MessageDeduplicationId | Name::All | Name::Other(_) => None,
    }
}
