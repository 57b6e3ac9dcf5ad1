//! `PutRecord`.

use redeliver_model::kinesis::{PutRecordInput, PutRecordOutput};

use super::context::Context;
use super::find::Named;
use super::incoming::Incoming;
use super::{Error, Kinesis};

impl Kinesis {
    /// Takes a record.
    pub(in crate::kinesis) fn put_record(
        &mut self,
        cx: &mut Context<'_>,
        input: PutRecordInput,
    ) -> Result<PutRecordOutput, Error> {
        let id = self.find(cx.caller, Named::new(input.stream_name.as_ref(), input.stream_arn.as_ref()))?;
        let throttle = self.limits.stream_throughput;
        self.keys.check(self.stream(id).key_id.as_deref())?;
        let stream = self.stream_mut(id);
        stream.be_there()?;
        let data = input.data.ok_or(Error::Missing { member: "data" })?;
        let incoming = Incoming::new(stream, data, input.partition_key, input.explicit_hash_key.as_deref())?;
        if let Some(minimum) = input.sequence_number_for_ordering {
            stream.check_minimum(cx.now, incoming.hash_key, minimum)?;
        }
        if input.dry_run == Some(true) {
            return Err(Error::DryRun);
        }
        let number = stream.take(cx.now, incoming, throttle, cx.log)?;
        let encryption_type = Some(stream.encryption_type());
        self.watch_growth(cx.now, id);
        Ok(PutRecordOutput {
            encryption_type,
            sequence_number: Some(number.to_text()),
            shard_id: Some(number.shard().to_text()),
        })
    }
}
