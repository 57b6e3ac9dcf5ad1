//! A message as it comes in: parameters of `SendMessage` and of batch entries, checked against the queue.

use indexmap::IndexMap;
use redeliver_model::sqs::{
    MessageAttributeValue, MessageSystemAttributeNameForSends, MessageSystemAttributeValue,
    SendMessageBatchRequestEntry, SendMessageRequest,
};

use super::checksum::{self, Md5};
use super::messages::{Body, DeduplicationId, Extras};
use super::settings::Settings;
use super::{Error, validate};
use crate::Timestamp;

/// The parameters of a send that single calls and batch entries have in common.
#[derive(Debug)]
pub(super) struct Incoming {
    body: Option<String>,
    delay: Option<i32>,
    attributes: IndexMap<String, MessageAttributeValue>,
    system: IndexMap<MessageSystemAttributeNameForSends, MessageSystemAttributeValue>,
    deduplication: Option<String>,
    group: Option<String>,
}

/// A message that passed all checks.
#[derive(Debug)]
pub(super) struct Accepted {
    pub(super) body: Body,
    /// Digest of the body, made or not.
    pub(super) body_md5: Md5,
    pub(super) group: Option<Box<str>>,
    pub(super) deduplication: DeduplicationId,
    pub(super) extras: Option<Box<Extras>>,
    pub(super) visible_at: Timestamp,
    /// Digest of the message attributes.
    pub(super) attributes_md5: Option<Md5>,
    /// Digest of the system attributes that were sent.
    pub(super) system_md5: Option<Md5>,
}

/// Why a parameter is refused that the queue's type does not have, as AWS words it.
const WRONG_TYPE: &str = "The request include parameter that is not valid for this queue type.";

impl From<&mut SendMessageRequest> for Incoming {
    /// Takes the parameters out of the request.
    fn from(request: &mut SendMessageRequest) -> Self {
        Self {
            body: request.message_body.take(),
            delay: request.delay_seconds,
            attributes: request.message_attributes.take().unwrap_or_default(),
            system: request.message_system_attributes.take().unwrap_or_default(),
            deduplication: request.message_deduplication_id.take(),
            group: request.message_group_id.take(),
        }
    }
}

impl From<SendMessageBatchRequestEntry> for Incoming {
    fn from(entry: SendMessageBatchRequestEntry) -> Self {
        Self {
            body: entry.message_body,
            delay: entry.delay_seconds,
            attributes: entry.message_attributes.unwrap_or_default(),
            system: entry.message_system_attributes.unwrap_or_default(),
            deduplication: entry.message_deduplication_id,
            group: entry.message_group_id,
        }
    }
}

impl Incoming {
    /// Bytes that count as the message's size: the body, and names, types and values of its attributes.
    pub(super) fn bytes(&self) -> usize {
        let of_text = |text: &Option<String>| text.as_ref().map_or(0, String::len);
        let of_attributes = self.attributes.iter().map(|(name, value)| {
            let bytes = value.binary_value.as_ref().map_or(0, Vec::len);
            name.len() + of_text(&value.data_type) + of_text(&value.string_value) + bytes
        });
        of_text(&self.body) + of_attributes.sum::<usize>()
    }

    /// What is missing for this queue: without it a whole batch fails.
    pub(super) fn missing(&self, settings: &Settings) -> Option<Missing> {
        let given = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.is_empty());
        if !given(&self.body) {
            return Some(Missing::Parameter("MessageBody"));
        }
        let fifo = settings.fifo?;
        if !given(&self.group) {
            Some(Missing::Parameter("MessageGroupId"))
        } else if self.deduplication.is_none() && !fifo.content_based {
            Some(Missing::Deduplication)
        } else {
            None
        }
    }

    /// Checks the parameters; `trace` is the HTTP header, which a system attribute of the message's own overrides.
    /// `body_md5` is the digest of the body if it was made before.
    pub(super) fn accept(
        self,
        now: Timestamp,
        settings: &Settings,
        trace: Option<&str>,
        body_md5: Option<Md5>,
    ) -> Result<Accepted, Error> {
        let bytes = self.bytes();
        let body = validate::body(self.body)?;
        validate::attributes(&self.attributes)?;
        let own_trace = validate::system_attributes(&self.system)?.map(str::to_owned);
        validate::size(bytes, settings.maximum_message_bytes)?;
        if let Some(group) = &self.group {
            validate::group_id(group)?;
        }
        let deduplication = deduplication_id(self.deduplication, settings)?;
        let delay_secs = delay_secs(self.delay, settings)?;

        let attributes_md5 =
            checksum::of_attributes(self.attributes.iter().map(|(name, value)| (name.as_str(), value)));
        let system_md5 = system_md5(self.system);
        let trace = own_trace.or_else(|| trace.map(str::to_owned));
        let extras = (trace.is_some() || attributes_md5.is_some()).then(|| {
            let attributes = self.attributes.into_iter().collect();
            Box::new(Extras { attributes, attributes_md5, trace, dead_letter_source: None })
        });
        Ok(Accepted {
            body_md5: body_md5.unwrap_or_else(|| checksum::of_body(&body)),
            body: body.into(),
            group: self.group.map(String::into_boxed_str),
            deduplication,
            extras,
            visible_at: now.plus_secs(delay_secs.into()),
            attributes_md5,
            system_md5,
        })
    }
}

/// Something that a send cannot do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Missing {
    /// A parameter.
    Parameter(&'static str),
    /// A deduplication id, on a queue that does not make them from bodies.
    Deduplication,
}

impl Missing {
    /// The fact, for a single send.
    pub(super) fn in_call(self) -> Error {
        match self {
            Self::Parameter(parameter) => Error::MissingParameter { parameter },
            Self::Deduplication => Error::InvalidParameterText {
                text: "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly"
                    .to_owned(),
            },
        }
    }

    /// The fact, for an entry of a batch.
    pub(super) fn in_batch(self) -> Error {
        match self {
            Self::Parameter(parameter) => Error::MissingParameterInBatch { parameter },
            Self::Deduplication => self.in_call(),
        }
    }
}

fn deduplication_id(given: Option<String>, settings: &Settings) -> Result<DeduplicationId, Error> {
    let Some(id) = given else { return Ok(DeduplicationId::OfBody) };
    if settings.fifo.is_none() {
        return Err(Error::InvalidParameter { value: id, parameter: "MessageDeduplicationId", reason: WRONG_TYPE });
    }
    validate::deduplication_id(&id)?;
    Ok(DeduplicationId::Given(id.into()))
}

/// Seconds of delay: on a FIFO queue always the queue's own, where a message may only ask for 0, which means the same as nothing.
fn delay_secs(given: Option<i32>, settings: &Settings) -> Result<u32, Error> {
    let Some(given) = given else { return Ok(settings.delay_secs) };
    let delay = validate::delay_secs(given)?;
    if settings.fifo.is_none() {
        Ok(delay)
    } else if delay == 0 {
        Ok(settings.delay_secs)
    } else {
        Err(Error::InvalidParameter { value: delay.to_string(), parameter: "DelaySeconds", reason: WRONG_TYPE })
    }
}

fn system_md5(system: IndexMap<MessageSystemAttributeNameForSends, MessageSystemAttributeValue>) -> Option<Md5> {
    if system.is_empty() {
        return None;
    }
    let alike: Vec<_> = system
        .into_iter()
        .map(|(name, value)| {
            let MessageSystemAttributeValue { binary_value, data_type, string_value, .. } = value;
            let value = MessageAttributeValue { binary_value, data_type, string_value, ..Default::default() };
            (String::from(name), value)
        })
        .collect();
    checksum::of_attributes(alike.iter().map(|(name, value)| (name.as_str(), value)))
}
