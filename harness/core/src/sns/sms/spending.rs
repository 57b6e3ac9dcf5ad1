//! What was spent on messages in a month.

use redeliver_model::calendar;

use crate::Timestamp;

/// What was spent in the month of the last message.
#[derive(Debug, Default)]
pub(super) struct Spending {
    month: u64,
    micro_usd: u64,
}

impl Spending {
    /// Spends so much, unless the month's limit would be exceeded. silent: AWS stops within minutes; here it is at once.
    pub(super) fn spend(&mut self, now: Timestamp, micro_usd: u64, limit_usd: u64) -> bool {
        let month = month(now);
        if month != self.month {
            *self = Self { month, micro_usd: 0 };
        }
        let total = self.micro_usd.saturating_add(micro_usd);
        let allowed = total <= limit_usd.saturating_mul(1_000_000);
        if allowed {
            self.micro_usd = total;
        }
        allowed
    }
}

/// The month of a time in UTC, counted from the year 0.
fn month(now: Timestamp) -> u64 {
    let (year, month, _) = calendar::date(now);
    year * 12 + month
}

#[cfg(test)]
mod tests {
    use super::{Spending, month};
    use crate::Timestamp;

    /// 2026-01-31, 2026-02-01, 2026-02-28, 2026-03-01, each at 00:00 UTC, and the last milliseconds of January.
    const DAYS: [u64; 5] =
        [1_769_817_600_000, 1_769_904_000_000, 1_772_236_800_000, 1_772_323_200_000, 1_769_903_999_999];

    #[test]
    fn months_are_those_of_the_calendar() {
        let [january, february, end_of_february, march, end_of_january] = DAYS.map(|at| month(Timestamp(at)));
        assert_eq!(
            [february, end_of_february, march, end_of_january],
            [january + 1, january + 1, january + 2, january]
        );
    }

    #[test]
    fn limit_is_that_of_a_month() {
        let mut spending = Spending::default();
        let mut spend = |at, micro_usd| spending.spend(Timestamp(at), micro_usd, 1);
        let within = [spend(DAYS[0], 600_000), spend(DAYS[4], 400_000), spend(DAYS[4], 1), spend(DAYS[1], 1)];
        assert_eq!(within, [true, true, false, true]);
    }
}
