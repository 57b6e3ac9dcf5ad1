//! Messages on their way into a topic.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::screen::{Audit, Passage};
use super::statement::Direction;
use crate::Uuid;
use crate::sns::context::Context;
use crate::sns::envelope::time_text;
use crate::sns::incoming::Content;
use crate::sns::outbox::Entry;
use crate::sns::publish_fault::PublishFault;
use crate::sns::{Sns, TopicId};

/// How the outbox names what is told about messages.
const AUDIT: &str = "audit";

impl Sns {
    /// Looks at what a message says to each protocol, and changes it where the topic's policy says so.
    ///
    /// # Errors
    ///
    /// When the policy denies the message. How AWS words that is not recorded.
    pub(in crate::sns) fn screen_inbound(
        &mut self,
        cx: &Context<'_>,
        topic: TopicId,
        mut content: Content,
    ) -> Result<(Content, Option<Audit>), PublishFault> {
        let topic = self.registry.topic_mut(topic).expect("the topic was just found");
        let Some(policy) = &mut topic.protection else { return Ok((content, None)) };
        let mut told = None;
        let bodies = &mut content.bodies;
        for body in std::iter::once(&mut bodies.default).chain(bodies.by_protocol.values_mut()) {
            match policy.screen(Direction::Inbound, &cx.caller.account, body) {
                Passage::Denied { found } => return Err(PublishFault::Protected { found }),
                Passage::Passed { body: changed, audit } => {
                    told = told.or(audit);
                    *body = changed.into_owned();
                }
            }
        }
        Ok((content, told))
    }

    /// Tells what was found in a message: the outbox has it, once for each destination.
    pub(in crate::sns) fn tell_audit(&mut self, cx: &Context<'_>, topic: TopicId, message: Uuid, audit: Option<Audit>) {
        let (Some(Audit { found, destination }), Some(topic)) = (audit, self.topic(topic)) else { return };
        let identifiers = found.iter().map(|(name, places)| {
            let detections: Vec<Value> =
                places.iter().map(|place| json!({ "start": place.start, "end": place.end })).collect();
            json!({ "name": name, "count": places.len(), "detections": detections })
        });
        let record = json!({
            "messageId": message.to_text(),
            "auditTimestamp": time_text(cx.now),
            "callerPrincipal": *cx.caller.principal,
            "resourceArn": *topic.arn,
            "dataIdentifiers": identifiers.collect::<Vec<_>>(),
        });
        let destinations = destination.as_object().cloned().unwrap_or_default();
        for (service, names) in destinations {
            let name = names.as_object().and_then(|names| names.values().next()?.as_str()).unwrap_or_default();
            self.outbox.push(Entry {
                at: cx.now,
                protocol: AUDIT,
                endpoint: format!("{service} {name}"),
                message: record.to_string(),
                subject: None,
                message_id: message,
                attributes: BTreeMap::new(),
                failure: None,
            });
        }
    }
}
