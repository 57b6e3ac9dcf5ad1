//! `UpdateStreamWarmThroughput`.

use redeliver_model::kinesis::{
    UpdateStreamWarmThroughputInput, UpdateStreamWarmThroughputOutput, WarmThroughputObject,
};

use super::change::Change;
use super::context::Context;
use super::find::Named;
use super::status::Status;
use super::stream::Mode;
use super::{Error, Kinesis, Stream};

/// MiB a second that can be ready at any time.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateStreamWarmThroughput.html>
pub(in crate::kinesis) const MIB_MAX: u32 = 10 * 1_024;

impl Kinesis {
    /// Changes the throughput that an on-demand stream has ready at any time, which takes a while.
    pub(in crate::kinesis) fn update_stream_warm_throughput(
        &mut self,
        cx: &mut Context<'_>,
        input: &UpdateStreamWarmThroughputInput,
    ) -> Result<UpdateStreamWarmThroughputOutput, Error> {
        let id = self.find(cx.caller, Named::new(input.stream_name.as_ref(), input.stream_arn.as_ref()))?;
        let stream = self.stream(id);
        stream.be_active()?;
        if stream.mode == Mode::Provisioned {
            return Err(Error::NoWarmThroughput);
        }
        let asked = input.warm_throughput_mi_bps.ok_or(Error::Missing { member: "warmThroughputMiBps" })?;
        let mib = warm_mib(asked)?;
        let current = stream.warm_mib.unwrap_or(0);
        self.begin(cx, id, Status::Updating(Change::WarmThroughput { mib }));
        let stream = self.stream(id);
        Ok(UpdateStreamWarmThroughputOutput {
            stream_arn: Some(stream.arn.to_string()),
            stream_name: Some(stream.name.to_string()),
            warm_throughput: Some(told(mib, current)),
        })
    }
}

/// Reads `WarmThroughputMiBps`.
pub(in crate::kinesis) fn warm_mib(asked: i32) -> Result<u32, Error> {
    let must = "have value between 0 and 10240";
    let mib = u32::try_from(asked).ok().filter(|mib| *mib <= MIB_MAX);
    mib.ok_or(Error::OutOfRange { member: "warmThroughputMiBps", value: asked.into(), must })
}

fn told(target: u32, current: u32) -> WarmThroughputObject {
    WarmThroughputObject { current_mi_bps: i32::try_from(current).ok(), target_mi_bps: i32::try_from(target).ok() }
}

impl Stream {
    /// `WarmThroughput`, where there is one.
    pub(in crate::kinesis) fn warm_throughput(&self) -> Option<WarmThroughputObject> {
        let target = match self.status {
            Status::Updating(Change::WarmThroughput { mib }) => Some(mib),
            _ => self.warm_mib,
        };
        target.map(|target| told(target, self.warm_mib.unwrap_or(0)))
    }
}
