//! A message as a queue gets it, be it the subscription's endpoint or its dead-letter queue.

use std::sync::Arc;

use redeliver_model::sns::MessageAttributeValue;
use redeliver_model::sqs::MessageAttributeValue as QueueAttribute;

use super::transit::Transit;
use crate::sns::Published;
use crate::sqs::{Body, Delivery, QueueId, Refused, Sender, Taken};
use crate::{Caller, Uuid};

/// The service that queues have to let in.
const SERVICE: &str = "sns.amazonaws.com";

/// As whom SNS was seen to send in us-east-1; other regions have other ids.
const PRINCIPAL: &str = "AIDAIT2UOQQY3AUEKVGXU";

/// A message as a queue gets it.
#[derive(Debug, Clone)]
pub(super) struct Letter {
    /// The body.
    pub(super) body: Body,
    /// Message attributes, of raw messages alone: in an envelope they are in the body.
    attributes: Vec<(String, QueueAttribute)>,
    /// The message group.
    group: Option<String>,
    /// The deduplication id.
    deduplication: Option<String>,
    /// The header of tracing.
    trace: Option<String>,
}

/// Whose message it is: what the policies of queues are asked about.
#[derive(Debug, Clone)]
pub(super) struct Origin {
    /// ARN of the topic.
    pub(super) topic: Arc<str>,
    /// As whom SNS sends on its behalf.
    caller: Arc<Caller>,
}

impl Origin {
    /// The topic of this ARN, owner and region.
    pub(super) fn new(topic: Arc<str>, owner: Arc<str>, region: Arc<str>) -> Self {
        let caller = Caller { account: owner, region, principal: PRINCIPAL.into(), endpoint: "".into() };
        Self { topic, caller: Arc::new(caller) }
    }
}

impl Letter {
    /// A message that is raw or in an envelope. FIFO queues need group and deduplication id; a standard queue gets the group of a message of a
    /// standard topic, and neither of one of a FIFO topic. Recorded on AWS.
    pub(super) fn new(published: &Published, body: impl Into<Body>, raw: bool, fifo_queue: bool) -> Self {
        let group = published.group.as_ref().filter(|_| fifo_queue || published.sequence.is_none());
        let deduplication = published.deduplication.as_ref().filter(|_| fifo_queue);
        Self {
            body: body.into(),
            attributes: if raw { queue_attributes(published) } else { Vec::new() },
            group: group.map(ToString::to_string),
            deduplication: deduplication.map(ToString::to_string),
            trace: published.trace.clone(),
        }
    }

    /// A message of SNS itself.
    pub(super) fn plain(body: String) -> Self {
        Self { body: body.into(), attributes: Vec::new(), group: None, deduplication: None, trace: None }
    }

    /// Puts the message into a queue. If the queue takes it, the letter is empty from then on.
    pub(super) fn deliver(&mut self, queue: &str, origin: &Origin, transit: &mut Transit<'_>) -> Result<Uuid, Refused> {
        self.deliver_again(queue, None, origin, transit).map(|taken| taken.message)
    }

    /// The same for a queue that was found at `known` before.
    pub(super) fn deliver_again(
        &mut self,
        queue: &str,
        known: Option<QueueId>,
        origin: &Origin,
        transit: &mut Transit<'_>,
    ) -> Result<Taken, Refused> {
        let delivery = Delivery {
            queue,
            known,
            body: &mut self.body,
            attributes: &mut self.attributes,
            group: self.group.as_deref(),
            deduplication: self.deduplication.as_deref(),
            trace: self.trace.as_deref(),
        };
        let sender = Sender {
            service: SERVICE,
            source_arn: &origin.topic,
            source_account: &origin.caller.account,
            caller: &origin.caller,
        };
        let Transit { now, sqs, log, oracle, is_refused: _ } = transit;
        sqs.deliver(*now, delivery, sender, log, *oracle)
    }
}

/// The attributes of a raw message: those of the publisher, with their types as they are.
/// <https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html>
fn queue_attributes(published: &Published) -> Vec<(String, QueueAttribute)> {
    let attribute = |value: &MessageAttributeValue| QueueAttribute {
        binary_value: value.binary_value.clone(),
        data_type: value.data_type.clone(),
        string_value: value.string_value.clone(),
        ..QueueAttribute::default()
    };
    published.attributes.iter().map(|(name, value)| (name.clone(), attribute(value))).collect()
}
