//! `EnableEnhancedMonitoring` and `DisableEnhancedMonitoring`.

use redeliver_model::kinesis::{
    DisableEnhancedMonitoringInput, EnableEnhancedMonitoringInput, EnhancedMonitoringOutput, MetricsName,
};

use super::context::Context;
use super::find::Named;
use super::{Error, Kinesis, StreamId};

/// All metrics of shards. <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_EnableEnhancedMonitoring.html>
const METRICS: [MetricsName; 7] = [
    MetricsName::IncomingBytes,
    MetricsName::IncomingRecords,
    MetricsName::OutgoingBytes,
    MetricsName::OutgoingRecords,
    MetricsName::WriteProvisionedThroughputExceeded,
    MetricsName::ReadProvisionedThroughputExceeded,
    MetricsName::IteratorAgeMilliseconds,
];

impl Kinesis {
    /// Turns metrics of shards on.
    pub(in crate::kinesis) fn enable_enhanced_monitoring(
        &mut self,
        cx: &mut Context<'_>,
        input: &EnableEnhancedMonitoringInput,
    ) -> Result<EnhancedMonitoringOutput, Error> {
        let id = self.find(cx.caller, Named::new(input.stream_name.as_ref(), input.stream_arn.as_ref()))?;
        let named = named(input.shard_level_metrics.as_deref());
        self.set_metrics(id, |is_on, metric| is_on || named.contains(metric))
    }

    /// Turns metrics of shards off.
    pub(in crate::kinesis) fn disable_enhanced_monitoring(
        &mut self,
        cx: &mut Context<'_>,
        input: &DisableEnhancedMonitoringInput,
    ) -> Result<EnhancedMonitoringOutput, Error> {
        let id = self.find(cx.caller, Named::new(input.stream_name.as_ref(), input.stream_arn.as_ref()))?;
        let named = named(input.shard_level_metrics.as_deref());
        self.set_metrics(id, |is_on, metric| is_on && !named.contains(metric))
    }

    fn set_metrics(
        &mut self,
        id: StreamId,
        is_on: impl Fn(bool, &MetricsName) -> bool,
    ) -> Result<EnhancedMonitoringOutput, Error> {
        let stream = self.stream_mut(id);
        stream.be_active()?;
        let desired: Vec<_> =
            METRICS.into_iter().filter(|metric| is_on(stream.metrics.contains(metric), metric)).collect();
        let current = std::mem::replace(&mut stream.metrics, desired.clone());
        Ok(EnhancedMonitoringOutput {
            current_shard_level_metrics: Some(current),
            desired_shard_level_metrics: Some(desired),
            stream_arn: Some(stream.arn.to_string()),
            stream_name: Some(stream.name.to_string()),
        })
    }
}

/// The metrics that a call names; `ALL` are all.
fn named(metrics: Option<&[MetricsName]>) -> Vec<MetricsName> {
    let metrics = metrics.unwrap_or_default();
    if metrics.contains(&MetricsName::All) { METRICS.to_vec() } else { metrics.to_vec() }
}
