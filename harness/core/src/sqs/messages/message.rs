//! A message on its way into, through and out of queues.

use std::sync::Arc;

use redeliver_model::sqs::MessageAttributeValue;

use super::body::Body;
use crate::sqs::checksum::Md5;
use crate::{Timestamp, Uuid};

/// A message outside of any queue: what it keeps when it moves.
#[derive(Debug)]
pub(crate) struct Message {
    /// Its id.
    pub(crate) id: Uuid,
    /// Its body.
    pub(crate) body: Body,
    /// Digest of the body.
    pub(crate) body_md5: Md5,
    /// Unique id of the caller who sent it.
    pub(crate) sender: Arc<str>,
    /// Its message group.
    pub(crate) group: Option<Box<str>>,
    /// Its deduplication id; means nothing on standard queues.
    pub(crate) deduplication: DeduplicationId,
    /// What few messages have.
    pub(crate) extras: Option<Box<Extras>>,
    /// When it was enqueued; retention counts from here.
    pub(crate) sent_at: Timestamp,
    /// When it was first received.
    pub(crate) first_received_at: Option<Timestamp>,
    /// How often it was received, over all queues.
    pub(crate) receive_count: u32,
}

impl Message {
    /// Notes or forgets the queue from which it was dead-lettered.
    pub(crate) fn set_source_arn(&mut self, arn: Option<Arc<str>>) {
        if arn.is_some() || self.extras.is_some() {
            self.extras.get_or_insert_default().dead_letter_source = arn;
        }
    }
}

/// A deduplication id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DeduplicationId {
    /// SHA-256 of the body, computed when it is asked for.
    OfBody,
    /// Given by the sender.
    Given(Box<str>),
}

/// What few messages have.
#[derive(Debug, Default)]
pub(crate) struct Extras {
    /// Message attributes, in the order in which they were sent.
    pub(crate) attributes: Vec<(String, MessageAttributeValue)>,
    /// Digest of all message attributes; `None` when there are none.
    pub(crate) attributes_md5: Option<Md5>,
    /// The system attribute `AWSTraceHeader`.
    pub(crate) trace: Option<String>,
    /// ARN of the queue from which the message was dead-lettered.
    pub(crate) dead_letter_source: Option<Arc<str>>,
}
