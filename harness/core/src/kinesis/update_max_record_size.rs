//! `UpdateMaxRecordSize`.

use redeliver_model::kinesis::UpdateMaxRecordSizeInput;

use super::change::Change;
use super::context::Context;
use super::find::Named;
use super::status::Status;
use super::{Error, Kinesis};

/// KiB that the largest record may have.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateMaxRecordSize.html>
const KIB_MIN: u32 = 1_024;
const KIB_MAX: u32 = 10_240;

impl Kinesis {
    /// Changes the size of the largest record, which takes a while.
    pub(in crate::kinesis) fn update_max_record_size(
        &mut self,
        cx: &mut Context<'_>,
        input: &UpdateMaxRecordSizeInput,
    ) -> Result<(), Error> {
        let id = self.find(cx.caller, Named::new(None, input.stream_arn.as_ref()))?;
        let asked = input.max_record_size_in_ki_b.ok_or(Error::Missing { member: "maxRecordSizeInKiB" })?;
        let kib = record_kib(asked)?;
        self.stream(id).be_active()?;
        self.begin(cx, id, Status::Updating(Change::RecordSize { kib }));
        Ok(())
    }
}

/// Reads `MaxRecordSizeInKiB`.
pub(in crate::kinesis) fn record_kib(asked: i32) -> Result<u32, Error> {
    let must = "have value between 1024 and 10240";
    let kib = u32::try_from(asked).ok().filter(|kib| (KIB_MIN..=KIB_MAX).contains(kib));
    kib.ok_or(Error::OutOfRange { member: "maxRecordSizeInKiB", value: asked.into(), must })
}
