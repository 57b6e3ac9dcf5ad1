//! Names that callers give: message groups, deduplication ids, receive attempts; and receipt handles as texts.

use crate::sqs::Error;

const CHARS_MAX: usize = 128;
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html>
const HANDLE_CHARS_MAX: usize = 1_024;

/// A message group's id, on queues of both types: 1 to 128 letters, digits and punctuation characters of ASCII.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html>
pub(in crate::sqs) fn group_id(value: &str) -> Result<(), Error> {
    let reason = "MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.";
    graphic(value, "MessageGroupId", reason)
}

/// A deduplication id, of the same form as a message group's. Its text is not recorded; it follows the other's.
pub(in crate::sqs) fn deduplication_id(value: &str) -> Result<(), Error> {
    let reason = "MessageDeduplicationId can only include alphanumeric and punctuation characters. 1 to 128 in length.";
    graphic(value, "MessageDeduplicationId", reason)
}

/// The id of a receive that may be repeated, of the same form. Its text is not recorded; it follows the others'.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html>
pub(in crate::sqs) fn attempt_id(value: &str) -> Result<(), Error> {
    let reason =
        "ReceiveRequestAttemptId can only include alphanumeric and punctuation characters. 1 to 128 in length.";
    graphic(value, "ReceiveRequestAttemptId", reason)
}

/// A receipt handle as a text: there, and not longer than any that AWS gives out.
pub(in crate::sqs) fn receipt_handle(value: Option<&str>) -> Result<&str, Error> {
    let handle =
        value.filter(|handle| !handle.is_empty()).ok_or(Error::MissingParameter { parameter: "ReceiptHandle" })?;
    if handle.len() > HANDLE_CHARS_MAX && handle.chars().count() > HANDLE_CHARS_MAX {
        return Err(Error::ReceiptHandleIsInvalid { handle: handle.to_owned() });
    }
    Ok(handle)
}

fn graphic(value: &str, parameter: &'static str, reason: &'static str) -> Result<(), Error> {
    if (1..=CHARS_MAX).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(());
    }
    Err(Error::InvalidParameter { value: value.to_owned(), parameter, reason })
}

#[cfg(test)]
mod tests {
    use super::{attempt_id, deduplication_id, group_id, receipt_handle};
    use crate::sqs::Error;

    #[test]
    fn ids_take_letters_digits_and_all_punctuation() {
        let longest = "a".repeat(128);
        for id in ["a", "Z9", r##"!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"##, &longest] {
            assert_eq!((group_id(id), deduplication_id(id), attempt_id(id)), (Ok(()), Ok(()), Ok(())), "{id}");
        }
    }

    #[test]
    fn ids_with_spaces_or_of_wrong_length_are_refused() {
        let too_long = "a".repeat(129);
        for id in ["", "group 123", "ä", "a\n", &too_long] {
            assert!(group_id(id).is_err() && deduplication_id(id).is_err() && attempt_id(id).is_err(), "{id:?}");
        }
    }

    /// Recorded on AWS.
    #[test]
    fn group_id_is_refused_in_the_words_of_aws() {
        assert_eq!(
            group_id("group 123").unwrap_err().to_string(),
            "Value group 123 for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length."
        );
    }

    #[test]
    fn receipt_handle_is_at_most_1024_characters() {
        let [longest, too_long] = [1024, 1025].map(|length| "a".repeat(length));
        assert_eq!(receipt_handle(Some(&longest)), Ok(longest.as_str()));
        assert_eq!(receipt_handle(Some(&too_long)), Err(Error::ReceiptHandleIsInvalid { handle: too_long.clone() }));
        assert_eq!(receipt_handle(None), Err(Error::MissingParameter { parameter: "ReceiptHandle" }));
        assert_eq!(receipt_handle(Some("")), Err(Error::MissingParameter { parameter: "ReceiptHandle" }));
    }
}
