//! `UpdateStreamRecordDistributionStrategy`.

use redeliver_model::kinesis::{RecordDistributionStrategy, UpdateStreamRecordDistributionStrategyInput};

use super::context::Context;
use super::find::Named;
use super::stream::Mode;
use super::{Error, Kinesis};

impl Kinesis {
    /// Says who chooses the shards of records. It holds at once.
    pub(in crate::kinesis) fn update_distribution(
        &mut self,
        cx: &mut Context<'_>,
        input: &UpdateStreamRecordDistributionStrategyInput,
    ) -> Result<(), Error> {
        const MEMBER: &str = "recordDistributionStrategy";
        let id = self.find(cx.caller, Named::new(None, input.stream_arn.as_ref()))?;
        let spreads = match input.record_distribution_strategy.as_ref().ok_or(Error::Missing { member: MEMBER })? {
            RecordDistributionStrategy::Auto => true,
            RecordDistributionStrategy::UserPartitionKey => false,
            RecordDistributionStrategy::Other(other) => {
                return Err(Error::Unknown { member: MEMBER, value: other.to_string() });
            }
        };
        let stream = self.stream_mut(id);
        stream.be_active()?;
        if spreads && stream.mode == Mode::Provisioned {
            return Err(Error::Distribution);
        }
        stream.spreads = spreads;
        Ok(())
    }
}
