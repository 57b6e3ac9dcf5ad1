//! What may happen only so many times in 24 hours.

use std::collections::VecDeque;

use crate::Timestamp;

const DAY_MS: u64 = 86_400_000;

/// The times of the last 24 hours at which something happened.
#[derive(Debug, Default)]
pub(in crate::kinesis) struct Day(VecDeque<Timestamp>);

impl Day {
    /// Whether it may happen once more, when it may `most` times in any 24 hours.
    pub(in crate::kinesis) fn may_come(&mut self, now: Timestamp, most: usize) -> bool {
        while self.0.front().is_some_and(|at| at.as_millis() + DAY_MS <= now.as_millis()) {
            self.0.pop_front();
        }
        self.0.len() < most
    }

    /// It happens.
    pub(in crate::kinesis) fn came(&mut self, now: Timestamp) {
        self.0.push_back(now);
    }
}

#[cfg(test)]
mod tests {
    use super::{Day, Timestamp};

    #[test]
    fn window_of_a_day_slides() {
        let mut day = Day::default();
        day.came(Timestamp(0));
        day.came(Timestamp(10));
        assert!(!day.may_come(Timestamp(86_399_999), 2));
        assert!(day.may_come(Timestamp(86_400_000), 2));
        assert!(!day.may_come(Timestamp(86_400_000), 1));
    }
}
