//! Token buckets in explicit time.

use crate::Timestamp;

/// Tokens that come back at a steady rate. Levels are in thousandths, so that a millisecond's share is a whole number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::kinesis) struct Bucket {
    per_second: i64,
    capacity: i64,
    level: i64,
    at: Timestamp,
}

impl Bucket {
    /// A full bucket that holds what comes in a second.
    pub(in crate::kinesis) fn of_a_second(per_second: i64, now: Timestamp) -> Self {
        Self { per_second, capacity: per_second * 1_000, level: per_second * 1_000, at: now }
    }

    /// Lets come back what came since the last time; gives what did not fit.
    pub(in crate::kinesis) fn refill(&mut self, now: Timestamp) -> i64 {
        let passed = i64::try_from(now.since(self.at).as_millis()).unwrap_or(i64::MAX);
        self.at = self.at.max(now);
        let full = self.level.saturating_add(passed.saturating_mul(self.per_second));
        self.level = full.min(self.capacity);
        full - self.level
    }

    /// Whether it holds so many tokens.
    pub(in crate::kinesis) fn holds(&self, tokens: i64) -> bool {
        self.level >= tokens * 1_000
    }

    /// Takes out as many tokens as are there, at most `tokens`; gives how many thousandths are missing.
    pub(in crate::kinesis) fn drain(&mut self, tokens: i64) -> i64 {
        let missing = (tokens * 1_000 - self.level).max(0);
        self.level -= tokens * 1_000 - missing;
        missing
    }

    /// Takes out tokens that it holds.
    pub(in crate::kinesis) fn take(&mut self, tokens: i64) {
        self.level -= tokens * 1_000;
    }

    /// Takes out tokens even if it has to make debts. Who takes more than a second's share loses what was saved.
    pub(in crate::kinesis) fn owe(&mut self, tokens: i64) {
        let tokens = tokens * 1_000;
        self.level = if tokens > self.capacity { 1 - tokens } else { self.level - tokens };
    }

    /// Whether it has, or would have by now, all that it can hold.
    pub(in crate::kinesis) fn is_full(mut self, now: Timestamp) -> bool {
        self.refill(now);
        self.level == self.capacity
    }

    /// Whether anything is in it.
    pub(in crate::kinesis) fn has_any(&self) -> bool {
        self.level > 0
    }
}

#[cfg(test)]
mod tests {
    use super::{Bucket, Timestamp};

    #[test]
    fn tokens_come_back_at_their_rate_and_no_more_than_a_seconds() {
        let mut bucket = Bucket::of_a_second(5, Timestamp(0));
        bucket.take(5);
        assert!(!bucket.holds(1));
        assert_eq!((bucket.refill(Timestamp(199)), bucket.holds(1)), (0, false));
        assert_eq!((bucket.refill(Timestamp(200)), bucket.holds(1)), (0, true));
        assert_eq!((bucket.refill(Timestamp(1_300)), bucket.holds(5), bucket.holds(6)), (1_500, true, false));
    }

    #[test]
    fn debts_are_paid_back_in_full_before_anything_is_in_it() {
        let mut bucket = Bucket::of_a_second(2, Timestamp(0));
        bucket.owe(10);
        bucket.refill(Timestamp(4_999));
        assert!(!bucket.has_any());
        bucket.refill(Timestamp(5_000));
        assert!(bucket.has_any());
    }
}
