//! `IncreaseStreamRetentionPeriod` and `DecreaseStreamRetentionPeriod`.

use std::sync::Arc;

use redeliver_model::kinesis::{DecreaseStreamRetentionPeriodInput, IncreaseStreamRetentionPeriodInput};

use super::context::Context;
use super::find::Named;
use super::{Error, Kinesis};

/// Hours for which records can be kept.
/// <https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html>
const HOURS_MIN: i32 = 24;
const HOURS_MAX: i32 = 8_760;

impl Kinesis {
    /// Keeps records longer. What is gone does not come back.
    pub(in crate::kinesis) fn increase_stream_retention_period(
        &mut self,
        cx: &mut Context<'_>,
        input: &IncreaseStreamRetentionPeriodInput,
    ) -> Result<(), Error> {
        let named = Named::new(input.stream_name.as_ref(), input.stream_arn.as_ref());
        self.set_retention(cx, named, input.retention_period_hours, true)
    }

    /// Keeps records for less time. What is too old then is gone.
    pub(in crate::kinesis) fn decrease_stream_retention_period(
        &mut self,
        cx: &mut Context<'_>,
        input: &DecreaseStreamRetentionPeriodInput,
    ) -> Result<(), Error> {
        let named = Named::new(input.stream_name.as_ref(), input.stream_arn.as_ref());
        self.set_retention(cx, named, input.retention_period_hours, false)
    }

    fn set_retention(
        &mut self,
        cx: &mut Context<'_>,
        named: Named<'_>,
        hours: Option<i32>,
        longer: bool,
    ) -> Result<(), Error> {
        let asked = hours.ok_or(Error::Missing { member: "retentionPeriodHours" })?;
        let id = self.find(cx.caller, named)?;
        let stream = self.stream(id);
        stream.be_active()?;
        if asked < HOURS_MIN {
            return Err(Error::RetentionTooShort { hours: asked });
        }
        let hours = u32::try_from(asked).ok().filter(|_| asked <= HOURS_MAX);
        let hours = hours.ok_or(Error::RetentionTooLong { hours: asked })?;
        let current = stream.retention_hours;
        if (longer && hours < current) || (!longer && hours > current) {
            return Err(Error::RetentionDirection { hours, current, longer, stream: Arc::clone(&stream.name) });
        }
        let stream = self.stream_mut(id);
        let horizon = stream.horizon(cx.now);
        // Before the change: what has expired by then does not come back.
        stream.shards.trim(horizon);
        stream.retention_hours = hours;
        Ok(())
    }
}
