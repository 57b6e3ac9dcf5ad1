//! `CreateChannel`, `DescribeChannel`, `UpdateChannel` and `DeleteChannel`.

use std::collections::BTreeMap;
use std::sync::Arc;

use redeliver_model::kinesis::{
    ChannelLoggingConfiguration, ChannelStreamConfiguration, CloudWatchLogs, CreateChannelInput, CreateChannelOutput,
    DeleteChannelInput, DescribeChannelInput, DescribeChannelOutput, UpdateChannelInput, UpdateChannelOutput,
};

use super::ChannelFault;
use super::channel::{Channel, Delivered, Stage};
use super::destination::{Destination, Target, freshness_secs};
use super::format::Format;
use crate::Caller;
use crate::kinesis::context::Context;
use crate::kinesis::find::Named;
use crate::kinesis::{Error, Kinesis, StreamId, tags};

/// The key that AWS manages, with which neither streams of channels nor their objects may be encrypted.
/// <https://docs.aws.amazon.com/streams/latest/dev/data-delivery-s3-about.html>
const MANAGED_KEY: &str = "alias/aws/kinesis";

fn unfit(reason: &'static str) -> Error {
    ChannelFault::Unfit { reason }.into()
}

impl Kinesis {
    /// Makes a channel from an on-demand stream, which takes a while.
    pub(in crate::kinesis) fn create_channel(
        &mut self,
        cx: &mut Context<'_>,
        input: CreateChannelInput,
    ) -> Result<CreateChannelOutput, Error> {
        let name = input.channel_name.ok_or(Error::Missing { member: "channelName" })?;
        let role = input.service_execution_role_arn.ok_or(Error::Missing { member: "serviceExecutionRoleARN" })?;
        let sources = input.stream_configuration_list.ok_or(Error::Missing { member: "streamConfigurationList" })?;
        let [source] =
            <[_; 1]>::try_from(sources).map_err(|_| unfit("A channel has exactly one stream configuration."))?;
        let target = Target::new(input.s3_destination_configuration, input.s3_tables_destination_configuration)?;
        let ChannelStreamConfiguration { record_configuration, stream_arn } = source;
        let member = "streamConfigurationList.1.member.recordConfiguration";
        let records = record_configuration.ok_or(Error::Missing { member })?;
        let format = records.record_format_type.as_ref().ok_or(Error::Missing { member })?;
        let format = Format::new(format)?;
        target.be_for(format, records.gsr_schema_arn.is_some())?;
        let given: BTreeMap<_, _> = input.tags.into_iter().flatten().collect();
        tags::check(&given)?;
        tags::fit(&given, &name, &cx.caller.account)?;
        if input.encryption_configuration.as_ref().is_some_and(|key| key.key_id.as_deref() == Some(MANAGED_KEY)) {
            return Err(unfit("The key that AWS manages cannot encrypt what a channel writes."));
        }
        let id = self.find(cx.caller, Named::new(None, stream_arn.as_ref()))?;
        self.admit_channel(cx.caller, id, &name, target.kind())?;
        let generated = self.ids.uuid().to_text();
        let Caller { account, region, .. } = cx.caller;
        let arn = format!("arn:{}:kinesis:{region}:{account}:channel/{generated}", cx.caller.partition());
        let stream = self.stream(id);
        let channel = Channel {
            name: name.into(),
            arn: arn.into(),
            id: generated,
            home: (Arc::clone(account), Arc::clone(region)),
            created_at: cx.now,
            stage: Stage::Creating { fails: cx.oracle.channel_fails() },
            stream: id,
            stream_arn: Arc::clone(&stream.arn),
            stream_name: Arc::clone(&stream.name),
            stream_created_at: stream.created_at,
            records,
            format,
            target,
            role,
            encryption: input.encryption_configuration,
            logs: logs(input.logging_configuration),
            tags: given,
            cursors: BTreeMap::new(),
            due_at: None,
            delivered: Delivered::default(),
        };
        if let Destination::Bucket { template, .. } = &channel.target.destination {
            template.be_short(channel.names())?;
        }
        let description = channel.to_model();
        let id = self.channels.add(channel);
        self.plan_channel(cx, id);
        Ok(CreateChannelOutput { channel_description: Some(description) })
    }

    /// Refuses a channel that its stream or its account has no room for.
    fn admit_channel(&self, caller: &Caller, id: StreamId, name: &str, kind: &'static str) -> Result<(), Error> {
        let stream = self.stream(id);
        if stream.account != caller.account {
            return Err(unfit("A channel and its stream must be of one account."));
        }
        stream.be_active()?;
        if !stream.is_on_demand() {
            return Err(ChannelFault::Provisioned.into());
        }
        if stream.key_id.as_deref() == Some(MANAGED_KEY) {
            return Err(unfit("A stream that is encrypted with the key that AWS manages cannot have a channel."));
        }
        let is_own = |channel: &&Channel| channel.home.0 == caller.account && channel.home.1 == caller.region;
        if self.channels.all.values().filter(is_own).any(|channel| *channel.name == *name) {
            return Err(ChannelFault::Exists { name: name.to_owned(), account: Arc::clone(&caller.account) }.into());
        }
        let is_same = |channel: &Channel| channel.stream == id && channel.target.kind() == kind;
        if self.channels.all.values().any(is_same) {
            return Err(ChannelFault::TooManyOfStream { kind }.into());
        }
        Ok(())
    }

    /// A channel.
    pub(in crate::kinesis) fn describe_channel(
        &mut self,
        cx: &mut Context<'_>,
        input: &DescribeChannelInput,
    ) -> Result<DescribeChannelOutput, Error> {
        let id = self.channels.find(cx.caller, input.channel_arn.as_deref())?;
        Ok(DescribeChannelOutput { channel_description: Some(self.channels.get_mut(id).to_model()) })
    }

    /// Changes how long records wait, and whether the channel logs, which takes a while. Nothing else of it can change.
    pub(in crate::kinesis) fn update_channel(
        &mut self,
        cx: &mut Context<'_>,
        input: &UpdateChannelInput,
    ) -> Result<UpdateChannelOutput, Error> {
        let id = self.channels.find(cx.caller, input.channel_arn.as_deref())?;
        let channel = self.channels.get_mut(id);
        let bucket = input.s3_destination_configuration.as_ref().map(|given| given.data_freshness_in_seconds);
        let table = input.s3_tables_destination_configuration.as_ref().map(|given| given.data_freshness_in_seconds);
        let given = match (&channel.target.destination, bucket, table) {
            (Destination::Bucket { .. }, given, None) | (Destination::Table { .. }, None, given) => given.flatten(),
            _ => return Err(unfit("The destination of a channel cannot change.")),
        };
        let logging = input.logging_configuration.as_ref().and_then(|given| given.cloud_watch_logs.as_ref());
        if given.is_none() && logging.is_none() {
            return Err(unfit("At least one of DataFreshnessInSeconds and LoggingConfiguration is required."));
        }
        let secs = given.map_or(Ok(channel.target.freshness_secs), |given| freshness_secs(Some(given)))?;
        channel.be_active()?;
        let logs = logging.map_or_else(
            || channel.logs.clone(),
            |given| CloudWatchLogs {
                enabled: given.enabled,
                log_group_name: given.log_group_name.clone(),
                log_stream_name: given.log_stream_name.clone(),
            },
        );
        channel.stage = Stage::Updating { freshness_secs: secs, logs };
        let description = channel.to_model();
        self.plan_channel(cx, id);
        Ok(UpdateChannelOutput { channel_description: Some(description) })
    }

    /// Deletes a channel, which takes a while. What it has written stays; what it has not is not written any more.
    pub(in crate::kinesis) fn delete_channel(
        &mut self,
        cx: &mut Context<'_>,
        input: &DeleteChannelInput,
    ) -> Result<(), Error> {
        let id = self.channels.find(cx.caller, input.channel_arn.as_deref())?;
        // silent: what a channel that is busy says; the operation has no error for it.
        self.channels.get_mut(id).stage = Stage::Deleting;
        self.plan_channel(cx, id);
        Ok(())
    }
}

fn logs(given: Option<ChannelLoggingConfiguration>) -> CloudWatchLogs {
    let off = CloudWatchLogs { enabled: Some(false), log_group_name: None, log_stream_name: None };
    given.and_then(|given| given.cloud_watch_logs).unwrap_or(off)
}
