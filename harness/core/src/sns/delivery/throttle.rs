//! Deliveries a second, for each subscription that has a limit.

use std::collections::BTreeMap;

use crate::{Timestamp, sns::SubscriptionId};

/// When each subscription may get its next delivery.
#[derive(Debug, Default)]
pub(super) struct Throttle {
    /// In microseconds, since a rate can be more than one a millisecond.
    next: BTreeMap<SubscriptionId, u64>,
}

impl Throttle {
    /// The time, not before `at`, at which the next delivery may go, and takes it. The rate is an average: a subscription that was
    /// quiet has no more coming to it than one that was not.
    pub(super) fn slot(&mut self, at: Timestamp, subscription: SubscriptionId, rate: Option<u32>) -> Timestamp {
        let Some(rate) = rate else {
            self.next.remove(&subscription);
            return at;
        };
        let wanted = at.as_millis().saturating_mul(1_000);
        let next = self.next.entry(subscription).or_default();
        let slot = wanted.max(*next);
        *next = slot + 1_000_000 / u64::from(rate.max(1));
        Timestamp(slot.div_ceil(1_000))
    }

    /// Forgets a subscription that is gone.
    pub(super) fn forget(&mut self, subscription: SubscriptionId) {
        self.next.remove(&subscription);
    }
}

#[cfg(test)]
mod tests {
    use super::{SubscriptionId, Throttle, Timestamp};

    #[test]
    fn deliveries_are_as_far_apart_as_the_rate_says() {
        let mut throttle = Throttle::default();
        let mut slots = |at, rate| {
            let slot = |_| throttle.slot(Timestamp(at), SubscriptionId(1), rate).as_millis();
            (0..4).map(slot).collect::<Vec<_>>()
        };
        assert_eq!(slots(1_000, Some(2)), [1_000, 1_500, 2_000, 2_500]);
        assert_eq!(slots(10_000, Some(2)), [10_000, 10_500, 11_000, 11_500], "a pause saves nothing up");
        assert_eq!(slots(20_000, Some(4_000)), [20_000, 20_001, 20_001, 20_001]);
        assert_eq!(slots(30_000, None), [30_000; 4]);
    }
}
