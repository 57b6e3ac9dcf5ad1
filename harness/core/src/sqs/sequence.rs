//! Sequence numbers of FIFO messages.

/// The number before the first one: of the size that AWS was seen to use, 20 digits and beyond 64 bits.
const BASE: u128 = 18_850_000_000_000_000_000;
/// Numbers grow but do not follow each other.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html>
const STEP: u128 = 256;

/// The sequence number of the message that was the `position`-th to be enqueued: 20 digits, growing with the position.
pub(super) fn sequence_number(position: u64) -> String {
    (BASE + u128::from(position) * STEP).to_string()
}

#[cfg(test)]
mod tests {
    use super::sequence_number;

    #[test]
    fn sequence_numbers_have_twenty_digits_and_grow_as_text() {
        let numbers = [1, 2, 9, 10, 1 << 40].map(sequence_number);
        assert!(numbers.is_sorted());
        assert_eq!(numbers.map(|number| number.len()), [20; 5]);
    }
}
