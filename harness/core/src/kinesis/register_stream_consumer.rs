//! `RegisterStreamConsumer`.

use std::collections::BTreeMap;
use std::sync::Arc;

use redeliver_model::kinesis::{RegisterStreamConsumerInput, RegisterStreamConsumerOutput};

use super::consumer::{Consumer, ConsumerId, Stage};
use super::context::Context;
use super::find::Named;
use super::{ControlFault, Error, Kinesis, Stream, tags};
use crate::Timestamp;

/// Consumers of a stream, unless its account has committed itself to a minimum of throughput.
/// <https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html>
const CONSUMERS_MAX: usize = 20;
/// Consumers of an on-demand stream of an account that has.
const CONSUMERS_MAX_COMMITTED: usize = 50;
/// Consumers of a stream that may be in the making at once.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_RegisterStreamConsumer.html>
const CREATING_MAX: usize = 5;

impl Kinesis {
    /// Registers a consumer, which takes a while.
    pub(in crate::kinesis) fn register_stream_consumer(
        &mut self,
        cx: &mut Context<'_>,
        input: RegisterStreamConsumerInput,
    ) -> Result<RegisterStreamConsumerOutput, Error> {
        let name = input.consumer_name.ok_or(Error::Missing { member: "consumerName" })?;
        let arn = input.stream_arn.ok_or(Error::Missing { member: "streamARN" })?;
        let id = self.find(cx.caller, Named { name: None, arn: Some(&arn) })?;
        let given: BTreeMap<_, _> = input.tags.into_iter().flatten().collect();
        tags::check(&given)?;
        let stream = self.stream(id);
        stream.be_there()?;
        tags::fit(&given, &name, &stream.account)?;
        if stream.consumers.values().any(|consumer| *consumer.name == *name) {
            let (stream, account) = (Arc::clone(&stream.name), Arc::clone(&stream.account));
            return Err(ControlFault::ConsumerExists { consumer: name, stream, account }.into());
        }
        let limit = self.consumers_max(stream, cx.now);
        if stream.consumers.len() + self.queues.of_stream(id) >= limit {
            return Err(ControlFault::TooManyConsumers { limit }.into());
        }
        let is_creating = |consumer: &&Consumer| consumer.stage == Stage::Creating;
        if stream.consumers.values().filter(is_creating).count() >= CREATING_MAX {
            return Err(ControlFault::TooManyCreating { limit: CREATING_MAX }.into());
        }
        let arn = format!("{}/consumer/{name}:{}", stream.arn, cx.now.as_secs());
        self.consumers_registered += 1;
        let consumer_id = ConsumerId(self.consumers_registered);
        let consumer = Consumer {
            id: consumer_id,
            name: name.into(),
            arn: arn.into(),
            created_at: cx.now,
            stage: Stage::Creating,
            tags: given,
            policy: None,
            subscribed_at: BTreeMap::new(),
        };
        let shown = consumer.to_model();
        self.stream_mut(id).consumers.insert(consumer_id, consumer);
        self.begin_consumer(cx, (id, consumer_id), Stage::Creating);
        Ok(RegisterStreamConsumerOutput { consumer: Some(shown) })
    }

    /// How many consumers and queues a stream may have together.
    pub(in crate::kinesis) fn consumers_max(&self, stream: &Stream, now: Timestamp) -> usize {
        let is_committed = self.commitments.is_on(&stream.account, &stream.region, now);
        if is_committed && stream.is_on_demand() { CONSUMERS_MAX_COMMITTED } else { CONSUMERS_MAX }
    }
}
