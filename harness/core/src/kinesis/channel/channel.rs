//! One channel, and all of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use redeliver_model::kinesis::{
    ChannelDescription, ChannelDestinationType, ChannelEncryptionConfiguration, ChannelLoggingConfiguration,
    ChannelStatus, ChannelStreamDescription, ChannelStreamIdentifier, ChannelSummary, CloudWatchLogs,
    RecordConfiguration,
};

use super::ChannelFault;
use super::destination::Target;
use super::format::Format;
use super::template::Names;
use crate::kinesis::{ChannelView, Error, ShardId, StreamId};
use crate::{Caller, Timestamp};

/// Names a channel for as long as it lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::kinesis) struct ChannelId(pub(in crate::kinesis) u32);

/// What a channel is busy with.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Stage {
    /// It is being made, or its making fails for this reason in the end.
    Creating {
        /// Why it fails.
        fails: Option<String>,
    },
    /// It delivers.
    Active,
    /// It gets this freshness and this logging.
    Updating {
        /// Seconds.
        freshness_secs: u32,
        /// Whether and where it logs.
        logs: CloudWatchLogs,
    },
    /// It is being deleted.
    Deleting,
    /// It could not be made, for this reason. It stays until it is deleted.
    Failed {
        /// Why.
        reason: String,
    },
}

impl Stage {
    /// As clients see it.
    pub(super) fn to_model(&self) -> ChannelStatus {
        match self {
            Self::Creating { .. } => ChannelStatus::Creating,
            Self::Active => ChannelStatus::Active,
            Self::Updating { .. } => ChannelStatus::Updating,
            Self::Deleting => ChannelStatus::Deleting,
            Self::Failed { .. } => ChannelStatus::Failed,
        }
    }
}

/// What a channel has delivered so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::kinesis) struct Delivered {
    /// Objects, those of dead letters included.
    pub(in crate::kinesis) objects: u64,
    /// Records that were delivered.
    pub(in crate::kinesis) records: u64,
    /// Records that could not be.
    pub(in crate::kinesis) dead_letters: u64,
}

/// One channel.
#[derive(Debug)]
pub(in crate::kinesis) struct Channel {
    /// Its name.
    pub(in crate::kinesis) name: Arc<str>,
    /// Its ARN.
    pub(in crate::kinesis) arn: Arc<str>,
    /// Its id, which its ARN ends with.
    pub(super) id: String,
    /// Account and region of its owner.
    pub(in crate::kinesis) home: (Arc<str>, Arc<str>),
    /// When it was asked for.
    pub(super) created_at: Timestamp,
    /// What it is busy with.
    pub(super) stage: Stage,
    /// The stream that it reads, its ARN, its name and when it was made.
    pub(super) stream: StreamId,
    pub(super) stream_arn: Arc<str>,
    pub(super) stream_name: Arc<str>,
    pub(super) stream_created_at: Timestamp,
    /// The format of records, as its maker gave it and as it is read.
    pub(super) records: RecordConfiguration,
    pub(super) format: Format,
    /// Where it writes.
    pub(super) target: Target,
    /// The role that its maker gave.
    pub(super) role: String,
    /// The key that objects are encrypted with.
    pub(super) encryption: Option<ChannelEncryptionConfiguration>,
    /// Whether and where it logs.
    pub(super) logs: CloudWatchLogs,
    /// Its tags.
    pub(in crate::kinesis) tags: BTreeMap<String, String>,
    /// The next record of each shard; of shards that came later it is the first.
    pub(super) cursors: BTreeMap<ShardId, u64>,
    /// When it delivers next, while there is something.
    pub(super) due_at: Option<Timestamp>,
    /// What it has delivered.
    pub(in crate::kinesis) delivered: Delivered,
}

impl Channel {
    /// Names that keys of objects are made of.
    pub(super) fn names(&self) -> Names<'_> {
        Names { channel: &self.name, id: &self.id, stream: &self.stream_name }
    }

    /// Whether it delivers.
    pub(super) fn delivers(&self) -> bool {
        matches!(self.stage, Stage::Active | Stage::Updating { .. })
    }

    /// What it is busy with, as clients see it.
    pub(in crate::kinesis) fn status(&self) -> ChannelStatus {
        self.stage.to_model()
    }

    fn reason(&self) -> Option<String> {
        match &self.stage {
            Stage::Failed { reason } => Some(reason.clone()),
            _ => None,
        }
    }

    /// As clients see it.
    pub(super) fn to_model(&self) -> ChannelDescription {
        let (bucket, table) = self.target.to_model(&self.name, &self.id);
        ChannelDescription {
            channel_arn: Some(self.arn.to_string()),
            channel_creation_timestamp: Some(self.created_at),
            channel_id: Some(self.id.clone()),
            channel_name: Some(self.name.to_string()),
            channel_status: Some(self.status()),
            channel_status_reason: self.reason(),
            encryption_configuration: self.encryption.clone(),
            logging_configuration: Some(ChannelLoggingConfiguration { cloud_watch_logs: Some(self.logs.clone()) }),
            s3_destination_configuration: bucket,
            s3_tables_destination_configuration: table,
            service_execution_role_arn: Some(self.role.clone()),
            stream_configuration_list: Some(vec![ChannelStreamDescription {
                record_configuration: Some(self.records.clone()),
                stream_arn: Some(self.stream_arn.to_string()),
                stream_creation_timestamp: Some(self.stream_created_at),
            }]),
        }
    }

    /// As lists show it.
    pub(super) fn summary(&self) -> ChannelSummary {
        ChannelSummary {
            channel_arn: Some(self.arn.to_string()),
            channel_creation_timestamp: Some(self.created_at),
            channel_destination_type: Some(ChannelDestinationType::from(self.target.kind().to_owned())),
            channel_id: Some(self.id.clone()),
            channel_name: Some(self.name.to_string()),
            channel_status: Some(self.status()),
            channel_status_reason: self.reason(),
            streams: Some(vec![ChannelStreamIdentifier {
                stream_arn: Some(self.stream_arn.to_string()),
                stream_creation_timestamp: Some(self.stream_created_at),
            }]),
        }
    }

    /// Refuses to change a channel that is busy or failed.
    pub(super) fn be_active(&self) -> Result<(), Error> {
        if self.stage == Stage::Active {
            return Ok(());
        }
        let (name, status) = (Arc::clone(&self.name), self.status().as_str().to_owned());
        Err(ChannelFault::NotActive { name, status }.into())
    }
}

/// All channels.
#[derive(Debug, Default)]
pub(in crate::kinesis) struct Channels {
    /// The channels.
    pub(in crate::kinesis) all: BTreeMap<ChannelId, Channel>,
    last: u32,
}

impl Channels {
    /// Adds a channel.
    pub(super) fn add(&mut self, channel: Channel) -> ChannelId {
        self.last += 1;
        let id = ChannelId(self.last);
        self.all.insert(id, channel);
        id
    }

    /// The channel that a call of its owner is about.
    pub(in crate::kinesis) fn find(&self, caller: &Caller, arn: Option<&str>) -> Result<ChannelId, Error> {
        let arn = arn.ok_or(Error::Missing { member: "channelARN" })?;
        let is_meant = |channel: &Channel| *channel.arn == *arn && channel.home.0 == caller.account;
        let found = self.all.iter().find(|(_, channel)| is_meant(channel)).map(|(id, _)| *id);
        found.ok_or_else(|| ChannelFault::NotFound { arn: arn.to_owned() }.into())
    }

    /// A channel that is known to exist.
    pub(in crate::kinesis) fn get_mut(&mut self, id: ChannelId) -> &mut Channel {
        self.all.get_mut(&id).expect("ids are found in the call that uses them")
    }

    /// How many channels read a stream.
    pub(in crate::kinesis) fn of_stream(&self, stream: StreamId) -> usize {
        self.all.values().filter(|channel| channel.stream == stream).count()
    }

    /// The channels of a stream as they are.
    pub(in crate::kinesis) fn views(&self, stream: StreamId) -> Vec<ChannelView> {
        let view = |channel: &Channel| ChannelView {
            name: Arc::clone(&channel.name),
            arn: Arc::clone(&channel.arn),
            status: channel.status(),
            objects: channel.delivered.objects,
            records: channel.delivered.records,
            dead_letters: channel.delivered.dead_letters,
            due_at: channel.due_at,
        };
        self.all.values().filter(|channel| channel.stream == stream).map(view).collect()
    }

    /// How many channels the caller's account has in its region.
    pub(in crate::kinesis) fn of_caller(&self, caller: &Caller) -> usize {
        let is_own = |channel: &&Channel| channel.home.0 == caller.account && channel.home.1 == caller.region;
        self.all.values().filter(is_own).count()
    }
}
