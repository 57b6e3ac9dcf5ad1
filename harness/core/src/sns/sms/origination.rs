//! `ListOriginationNumbers`.

use redeliver_model::sns::{ListOriginationNumbersRequest, ListOriginationNumbersResult};

use crate::sns::paging::Paging;
use crate::sns::{Error, Sns};

impl Sns {
    /// The numbers that messages come from. They are bought elsewhere, no operation of SNS adds one, so an account here has none.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_ListOriginationNumbers.html>
    pub(in crate::sns) fn list_origination_numbers(
        input: ListOriginationNumbersRequest,
    ) -> Result<ListOriginationNumbersResult, Error> {
        Paging::new(input.next_token)?;
        Ok(ListOriginationNumbersResult { next_token: None, phone_numbers: Some(Vec::new()) })
    }
}
