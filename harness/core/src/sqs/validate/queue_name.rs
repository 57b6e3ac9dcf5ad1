//! Names of queues.

use crate::sqs::Error;

/// The name of a new queue: 1 to 80 letters, digits, hyphens and underscores; `.fifo` at the end, which counts in the 80, exactly when
/// the queue is to be a FIFO queue.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html>
pub(in crate::sqs) fn queue_name(name: &str, fifo: bool) -> Result<(), Error> {
    const CHARS_MAX: usize = 80;
    if name.is_empty() {
        return Err(Error::QueueNameMissing);
    }
    let stem = if fifo { name.strip_suffix(".fifo").unwrap_or_default() } else { name };
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if stem.is_empty() || name.len() > CHARS_MAX || !stem.bytes().all(is_allowed) {
        return Err(Error::InvalidQueueName { fifo });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::queue_name;
    use crate::sqs::Error;

    #[test]
    fn names_of_80_letters_digits_hyphens_and_underscores_are_accepted() {
        let [standard, fifo] = ["n".repeat(80), format!("{}.fifo", "n".repeat(75))];
        for (name, fifo) in [("a", false), ("Az-0_9", false), (&standard, false), ("a.fifo", true), (&fifo, true)] {
            assert_eq!(queue_name(name, fifo), Ok(()), "{name}");
        }
    }

    #[test]
    fn names_of_another_form_are_refused() {
        let [standard, fifo] = ["n".repeat(81), format!("{}.fifo", "n".repeat(76))];
        for name in ["queue/name", "a.b", "ä", "a b", "name.fifo", &standard] {
            assert_eq!(queue_name(name, false), Err(Error::InvalidQueueName { fifo: false }), "{name}");
        }
        for name in ["name", ".fifo", "na.me.fifo", "name.FIFO", &fifo] {
            assert_eq!(queue_name(name, true), Err(Error::InvalidQueueName { fifo: true }), "{name}");
        }
        assert_eq!(queue_name("", false), Err(Error::QueueNameMissing));
    }
}
