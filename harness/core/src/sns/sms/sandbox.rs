//! The sandbox: `CreateSMSSandboxPhoneNumber`, `DeleteSMSSandboxPhoneNumber`, `GetSMSSandboxAccountStatus`.

use std::collections::BTreeMap;

use redeliver_model::sns::{
    CreateSMSSandboxPhoneNumberInput, CreateSMSSandboxPhoneNumberResult, DeleteSMSSandboxPhoneNumberInput,
    DeleteSMSSandboxPhoneNumberResult, GetSMSSandboxAccountStatusResult,
};

use super::fault::SmsFault;
use crate::Timestamp;
use crate::sns::context::Context;
use crate::sns::outbox::Entry;
use crate::sns::{Error, Sns};

/// <https://docs.aws.amazon.com/sns/latest/dg/sns-sms-sandbox.html>
const DESTINATIONS_MAX: usize = 10;
/// A verified number stays so long: one day.
/// <https://docs.aws.amazon.com/sns/latest/dg/sns-sms-sandbox-deleting-phone-numbers.html>
const VERIFIED_MS: u64 = 24 * 60 * 60 * 1_000;
/// One-time passwords are less than this, and written with six digits.
const PASSWORDS: u128 = 1_000_000;

/// A number that an account in the sandbox may write to, or wants to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Destination {
    /// It waits for its one-time password.
    Pending {
        /// The password that was sent last.
        password: String,
    },
    /// Its owner told the one-time password.
    Verified {
        /// When.
        at: Timestamp,
    },
}

impl Sns {
    /// Adds a number and sends it a one-time password, which stands in the outbox. For one that waits already, a new password is sent;
    /// one that is verified stays so.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_CreateSMSSandboxPhoneNumber.html>
    pub(in crate::sns) fn create_sms_sandbox_phone_number(
        &mut self,
        cx: &mut Context<'_>,
        input: CreateSMSSandboxPhoneNumberInput,
    ) -> Result<CreateSMSSandboxPhoneNumberResult, Error> {
        let number = input.phone_number.ok_or(Error::MissingValue { parameter: "PhoneNumber" })?;
        let account = self.phones.of_caller(cx.caller);
        if account.opted_out.contains(&number) {
            return Err(SmsFault::OptedOut.into());
        }
        let known = account.sandbox.get(&number);
        if known.is_none() && account.sandbox.len() >= DESTINATIONS_MAX {
            return Err(SmsFault::SandboxFull.into());
        }
        if !matches!(known, Some(Destination::Verified { .. })) {
            let message_id = self.ids.uuid();
            let password = format!("{:06}", message_id.0 % PASSWORDS);
            self.outbox.push(Entry {
                at: cx.now,
                protocol: "sms",
                endpoint: number.clone(),
                message: format!("Your verification code is {password}."),
                subject: None,
                message_id,
                attributes: BTreeMap::new(),
                failure: None,
            });
            self.phones.of_caller(cx.caller).sandbox.insert(number, Destination::Pending { password });
        }
        Ok(CreateSMSSandboxPhoneNumberResult {})
    }

    /// Takes a number out.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_DeleteSMSSandboxPhoneNumber.html>
    pub(in crate::sns) fn delete_sms_sandbox_phone_number(
        &mut self,
        cx: &mut Context<'_>,
        input: DeleteSMSSandboxPhoneNumberInput,
    ) -> Result<DeleteSMSSandboxPhoneNumberResult, Error> {
        let number = input.phone_number.ok_or(Error::MissingValue { parameter: "PhoneNumber" })?;
        let sandbox = &mut self.phones.of_caller(cx.caller).sandbox;
        match sandbox.get(&number) {
            None => return Err(SmsFault::NotInSandbox.into()),
            Some(Destination::Verified { at }) if at.as_millis().saturating_add(VERIFIED_MS) > cx.now.as_millis() => {
                return Err(SmsFault::VerifiedRecently.into());
            }
            Some(_) => sandbox.remove(&number),
        };
        Ok(DeleteSMSSandboxPhoneNumberResult {})
    }

    /// Whether the account is in the sandbox, as [`Limits::sms_sandbox`](crate::Limits::sms_sandbox) says.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_GetSMSSandboxAccountStatus.html>
    pub(in crate::sns) fn get_sms_sandbox_account_status(&self) -> GetSMSSandboxAccountStatusResult {
        GetSMSSandboxAccountStatusResult { is_in_sandbox: Some(self.limits.sms_sandbox) }
    }
}
