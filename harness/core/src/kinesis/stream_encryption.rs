//! `StartStreamEncryption` and `StopStreamEncryption`.

use std::sync::Arc;

use redeliver_model::kinesis::{EncryptionType, StartStreamEncryptionInput, StopStreamEncryptionInput};

use super::change::Change;
use super::context::Context;
use super::find::Named;
use super::status::Status;
use super::{ControlFault, Error, Kinesis};
use crate::Timestamp;

/// How often encryption of a stream is started, and how often it is stopped, in a rolling day.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_StartStreamEncryption.html>
const CHANGES_MAX: usize = 25;
const DAY_MS: u64 = 24 * 3_600_000;

impl Kinesis {
    /// Encrypts the records that come from now on, after a while.
    pub(in crate::kinesis) fn start_stream_encryption(
        &mut self,
        cx: &mut Context<'_>,
        input: StartStreamEncryptionInput,
    ) -> Result<(), Error> {
        let id = self.find(cx.caller, Named::new(input.stream_name.as_ref(), input.stream_arn.as_ref()))?;
        be_kms(input.encryption_type.as_ref())?;
        self.keys.check(input.key_id.as_deref())?;
        let stream = self.stream_mut(id);
        stream.be_active()?;
        spend(&mut stream.encryption_started, cx.now)?;
        self.begin(cx, id, Status::Updating(Change::Encryption { key: input.key_id }));
        Ok(())
    }

    /// Does not encrypt the records that come from now on, after a while.
    pub(in crate::kinesis) fn stop_stream_encryption(
        &mut self,
        cx: &mut Context<'_>,
        input: &StopStreamEncryptionInput,
    ) -> Result<(), Error> {
        let id = self.find(cx.caller, Named::new(input.stream_name.as_ref(), input.stream_arn.as_ref()))?;
        be_kms(input.encryption_type.as_ref())?;
        let stream = self.stream_mut(id);
        stream.be_active()?;
        if stream.key_id.is_none() {
            let (stream, account) = (Arc::clone(&stream.name), Arc::clone(&stream.account));
            return Err(ControlFault::NotEncrypted { stream, account }.into());
        }
        spend(&mut stream.encryption_stopped, cx.now)?;
        self.begin(cx, id, Status::Updating(Change::Encryption { key: None }));
        Ok(())
    }
}

/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_StartStreamEncryption.html>
fn be_kms(given: Option<&EncryptionType>) -> Result<(), Error> {
    match given {
        Some(EncryptionType::Kms) => Ok(()),
        Some(other) => Err(ControlFault::EncryptionType { given: other.as_str().to_owned() }.into()),
        None => Err(Error::Missing { member: "encryptionType" }),
    }
}

/// Counts a change, unless there were too many in the last day.
fn spend(changes: &mut Vec<Timestamp>, now: Timestamp) -> Result<(), Error> {
    changes.retain(|at| now.since(*at).as_millis() < DAY_MS.into());
    if changes.len() >= CHANGES_MAX {
        return Err(ControlFault::TooManyChanges { limit: CHANGES_MAX }.into());
    }
    changes.push(now);
    Ok(())
}
