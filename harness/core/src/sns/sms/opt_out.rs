//! Numbers that want no messages: `CheckIfPhoneNumberIsOptedOut`, `ListPhoneNumbersOptedOut`, `OptInPhoneNumber`.

use redeliver_model::sns::{
    CheckIfPhoneNumberIsOptedOutInput, CheckIfPhoneNumberIsOptedOutResponse, ListPhoneNumbersOptedOutInput,
    ListPhoneNumbersOptedOutResponse, OptInPhoneNumberInput, OptInPhoneNumberResponse,
};

use super::fault::SmsFault;
use super::number::is_e164;
use crate::sns::context::Context;
use crate::sns::paging::Paging;
use crate::sns::platform::Home;
use crate::sns::{Error, Sns};

/// A number can be opted in once in so long: 30 days.
/// <https://docs.aws.amazon.com/sns/latest/api/API_OptInPhoneNumber.html>
const OPT_IN_INTERVAL_MS: u64 = 30 * 24 * 60 * 60 * 1_000;

impl Sns {
    /// Whether the number wants no messages.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_CheckIfPhoneNumberIsOptedOut.html>
    pub(in crate::sns) fn check_if_phone_number_is_opted_out(
        &mut self,
        cx: &mut Context<'_>,
        input: CheckIfPhoneNumberIsOptedOutInput,
    ) -> Result<CheckIfPhoneNumberIsOptedOutResponse, Error> {
        let number = number(input.phone_number)?;
        let is_opted_out = self.phones.of_caller(cx.caller).opted_out.contains(&number);
        Ok(CheckIfPhoneNumberIsOptedOutResponse { is_opted_out: Some(is_opted_out) })
    }

    /// The numbers that want no messages, a hundred at a time.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_ListPhoneNumbersOptedOut.html>
    pub(in crate::sns) fn list_phone_numbers_opted_out(
        &mut self,
        cx: &mut Context<'_>,
        input: ListPhoneNumbersOptedOutInput,
    ) -> Result<ListPhoneNumbersOptedOutResponse, Error> {
        let paging = Paging::new(input.next_token)?;
        let mut rest = self.phones.of_caller(cx.caller).opted_out.range::<str, _>(paging.bounds());
        let page: Vec<String> = rest.by_ref().take(paging.size()).cloned().collect();
        let next_token = page.last().filter(|_| rest.next().is_some()).map(|number| Paging::token(number));
        Ok(ListPhoneNumbersOptedOutResponse { next_token, phone_numbers: Some(page) })
    }

    /// Lets a number have messages again; one that had never opted out is no error, as recorded.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_OptInPhoneNumber.html>
    pub(in crate::sns) fn opt_in_phone_number(
        &mut self,
        cx: &mut Context<'_>,
        input: OptInPhoneNumberInput,
    ) -> Result<OptInPhoneNumberResponse, Error> {
        let number = number(input.phone_number)?;
        let account = self.phones.of_caller(cx.caller);
        if account.opted_out.contains(&number) {
            let last = account.opted_in.get(&number).map(|at| at.as_millis().saturating_add(OPT_IN_INTERVAL_MS));
            if last.is_some_and(|free_at| free_at > cx.now.as_millis()) {
                return Err(SmsFault::OptedInRecently.into());
            }
            account.opted_out.remove(&number);
            account.opted_in.insert(number, cx.now);
        }
        Ok(OptInPhoneNumberResponse {})
    }

    /// The owner of a number answers a message with `STOP`.
    pub(crate) fn opt_out(&mut self, home: Home, number: &str) {
        self.phones.of(home).opted_out.insert(number.to_owned());
    }
}

fn number(text: Option<String>) -> Result<String, Error> {
    let text = text.ok_or(Error::MissingValue { parameter: "PhoneNumber" })?;
    if is_e164(&text) { Ok(text) } else { Err(SmsFault::NumberFormat.into()) }
}
