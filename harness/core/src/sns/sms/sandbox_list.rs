//! `ListSMSSandboxPhoneNumbers`.

use redeliver_model::sns::{
    ListSMSSandboxPhoneNumbersInput, ListSMSSandboxPhoneNumbersResult, SMSSandboxPhoneNumber,
    SMSSandboxPhoneNumberVerificationStatus as Status,
};

use super::sandbox::Destination;
use crate::sns::context::Context;
use crate::sns::paging::Paging;
use crate::sns::{Error, Sns};

impl Sns {
    /// The numbers of the sandbox, in the order of their digits.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_ListSMSSandboxPhoneNumbers.html>
    pub(in crate::sns) fn list_sms_sandbox_phone_numbers(
        &mut self,
        cx: &mut Context<'_>,
        input: ListSMSSandboxPhoneNumbersInput,
    ) -> Result<ListSMSSandboxPhoneNumbersResult, Error> {
        let paging = Paging::new(input.next_token)?.at_most(input.max_results);
        let mut rest = self.phones.of_caller(cx.caller).sandbox.range::<str, _>(paging.bounds());
        let page: Vec<_> = rest.by_ref().take(paging.size()).collect();
        let next_token = page.last().filter(|_| rest.next().is_some()).map(|(number, _)| Paging::token(number));
        let listed = page.into_iter().map(|(number, destination)| SMSSandboxPhoneNumber {
            phone_number: Some(number.clone()),
            status: Some(match destination {
                Destination::Pending { .. } => Status::Pending,
                Destination::Verified { .. } => Status::Verified,
            }),
        });
        Ok(ListSMSSandboxPhoneNumbersResult { next_token, phone_numbers: Some(listed.collect()) })
    }
}
