//! Consumers with enhanced fan-out: readers that have throughput of their own.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use redeliver_model::kinesis::{self as model, ConsumerStatus};

use super::agenda::Due;
use super::context::Context;
use super::{ControlFault, Error, Kinesis, ShardId, Stream, StreamId};
use crate::{Arn, Timestamp};

/// Names a consumer for as long as it is registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::kinesis) struct ConsumerId(pub(in crate::kinesis) u32);

/// What a consumer is busy with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::kinesis) enum Stage {
    /// It is being registered.
    Creating,
    /// Nothing.
    Active,
    /// It is being deregistered.
    Deleting,
}

impl Stage {
    /// As clients see it.
    pub(in crate::kinesis) fn to_model(self) -> ConsumerStatus {
        match self {
            Self::Creating => ConsumerStatus::Creating,
            Self::Active => ConsumerStatus::Active,
            Self::Deleting => ConsumerStatus::Deleting,
        }
    }

    /// As texts name it.
    pub(in crate::kinesis) fn name(self) -> &'static str {
        match self {
            Self::Creating => "CREATING",
            Self::Active => "ACTIVE",
            Self::Deleting => "DELETING",
        }
    }
}

/// One consumer.
#[derive(Debug)]
pub(in crate::kinesis) struct Consumer {
    /// Its name for as long as it is registered.
    pub(in crate::kinesis) id: ConsumerId,
    /// Its name.
    pub(in crate::kinesis) name: Arc<str>,
    /// Its ARN.
    pub(in crate::kinesis) arn: Arc<str>,
    /// When it was registered.
    pub(in crate::kinesis) created_at: Timestamp,
    /// What it is busy with.
    pub(in crate::kinesis) stage: Stage,
    /// Its tags.
    pub(in crate::kinesis) tags: BTreeMap<String, String>,
    /// Its resource policy.
    pub(in crate::kinesis) policy: Option<String>,
    /// When its shards were last subscribed to.
    pub(in crate::kinesis) subscribed_at: BTreeMap<ShardId, Timestamp>,
}

impl Consumer {
    /// As `RegisterStreamConsumer` and lists show it, without its stream.
    pub(in crate::kinesis) fn to_model(&self) -> model::Consumer {
        model::Consumer {
            consumer_arn: Some(self.arn.to_string()),
            // In whole seconds, as its ARN has it.
            consumer_creation_timestamp: Some(Timestamp(self.created_at.as_secs() * 1_000)),
            consumer_name: Some(self.name.to_string()),
            consumer_status: Some(self.stage.to_model()),
        }
    }

    /// As `DescribeStreamConsumer` shows it.
    pub(in crate::kinesis) fn describe(&self, stream: &Stream) -> model::ConsumerDescription {
        let model::Consumer { consumer_arn, consumer_creation_timestamp, consumer_name, consumer_status } =
            self.to_model();
        model::ConsumerDescription {
            consumer_arn,
            consumer_creation_timestamp,
            consumer_name,
            consumer_status,
            stream_arn: Some(stream.arn.to_string()),
        }
    }
}

/// How a call names a consumer.
#[derive(Debug, Clone, Copy)]
pub(in crate::kinesis) struct NamedConsumer<'a> {
    /// `ConsumerARN`.
    pub(in crate::kinesis) arn: Option<&'a str>,
    /// `StreamARN`.
    pub(in crate::kinesis) stream: Option<&'a str>,
    /// `ConsumerName`.
    pub(in crate::kinesis) name: Option<&'a str>,
}

/// The ARN of the stream of the consumer with this ARN.
pub(in crate::kinesis) fn stream_of(arn: &str) -> Option<&str> {
    let parsed = Arn::parse(arn).filter(|arn| arn.service == "kinesis")?;
    let (stream, consumer) = parsed.resource.split_once("/consumer/")?;
    let is_stream = stream.strip_prefix("stream/").is_some_and(|name| !name.is_empty() && !name.contains('/'));
    (is_stream && !consumer.is_empty()).then(|| arn.split_once("/consumer/").map(|(stream, _)| stream)).flatten()
}

impl Kinesis {
    /// The consumer that a call is about.
    pub(in crate::kinesis) fn find_consumer(
        &self,
        cx: &Context<'_>,
        named: NamedConsumer<'_>,
    ) -> Result<(StreamId, ConsumerId), Error> {
        let NamedConsumer { arn, stream, name } = named;
        let stream_arn = match (arn, stream, name) {
            (Some(arn), ..) => stream_of(arn).ok_or_else(|| ControlFault::Arn { arn: arn.to_owned() })?,
            (None, Some(stream), Some(_)) => stream,
            (None, ..) => return Err(ControlFault::NoConsumer.into()),
        };
        let id = self.find(cx.caller, super::find::Named { name: None, arn: Some(stream_arn) })?;
        let stream = self.stream(id);
        let is_meant = |consumer: &&Consumer| match arn {
            Some(arn) => *consumer.arn == *arn && name.is_none_or(|name| *consumer.name == *name),
            None => name == Some(&*consumer.name),
        };
        let found = stream.consumers.values().find(is_meant);
        let found = found.ok_or_else(|| ControlFault::ConsumerNotFound {
            consumer: arn.or(name).unwrap_or_default().to_owned(),
            account: Arc::clone(&stream.account),
        })?;
        Ok((id, found.id))
    }

    /// Lets a consumer be busy with something until a time that the oracle knows.
    pub(in crate::kinesis) fn begin_consumer(
        &mut self,
        cx: &mut Context<'_>,
        (stream, consumer): (StreamId, ConsumerId),
        stage: Stage,
    ) {
        let takes = cx.oracle.transition(Duration::from_millis(self.limits.stream_transition_ms));
        if let Some(consumer) = self.stream_mut(stream).consumers.get_mut(&consumer) {
            consumer.stage = stage;
        }
        self.agenda.plan(cx.now + takes, Due::Consumer(stream, consumer));
    }

    /// What a consumer is busy with comes to its end.
    pub(in crate::kinesis) fn settle_consumer(&mut self, stream: StreamId, id: ConsumerId) {
        // Its stream may have been deleted in the meantime, or the consumer with it.
        let Some(stream) = self.registry.get_mut(stream) else { return };
        let Some(consumer) = stream.consumers.get_mut(&id) else { return };
        match consumer.stage {
            Stage::Creating => consumer.stage = Stage::Active,
            Stage::Active => {}
            Stage::Deleting => {
                stream.consumers.remove(&id);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::stream_of;

    #[test]
    fn the_stream_of_a_consumer_stands_in_its_arn() {
        let stream = "arn:aws:kinesis:us-east-1:123456789012:stream/s";
        assert_eq!(stream_of(&format!("{stream}/consumer/c:1")), Some(stream));
        for other in [stream, "arn:aws:kinesis:us-east-1:123456789012:stream/s/consumer/", "x/consumer/c:1"] {
            assert_eq!(stream_of(other), None, "{other}");
        }
    }
}
