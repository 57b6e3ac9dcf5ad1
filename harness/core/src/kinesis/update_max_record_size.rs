//! `UpdateMaxRecordSize`.

use redeliver_model::kinesis::UpdateMaxRecordSizeInput;

use super::change::Change;
use super::context::Context;
use super::find::Named;
use super::status::Status;
use super::{Error, Kinesis};

impl Kinesis {
    /// Lets a stream take records of another size at most, after a while.
    /// <https://docs.aws.amazon.com/streams/latest/dev/large-records.html>
    pub(in crate::kinesis) fn update_max_record_size(
        &mut self,
        cx: &mut Context<'_>,
        input: &UpdateMaxRecordSizeInput,
    ) -> Result<(), Error> {
        let kib = input.max_record_size_in_ki_b.ok_or(Error::Missing { member: "maxRecordSizeInKiB" })?;
        let id = self.find(cx.caller, Named::new(None, input.stream_arn.as_ref()))?;
        self.stream(id).be_active()?;
        self.begin(cx, id, Status::Updating(Change::RecordSize(kib.unsigned_abs())));
        Ok(())
    }
}
