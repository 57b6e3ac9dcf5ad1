//! One queue, and all of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use redeliver_model::kinesis::{QueueDescription, QueueStatus, QueueStreamConfiguration};

use super::QueueFault;
use super::attributes::Attributes;
use super::backlog::Backlog;
use super::wait::Waits;
use crate::Timestamp;
use crate::kinesis::{Error, QueueView, Stream, StreamId};

/// Names a queue for as long as it lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::kinesis) struct QueueId(pub(in crate::kinesis) u32);

/// What a queue is busy with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// It is being made.
    Creating,
    /// Nothing.
    Active,
    /// It gets these attributes.
    Updating(Attributes),
    /// It is being deleted.
    Deleting,
}

impl Stage {
    /// As clients see it.
    pub(super) fn to_model(self) -> QueueStatus {
        match self {
            Self::Creating => QueueStatus::Creating,
            Self::Active => QueueStatus::Active,
            Self::Updating(_) => QueueStatus::Updating,
            Self::Deleting => QueueStatus::Deleting,
        }
    }
}

/// One queue.
#[derive(Debug)]
pub(in crate::kinesis) struct Queue {
    /// Its name.
    pub(in crate::kinesis) name: Arc<str>,
    /// Its ARN.
    pub(super) arn: Arc<str>,
    /// Account and region of its owner.
    pub(in crate::kinesis) home: (Arc<str>, Arc<str>),
    /// When it was asked for.
    pub(super) created_at: Timestamp,
    /// What it is busy with.
    pub(super) stage: Stage,
    /// The stream that it reads.
    pub(super) stream: StreamId,
    /// How its maker named the stream, and where it begins.
    pub(super) source: QueueStreamConfiguration,
    /// Its attributes.
    pub(super) attributes: Attributes,
    /// Its tags.
    pub(in crate::kinesis) tags: BTreeMap<String, String>,
    /// Its resource policy.
    pub(in crate::kinesis) policy: Option<String>,
    /// What it has to hand out.
    pub(super) backlog: Backlog,
}

impl Queue {
    /// As clients see it.
    pub(super) fn to_model(&self) -> QueueDescription {
        QueueDescription {
            queue_arn: Some(self.arn.to_string()),
            queue_attributes: Some(self.attributes.to_model()),
            queue_creation_timestamp: Some(self.created_at),
            queue_name: Some(self.name.to_string()),
            queue_status: Some(self.stage.to_model()),
            stream_configuration_list: Some(vec![self.source.clone()]),
        }
    }

    /// Refuses an operation on a queue that is being made, changed or deleted.
    pub(super) fn be_active(&self) -> Result<(), Error> {
        if self.stage == Stage::Active {
            return Ok(());
        }
        let (name, status) = (Arc::clone(&self.name), self.stage.to_model().as_str().to_owned());
        Err(QueueFault::NotActive { name, status }.into())
    }

    /// Refuses to hand out records of a queue that is not there yet, or soon not any more. The model knows no `ResourceInUseException` of
    /// these operations; those of streams answer the same while one is made.
    pub(super) fn be_open(&self) -> Result<(), Error> {
        match self.stage {
            Stage::Active | Stage::Updating(_) => Ok(()),
            Stage::Creating | Stage::Deleting => Err(QueueFault::NotFound { arn: self.arn.to_string() }.into()),
        }
    }
}

/// All queues, and the calls that wait for their records.
#[derive(Debug, Default)]
pub(in crate::kinesis) struct Queues {
    /// The queues.
    pub(super) all: BTreeMap<QueueId, Queue>,
    /// The calls that wait.
    pub(super) waits: Waits,
    last: u32,
}

impl Queues {
    /// Adds a queue.
    pub(super) fn add(&mut self, queue: Queue) -> QueueId {
        self.last += 1;
        let id = QueueId(self.last);
        self.all.insert(id, queue);
        id
    }

    /// The queue that a call is about, whoever owns it: whether others may call was asked before.
    pub(in crate::kinesis) fn find(&self, arn: Option<&str>) -> Result<QueueId, Error> {
        let arn = arn.ok_or(Error::Missing { member: "queueARN" })?;
        let found = self.all.iter().find(|(_, queue)| *queue.arn == *arn).map(|(id, _)| *id);
        found.ok_or_else(|| QueueFault::NotFound { arn: arn.to_owned() }.into())
    }

    /// The queues of a stream as they are.
    pub(in crate::kinesis) fn views(&self, id: StreamId, stream: &Stream, now: Timestamp) -> Vec<QueueView> {
        let view = |queue: &Queue| {
            let (visible, in_flight, dead_letters) = queue.backlog.counters(stream, now);
            QueueView {
                name: Arc::clone(&queue.name),
                arn: Arc::clone(&queue.arn),
                status: queue.stage.to_model(),
                visible,
                in_flight,
                dead_letters,
            }
        };
        self.all.values().filter(|queue| queue.stream == id).map(view).collect()
    }

    /// The policy of the queue with this ARN.
    pub(in crate::kinesis) fn policy_at(&self, arn: &str) -> Option<&str> {
        self.all.values().find(|queue| *queue.arn == *arn)?.policy.as_deref()
    }

    /// A queue that is known to exist.
    pub(in crate::kinesis) fn get_mut(&mut self, id: QueueId) -> &mut Queue {
        self.all.get_mut(&id).expect("ids are found in the call that uses them")
    }

    /// How many queues read a stream.
    pub(in crate::kinesis) fn of_stream(&self, stream: StreamId) -> usize {
        self.all.values().filter(|queue| queue.stream == stream).count()
    }
}
