//! Batches: how many entries, their ids, their total size.

use crate::sqs::Error;

/// Entries that a batch may have.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html>
const ENTRIES_MAX: usize = 10;
const ID_CHARS_MAX: usize = 80;
/// Bytes of all entries together, whatever the queue's own `MaximumMessageSize` is.
const BYTES_MAX: usize = 1_048_576;

/// The entries of a batch, of the type `entry`: one to ten of them, each with an id of a right form, all ids different.
pub(in crate::sqs) fn entries<'a>(
    entry: &'static str,
    ids: impl IntoIterator<Item = Option<&'a str>>,
) -> Result<(), Error> {
    let ids: Vec<&str> = ids.into_iter().map(Option::unwrap_or_default).collect();
    if ids.is_empty() {
        return Err(Error::EmptyBatchRequest { entry });
    }
    if ids.len() > ENTRIES_MAX {
        return Err(Error::TooManyEntriesInBatchRequest { sent: ids.len() });
    }
    if !ids.iter().all(|id| is_entry_id(id)) {
        return Err(Error::InvalidBatchEntryId);
    }
    let repeated = ids.iter().enumerate().find(|&(at, id)| ids[..at].contains(id));
    match repeated {
        Some((_, id)) => Err(Error::BatchEntryIdsNotDistinct { id: (*id).to_owned() }),
        None => Ok(()),
    }
}

/// Bytes of all entries together.
pub(in crate::sqs) fn total(bytes: usize) -> Result<(), Error> {
    if bytes > BYTES_MAX { Err(Error::BatchRequestTooLong { sent: bytes }) } else { Ok(()) }
}

fn is_entry_id(id: &str) -> bool {
    (1..=ID_CHARS_MAX).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::{entries, total};
    use crate::sqs::Error;

    const ENTRY: &str = "SendMessageBatchRequestEntry";

    fn check(ids: &[&str]) -> Result<(), Error> {
        entries(ENTRY, ids.iter().map(|id| Some(*id)))
    }

    #[test]
    fn one_to_ten_different_ids_are_accepted() {
        assert_eq!(check(&["a"]), Ok(()));
        let ten: Vec<String> = (0..10).map(|at| format!("entry_{at}-A")).collect();
        assert_eq!(entries(ENTRY, ten.iter().map(|id| Some(id.as_str()))), Ok(()));
        assert_eq!(check(&["a".repeat(80).as_str()]), Ok(()));
    }

    #[test]
    fn number_of_entries_is_checked_before_their_ids() {
        assert_eq!(check(&[]), Err(Error::EmptyBatchRequest { entry: ENTRY }));
        assert_eq!(check(&["bad:id"; 20]), Err(Error::TooManyEntriesInBatchRequest { sent: 20 }));
    }

    #[test]
    fn ids_of_another_form_are_refused() {
        for id in ["", "bad:id", "ä", &"a".repeat(81)] {
            assert_eq!(check(&["a", id]), Err(Error::InvalidBatchEntryId), "{id}");
        }
        assert_eq!(entries(ENTRY, [None]), Err(Error::InvalidBatchEntryId));
    }

    #[test]
    fn repeated_id_is_named() {
        assert_eq!(check(&["a", "b", "a"]), Err(Error::BatchEntryIdsNotDistinct { id: "a".to_owned() }));
    }

    #[test]
    fn total_of_1_mib_is_accepted_and_a_byte_more_refused() {
        assert_eq!(total(1_048_576), Ok(()));
        assert_eq!(total(1_048_577), Err(Error::BatchRequestTooLong { sent: 1_048_577 }));
    }
}
