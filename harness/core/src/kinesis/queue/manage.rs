//! `CreateQueue`, `DescribeQueue`, `UpdateQueue` and `DeleteQueue`.

use std::collections::BTreeMap;
use std::sync::Arc;

use redeliver_model::kinesis::{
    CreateQueueInput, CreateQueueOutput, DeleteQueueInput, DescribeQueueInput, DescribeQueueOutput,
    QueueStartingPosition, QueueStartingPositionType, QueueStreamConfiguration, UpdateQueueInput, UpdateQueueOutput,
};

use super::QueueFault;
use super::attributes::Attributes;
use super::backlog::Backlog;
use super::queue::{Queue, Stage};
use crate::kinesis::context::Context;
use crate::kinesis::find::Named;
use crate::kinesis::{Error, Kinesis, Stream, tags};
use crate::{Caller, Timestamp};

/// Queues of an account and region that may be in the making or going at once.
/// <https://docs.aws.amazon.com/streams/latest/dev/queues-quotas.html>
const BUSY_MAX: usize = 5;

impl Kinesis {
    /// Makes a queue on an on-demand stream, which takes a while.
    pub(in crate::kinesis) fn create_queue(
        &mut self,
        cx: &mut Context<'_>,
        input: CreateQueueInput,
    ) -> Result<CreateQueueOutput, Error> {
        let name = input.queue_name.ok_or(Error::Missing { member: "queueName" })?;
        let sources = input.stream_configuration_list.ok_or(Error::Missing { member: "streamConfigurationList" })?;
        let [source] = <[_; 1]>::try_from(sources)
            .map_err(|_| QueueFault::Unfit { reason: "A queue has exactly one stream configuration." })?;
        let attributes = Attributes::default().with(input.queue_attributes.as_ref())?;
        let given: BTreeMap<_, _> = input.tags.into_iter().flatten().collect();
        tags::check(&given)?;
        tags::fit(&given, &name, &cx.caller.account)?;
        let id = self.find(cx.caller, Named::new(None, source.stream_arn.as_ref()))?;
        let stream = self.stream(id);
        stream.be_active()?;
        if !stream.is_on_demand() {
            return Err(QueueFault::Unfit { reason: "Queues are only supported for ON_DEMAND streams." }.into());
        }
        let backlog = backlog(stream, source.starting_position.as_ref(), cx.now)?;
        let Caller { account, region, .. } = cx.caller;
        let home = (Arc::clone(account), Arc::clone(region));
        let of_home = || self.queues.all.values().filter(|queue| queue.home == home);
        if of_home().any(|queue| *queue.name == *name) {
            return Err(QueueFault::Exists { name, account: home.0 }.into());
        }
        let is_busy = |queue: &&Queue| matches!(queue.stage, Stage::Creating | Stage::Deleting);
        if of_home().filter(is_busy).count() >= BUSY_MAX {
            return Err(QueueFault::TooManyBusy { limit: BUSY_MAX }.into());
        }
        let limit = self.consumers_max(stream, cx.now);
        if stream.consumers.len() + self.queues.of_stream(id) >= limit {
            return Err(QueueFault::TooManyOfStream { limit }.into());
        }
        // silent: how AWS makes the id in the ARN.
        let generated = self.ids.uuid().to_text();
        let arn = format!("arn:{}:kinesis:{region}:{account}:queue/{generated}", cx.caller.partition());
        let queue = Queue {
            name: name.into(),
            arn: arn.into(),
            home,
            created_at: cx.now,
            stage: Stage::Creating,
            stream: id,
            source: shown(source),
            attributes,
            tags: given,
            policy: None,
            backlog,
        };
        let description = queue.to_model();
        let id = self.queues.add(queue);
        self.begin_queue(cx, id, Stage::Creating);
        Ok(CreateQueueOutput { queue_description: Some(description) })
    }

    /// A queue.
    pub(in crate::kinesis) fn describe_queue(
        &mut self,
        input: &DescribeQueueInput,
    ) -> Result<DescribeQueueOutput, Error> {
        let id = self.queues.find(input.queue_arn.as_deref())?;
        Ok(DescribeQueueOutput { queue_description: Some(self.queues.get_mut(id).to_model()) })
    }

    /// Changes the attributes of a queue, which takes a while. They hold for later receives alone.
    pub(in crate::kinesis) fn update_queue(
        &mut self,
        cx: &mut Context<'_>,
        input: &UpdateQueueInput,
    ) -> Result<UpdateQueueOutput, Error> {
        let id = self.queues.find(input.queue_arn.as_deref())?;
        let queue = self.queues.get_mut(id);
        queue.be_active()?;
        let attributes = queue.attributes.with(input.queue_attributes.as_ref())?;
        self.begin_queue(cx, id, Stage::Updating(attributes));
        Ok(UpdateQueueOutput { queue_description: Some(self.queues.get_mut(id).to_model()) })
    }

    /// Deletes a queue, which takes a while. The records stay in the stream.
    pub(in crate::kinesis) fn delete_queue(
        &mut self,
        cx: &mut Context<'_>,
        input: &DeleteQueueInput,
    ) -> Result<(), Error> {
        let id = self.queues.find(input.queue_arn.as_deref())?;
        self.queues.get_mut(id).be_active()?;
        self.begin_queue(cx, id, Stage::Deleting);
        Ok(())
    }
}

/// Where a queue begins in each shard that there is now.
fn backlog(stream: &Stream, start: Option<&QueueStartingPosition>, now: Timestamp) -> Result<Backlog, Error> {
    use QueueStartingPositionType::{AtTimestamp, Latest, Other, TrimHorizon};
    let kind = start.and_then(|start| start.r#type.as_ref()).unwrap_or(&Latest);
    let from = match (kind, start.and_then(|start| start.timestamp)) {
        (AtTimestamp, Some(time)) => Some(time),
        (TrimHorizon, None) => Some(Timestamp(0)),
        (Latest, None) => None,
        (Other(other), _) => {
            return Err(Error::Unknown { member: "startingPosition.type", value: other.to_string() });
        }
        (AtTimestamp, None) => {
            return Err(QueueFault::Unfit { reason: "Timestamp is required for AT_TIMESTAMP." }.into());
        }
        (Latest | TrimHorizon, Some(_)) => {
            return Err(QueueFault::Unfit { reason: "Timestamp is only supported for AT_TIMESTAMP." }.into());
        }
    };
    let horizon = stream.horizon(now);
    Ok(Backlog::new(stream.shards.all().iter().map(|shard| {
        let index = from.map_or(shard.records.next(), |time| shard.records.at(time.max(horizon)));
        (shard.id, index)
    })))
}

/// The configuration of a stream with its defaults.
fn shown(source: QueueStreamConfiguration) -> QueueStreamConfiguration {
    let latest = QueueStartingPosition { r#type: Some(QueueStartingPositionType::Latest), ..Default::default() };
    let starting_position = Some(source.starting_position.unwrap_or(latest));
    QueueStreamConfiguration { starting_position, ..source }
}
