//! `UpdateStreamMode`.

use redeliver_model::kinesis::{StreamMode, UpdateStreamModeInput};

use super::change::Change;
use super::context::Context;
use super::find::Named;
use super::status::Status;
use super::stream::Mode;
use super::{ChannelFault, Error, Kinesis, QueueFault};

/// Changes of the mode of a stream in any 24 hours.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateStreamMode.html>
const CHANGES_MAX: usize = 2;

impl Kinesis {
    /// Changes the way in which the capacity of a stream is chosen, which takes a while. Its shards stay as they are.
    pub(in crate::kinesis) fn update_stream_mode(
        &mut self,
        cx: &mut Context<'_>,
        input: &UpdateStreamModeInput,
    ) -> Result<(), Error> {
        const MEMBER: &str = "streamModeDetails.streamMode";
        let arn = input.stream_arn.as_ref().ok_or(Error::Missing { member: "streamARN" })?;
        let id = self.find(cx.caller, Named::new(None, Some(arn)))?;
        let asked = input.stream_mode_details.as_ref().and_then(|details| details.stream_mode.as_ref());
        let mode = match asked.ok_or(Error::Missing { member: MEMBER })? {
            StreamMode::Provisioned => Mode::Provisioned,
            StreamMode::OnDemand => Mode::OnDemand,
            StreamMode::Other(other) => return Err(Error::Unknown { member: MEMBER, value: other.to_string() }),
        };
        if mode == Mode::Provisioned && input.warm_throughput_mi_bps.is_some() {
            return Err(Error::NoWarmThroughput);
        }
        let stream = self.stream(id);
        stream.be_active()?;
        let (from, shards) = (stream.mode, stream.shard_count());
        if from != mode {
            match mode {
                Mode::Provisioned if self.queues.of_stream(id) > 0 => {
                    let (stream, account) = (stream.name.clone(), stream.account.clone());
                    return Err(QueueFault::HasQueues { stream, account }.into());
                }
                // silent: that channels are in the way; they read on-demand streams alone, as queues do.
                Mode::Provisioned if self.channels.of_stream(id) > 0 => {
                    let (stream, account) = (stream.name.clone(), stream.account.clone());
                    return Err(ChannelFault::HasChannels { stream, account }.into());
                }
                Mode::Provisioned => self.admit_shards(cx.caller, shards)?,
                Mode::OnDemand => self.admit_on_demand(cx.caller)?,
            }
            if !self.stream_mut(id).mode_changes.may_come(cx.now, CHANGES_MAX) {
                return Err(Error::TooOften { operation: cx.operation, limit: CHANGES_MAX });
            }
            self.stream_mut(id).mode_changes.came(cx.now);
        }
        if let Some(mib) = input.warm_throughput_mi_bps {
            self.stream_mut(id).warm_mib = Some(mib.unsigned_abs());
        }
        self.begin(cx, id, Status::Updating(Change::Mode(mode)));
        Ok(())
    }
}
