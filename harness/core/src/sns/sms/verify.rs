//! `VerifySMSSandboxPhoneNumber`.

use redeliver_model::sns::{VerifySMSSandboxPhoneNumberInput, VerifySMSSandboxPhoneNumberResult};

use super::fault::SmsFault;
use super::sandbox::Destination;
use crate::sns::context::Context;
use crate::sns::{Error, Sns};

impl Sns {
    /// Compares the one-time password with the one that was sent last. silent: how long it is good, which here has no end.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_VerifySMSSandboxPhoneNumber.html>
    pub(in crate::sns) fn verify_sms_sandbox_phone_number(
        &mut self,
        cx: &mut Context<'_>,
        input: VerifySMSSandboxPhoneNumberInput,
    ) -> Result<VerifySMSSandboxPhoneNumberResult, Error> {
        let number = input.phone_number.ok_or(Error::MissingValue { parameter: "PhoneNumber" })?;
        let given = input.one_time_password.ok_or(Error::MissingValue { parameter: "OneTimePassword" })?;
        let account = self.phones.of_caller(cx.caller);
        match account.sandbox.get_mut(&number).ok_or(SmsFault::NotInSandbox)? {
            Destination::Pending { password } if *password != given => Err(SmsFault::WrongPassword.into()),
            Destination::Verified { .. } => Ok(VerifySMSSandboxPhoneNumberResult {}),
            pending @ Destination::Pending { .. } => {
                *pending = Destination::Verified { at: cx.now };
                Ok(VerifySMSSandboxPhoneNumberResult {})
            }
        }
    }
}
