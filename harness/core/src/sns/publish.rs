//! `Publish`.

use std::sync::Arc;

use redeliver_model::sns::{PublishInput, PublishResponse};

use super::context::Context;
use super::delivery::Outgoing;
use super::incoming::{Content, Incoming, Order};
use super::message::Message;
use super::platform::{self, Home};
use super::publish_fault::PublishFault;
use super::settings::{MESSAGE_BYTES_DEFAULT, Scope};
use super::{Error, Event, Happening, Published, Sns, TopicId};
use crate::Uuid;

/// What a publisher is told.
#[derive(Debug)]
pub(super) struct Receipt {
    /// Id of the message.
    pub(super) message: Uuid,
    /// Its sequence number, of FIFO topics alone.
    pub(super) sequence: Option<String>,
}

impl Receipt {
    fn new(message: Uuid) -> Self {
        Self { message, sequence: None }
    }
}

impl Sns {
    /// Takes a message to a topic, to an endpoint of mobile push or to a phone number.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_Publish.html>
    pub(in crate::sns) fn publish(
        &mut self,
        cx: &mut Context<'_>,
        mut input: PublishInput,
    ) -> Result<PublishResponse, Error> {
        let targets = (input.topic_arn.take(), input.target_arn.take(), input.phone_number.take());
        let incoming = Incoming::of_publish(input);
        let receipt = match targets {
            (Some(topic), None, None) => self.publish_to_topic(cx, ("TopicArn", &topic), incoming)?,
            (None, Some(target), None) if is_endpoint(&target) => self.publish_to_endpoint(cx, &target, incoming)?,
            (None, Some(target), None) => self.publish_to_topic(cx, ("TargetArn", &target), incoming)?,
            (None, None, Some(number)) => self.publish_to_phone(cx, &number, incoming)?,
            (None, None, None) => return Err(Error::MissingValue { parameter: "TopicArn or TargetArn" }),
            _ => return Err(PublishFault::SeveralTargets.into()),
        };
        Ok(PublishResponse { message_id: Some(receipt.message.to_text()), sequence_number: receipt.sequence })
    }

    fn publish_to_topic(
        &mut self,
        cx: &mut Context<'_>,
        (parameter, arn): (&'static str, &str),
        mut incoming: Incoming,
    ) -> Result<Receipt, Error> {
        let topic = self.find_topic(cx, parameter, Some(arn))?;
        let (id, most) = (topic.id, topic.settings.message_bytes_max());
        self.keys.check(topic.settings.kms_key.as_deref())?;
        let order = Order::new(&topic.settings, &incoming)?;
        let content = checked(&mut incoming, most)?;
        let (content, audit) = self.screen_inbound(cx, id, content)?;
        let receipt = self.take_in(cx, id, incoming, order, content);
        self.tell_audit(cx, id, receipt.message, audit);
        Ok(receipt)
    }

    fn publish_to_endpoint(
        &mut self,
        cx: &mut Context<'_>,
        arn: &str,
        mut incoming: Incoming,
    ) -> Result<Receipt, Error> {
        self.push_target(arn)?;
        let Content { bodies, .. } = checked(&mut incoming, MESSAGE_BYTES_DEFAULT)?;
        let id = self.ids.uuid();
        let text = bodies.by_key(platform::key(arn).unwrap_or_default());
        let message = Message { at: cx.now, id, text, attributes: &incoming.attributes };
        // That it does not arrive is not told to publishers.
        let _ = self.push(arn, &message);
        Ok(Receipt::new(id))
    }

    fn publish_to_phone(
        &mut self,
        cx: &mut Context<'_>,
        number: &str,
        mut incoming: Incoming,
    ) -> Result<Receipt, Error> {
        Self::text_target(number, incoming.message())?;
        let Content { bodies, .. } = checked(&mut incoming, MESSAGE_BYTES_DEFAULT)?;
        let id = self.ids.uuid();
        let message = Message { at: cx.now, id, text: bodies.by_key("sms"), attributes: &incoming.attributes };
        // That it does not arrive is not told to publishers.
        let _ = self.text(Home::of_caller(cx.caller), number, &message);
        Ok(Receipt::new(id))
    }

    /// Takes a message that is good into a topic, unless it came before.
    pub(super) fn take_in(
        &mut self,
        cx: &mut Context<'_>,
        id: TopicId,
        incoming: Incoming,
        Order { group, deduplication }: Order,
        Content { subject, bodies }: Content,
    ) -> Receipt {
        let topic = self.registry.topic_mut(id).expect("the topic was just found");
        let topic_arn = Arc::clone(&topic.arn);
        let scope = topic.settings.scope.unwrap_or(Scope::Topic);
        let mut message = Receipt::new(self.ids.uuid());
        if let (Some(fifo), Some(group), Some(deduplication)) = (&mut topic.fifo, &group, &deduplication) {
            if let Some(known) = fifo.find(cx.now, scope, group, deduplication) {
                let known = Receipt { message: known.message, sequence: Some(known.sequence.clone()) };
                let what = Happening::Deduplicated { message: known.message };
                cx.log.sns(|| Event { at: cx.now, topic: topic_arn, what });
                return known;
            }
            message.sequence = Some(fifo.add(cx.now, scope, group, deduplication, message.message));
        }
        let published = Arc::new(Published {
            id: message.message,
            at: cx.now,
            topic: id,
            topic_arn: Arc::clone(&topic_arn),
            endpoint: Arc::clone(&cx.caller.endpoint),
            subject,
            bodies,
            attributes: incoming.attributes,
            group,
            deduplication,
            sequence: message.sequence.clone(),
            trace: cx.trace.clone(),
        });
        if let Some(archive) = &mut topic.archive {
            archive.keep(cx.now, Arc::clone(&published));
        }
        let (group, sequence) = (published.group.clone(), published.sequence.clone());
        let what = Happening::Published { message: published.id, group, sequence };
        cx.log.sns(|| Event { at: cx.now, topic: topic_arn, what });
        self.outgoing.push_back(Outgoing::Published(published));
        message
    }
}

/// Checks attributes, size and content.
fn checked(incoming: &mut Incoming, most: usize) -> Result<Content, Error> {
    let bytes = incoming.bytes()?;
    let content = incoming.content()?;
    if bytes > most { Err(PublishFault::TooLong.into()) } else { Ok(content) }
}

fn is_endpoint(arn: &str) -> bool {
    arn.split(':').nth(5).is_some_and(|resource| resource.starts_with("endpoint/"))
}
