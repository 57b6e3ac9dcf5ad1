//! Numbers that have a least and a greatest value.

use crate::sqs::Error;

/// `WaitTimeSeconds`, 0 to 20.
pub(in crate::sqs) fn wait_secs(value: Option<i32>) -> Result<Option<u32>, Error> {
    value.map(|value| within(value, 0, 20, "WaitTimeSeconds", "Must be >= 0 and <= 20, if provided.")).transpose()
}

/// `MaxNumberOfMessages`, 1 to 10; 1 when it is absent.
pub(in crate::sqs) fn max_messages(value: Option<i32>) -> Result<usize, Error> {
    let reason = "Must be between 1 and 10, if provided.";
    Ok(within(value.unwrap_or(1), 1, 10, "MaxNumberOfMessages", reason)? as usize)
}

/// `VisibilityTimeout` of a receive or a change, 0 to 43,200. The text is not recorded; it follows that of `WaitTimeSeconds`.
pub(in crate::sqs) fn visibility_secs(value: i32) -> Result<u32, Error> {
    within(value, 0, 43_200, "VisibilityTimeout", "Must be >= 0 and <= 43200, if provided.")
}

/// `DelaySeconds` of a message, 0 to 900. The text is not recorded; public reports quote it.
pub(in crate::sqs) fn delay_secs(value: i32) -> Result<u32, Error> {
    within(value, 0, 900, "DelaySeconds", "DelaySeconds must be >= 0 and <= 900.")
}

/// `MaxResults` of a list of queues, 1 to 1,000. The text is not recorded.
pub(in crate::sqs) fn max_results(value: Option<i32>) -> Result<Option<usize>, Error> {
    match value {
        None => Ok(None),
        Some(value) if (1..=1_000).contains(&value) => Ok(usize::try_from(value).ok()),
        Some(_) => Err(Error::MaxResultsOutOfRange),
    }
}

/// `MaxNumberOfMessagesPerSecond` of a message move task, 1 to 500. The text is not recorded.
pub(in crate::sqs) fn move_rate(value: Option<i32>) -> Result<Option<u32>, Error> {
    let reason = "Must be between 1 and 500, if provided.";
    value.map(|value| within(value, 1, 500, "MaxNumberOfMessagesPerSecond", reason)).transpose()
}

/// `MaxResults` of a list of message move tasks, 1 to 10; 1 when it is absent. The text is not recorded.
pub(in crate::sqs) fn max_tasks(value: Option<i32>) -> Result<usize, Error> {
    let reason = "Must be between 1 and 10, if provided.";
    Ok(within(value.unwrap_or(1), 1, 10, "MaxResults", reason)? as usize)
}

fn within(value: i32, least: u32, greatest: u32, parameter: &'static str, reason: &'static str) -> Result<u32, Error> {
    match u32::try_from(value) {
        Ok(value) if (least..=greatest).contains(&value) => Ok(value),
        _ => Err(Error::InvalidParameter { value: value.to_string(), parameter, reason }),
    }
}

#[cfg(test)]
mod tests {
    use super::{delay_secs, max_messages, max_results, visibility_secs, wait_secs};
    use crate::sqs::Error;

    fn text<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
        result.unwrap_err().to_string()
    }

    /// Recorded on AWS.
    #[test]
    fn numbers_of_a_receive_are_refused_in_the_words_of_aws() {
        let wait = |value| text(wait_secs(Some(value)));
        let reason = "for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.";
        assert_eq!((wait(21), wait(-1)), (format!("Value 21 {reason}"), format!("Value -1 {reason}")));
        assert_eq!(
            text(max_messages(Some(11))),
            "Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided."
        );
    }

    #[test]
    fn ends_of_each_range_are_in_it_and_their_neighbours_are_not() {
        assert_eq!((wait_secs(None), wait_secs(Some(0)), wait_secs(Some(20))), (Ok(None), Ok(Some(0)), Ok(Some(20))));
        assert_eq!((max_messages(None), max_messages(Some(1)), max_messages(Some(10))), (Ok(1), Ok(1), Ok(10)));
        assert_eq!((visibility_secs(0), visibility_secs(43_200)), (Ok(0), Ok(43_200)));
        assert_eq!((delay_secs(0), delay_secs(900)), (Ok(0), Ok(900)));
        let results = [None, Some(1), Some(1_000)].map(max_results);
        assert_eq!(results, [Ok(None), Ok(Some(1)), Ok(Some(1_000))]);
        for outside in [max_messages(Some(0)).is_err(), visibility_secs(-1).is_err(), visibility_secs(43_201).is_err()]
        {
            assert!(outside);
        }
        assert!(delay_secs(-1).is_err() && delay_secs(901).is_err());
        assert_eq!(
            [0, 1_001, -5].map(|value| max_results(Some(value))),
            [const { Err(Error::MaxResultsOutOfRange) }; 3]
        );
    }
}
