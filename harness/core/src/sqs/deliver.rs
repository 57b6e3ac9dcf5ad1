//! Messages that another service sends, gated by the queue's policy.

use std::fmt;
use std::mem::{replace, take};
use std::sync::Arc;

use redeliver_model::sqs::MessageAttributeValue;

use super::Sqs;
use super::checksum;
use super::context::Context;
use super::incoming::Accepted;
use super::messages::{Body, DeduplicationId, Extras};
use super::prepared::Prepared;
use super::queue::QueueId;
use crate::log::Log;
use crate::{Caller, Oracle, Timestamp, Uuid};

/// A message that another service sends.
#[derive(Debug)]
pub(crate) struct Delivery<'a> {
    /// ARN of the queue.
    pub(crate) queue: &'a str,
    /// Where the queue was found before.
    pub(crate) known: Option<QueueId>,
    /// The body, which is taken out if the queue takes the message.
    pub(crate) body: &'a mut Body,
    /// Message attributes, which are taken out as the body is.
    pub(crate) attributes: &'a mut Vec<(String, MessageAttributeValue)>,
    /// The message group.
    pub(crate) group: Option<&'a str>,
    /// The deduplication id, on FIFO queues.
    pub(crate) deduplication: Option<&'a str>,
    /// The system attribute `AWSTraceHeader`.
    pub(crate) trace: Option<&'a str>,
}

/// A message that a queue took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Taken {
    /// The id that it has there.
    pub(crate) message: Uuid,
    /// Where the queue was found.
    pub(crate) queue: QueueId,
}

/// Which service sends, and on whose behalf: what a queue's policy is asked about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sender<'a> {
    /// The service's principal, for example `sns.amazonaws.com`.
    pub(crate) service: &'static str,
    /// ARN of what it sends for: `aws:SourceArn`.
    pub(crate) source_arn: &'a Arc<str>,
    /// The owner of that: `aws:SourceAccount`.
    pub(crate) source_account: &'a Arc<str>,
    /// As whom the message says that it was sent.
    pub(crate) caller: &'a Caller,
}

/// Why a queue does not take a message. None of these is mended by trying again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// There is no such queue.
    NoQueue,
    /// The queue's policy does not let the service in.
    Denied {
        /// Why, and what would.
        why: String,
    },
    /// The queue is encrypted with a key that the service may not use.
    Key {
        /// The key.
        key: String,
    },
    /// A FIFO queue takes only messages with a group and a deduplication id.
    NoGroup,
    /// More message attributes than a message of SQS can have.
    Attributes {
        /// How many.
        found: usize,
    },
}

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoQueue => formatter.write_str("there is no such queue"),
            Self::Denied { why } => formatter.write_str(why),
            Self::Key { key } => write!(
                formatter,
                "the queue is encrypted with `{key}`, which AWS does not let other services use: encrypt it with a key of your own"
            ),
            Self::NoGroup => formatter.write_str("a FIFO queue takes no message without a message group"),
            Self::Attributes { found } => write!(
                formatter,
                "{found} message attributes are too many for a raw message: send at most {ATTRIBUTES_MAX}, or deliver it as an envelope"
            ),
        }
    }
}

/// <https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html>
const ATTRIBUTES_MAX: usize = 10;

/// The managed key of SQS, whose policy can't be changed.
/// <https://docs.aws.amazon.com/sns/latest/dg/sns-enable-encryption-for-topic-sqs-queue-subscriptions.html>
const MANAGED_KEY: &str = "alias/aws/sqs";

impl Sqs {
    /// Puts a message of another service into a queue, if the queue takes it. How large it may be is for the service to say: the queue's own
    /// maximum does not count.
    /// <https://docs.aws.amazon.com/sns/latest/dg/large-message-payloads.html>
    pub(crate) fn deliver(
        &mut self,
        now: Timestamp,
        delivery: Delivery<'_>,
        sender: Sender<'_>,
        log: &mut Log,
        oracle: &mut dyn Oracle,
    ) -> Result<Taken, Refused> {
        let Delivery { queue, known, body, attributes, group, deduplication, trace } = delivery;
        let id = self.find_again(queue, known).ok_or(Refused::NoQueue)?;
        self.admit_service(sender, id).map_err(|why| Refused::Denied { why })?;
        let settings = self.queue(id).in_force.get();
        if let Some(key) = settings.kms_key.as_ref().filter(|key| *key == MANAGED_KEY) {
            return Err(Refused::Key { key: key.clone() });
        }
        if settings.fifo.is_some() && (group.is_none() || deduplication.is_none()) {
            return Err(Refused::NoGroup);
        }
        if attributes.len() > ATTRIBUTES_MAX {
            return Err(Refused::Attributes { found: attributes.len() });
        }
        let visible_at = now.plus_secs(settings.delay_secs.into());
        let deduplication = deduplication.filter(|_| settings.fifo.is_some());
        let attributes_md5 = checksum::of_attributes(attributes.iter().map(|(name, value)| (name.as_str(), value)));
        let extras = (trace.is_some() || attributes_md5.is_some()).then(|| {
            let trace = trace.map(str::to_owned);
            Box::new(Extras { attributes: take(attributes), attributes_md5, trace, dead_letter_source: None })
        });
        let accepted = Accepted {
            body: replace(body, Body::Own("".into())),
            body_md5: checksum::of_body_later(),
            group: group.map(Into::into),
            deduplication: deduplication.map_or(DeduplicationId::OfBody, |id| DeduplicationId::Given(id.into())),
            extras,
            visible_at,
            attributes_md5,
            system_md5: None,
        };
        let mut cx = Context {
            now,
            caller: sender.caller,
            trace: None,
            prepared: Prepared::default(),
            log,
            queue: Ok(id),
            oracle,
        };
        Ok(Taken { message: self.enqueue(&mut cx, id, accepted).id, queue: id })
    }

    /// Serves receives that wait for what was delivered, and lets happen what became due by that.
    pub(crate) fn delivered(&mut self, now: Timestamp, log: &mut Log, oracle: &mut dyn Oracle) {
        self.serve_polls(now, log, oracle);
        self.tick(now, log, oracle);
    }
}
