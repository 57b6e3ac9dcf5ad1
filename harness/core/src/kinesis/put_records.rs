//! `PutRecords`.

use redeliver_model::kinesis::{PutRecordsInput, PutRecordsOutput, PutRecordsRequestEntry, PutRecordsResultEntry};

use super::context::Context;
use super::find::Named;
use super::incoming::Incoming;
use super::{Error, Kinesis, Stream};

/// Records of a batch. <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html>
const RECORDS_MAX: usize = 500;
/// Bytes of a batch with its partition keys.
const BYTES_MAX: usize = 10 * 1_024 * 1_024;

impl Kinesis {
    /// Takes records, each or not: those whose shards have no throughput left are told in the answer.
    pub(in crate::kinesis) fn put_records(
        &mut self,
        cx: &mut Context<'_>,
        input: PutRecordsInput,
    ) -> Result<PutRecordsOutput, Error> {
        let id = self.find(cx.caller, Named::new(input.stream_name.as_ref(), input.stream_arn.as_ref()))?;
        let throttle = self.limits.stream_throughput;
        self.keys.check(self.stream(id).key_id.as_deref())?;
        let stream = self.stream_mut(id);
        stream.be_there()?;
        let incoming = batch(stream, input.records.ok_or(Error::Missing { member: "records" })?)?;
        if input.dry_run == Some(true) {
            return Err(Error::DryRun);
        }
        let mut failed = 0;
        let mut results = Vec::with_capacity(incoming.len());
        for incoming in incoming {
            results.push(match stream.take(cx.now, incoming, throttle, cx.log) {
                Ok(number) => PutRecordsResultEntry {
                    sequence_number: Some(number.to_text()),
                    shard_id: Some(number.shard().to_text()),
                    ..Default::default()
                },
                Err(error) => {
                    failed += 1;
                    let told = error.describe();
                    PutRecordsResultEntry {
                        error_code: Some(told.code.to_owned()),
                        error_message: Some(told.message),
                        ..Default::default()
                    }
                }
            });
        }
        let encryption_type = Some(stream.encryption_type());
        self.watch_growth(cx.now, id);
        Ok(PutRecordsOutput { encryption_type, failed_record_count: Some(failed), records: Some(results) })
    }
}

/// Reads all records, and refuses all where one cannot be taken.
fn batch(stream: &Stream, records: Vec<PutRecordsRequestEntry>) -> Result<Vec<Incoming>, Error> {
    if records.is_empty() || records.len() > RECORDS_MAX {
        let value = i64::try_from(records.len()).unwrap_or(i64::MAX);
        return Err(Error::OutOfRange { member: "records", value, must: "have length between 1 and 500" });
    }
    let mut bytes = 0;
    let mut incoming = Vec::with_capacity(records.len());
    for record in records {
        let data = record.data.ok_or(Error::Missing { member: "records.member.data" })?;
        let read = Incoming::new(stream, data, record.partition_key, record.explicit_hash_key.as_deref())?;
        bytes += read.size();
        incoming.push(read);
    }
    if bytes > BYTES_MAX { Err(Error::BatchTooLarge { limit: BYTES_MAX }) } else { Ok(incoming) }
}
