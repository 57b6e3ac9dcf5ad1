//! How delays grow between the smallest and the largest.

use std::time::Duration;

/// How the delays of the backoff phase grow.
///
/// AWS names the functions and shows their curves, not their formulas. The plainest reading: each begins with the smallest delay, ends with
/// the largest and never falls. Linear grows by equal steps; arithmetic by steps that themselves grow equally; geometric by equal
/// factors; exponential by steps that double.
/// <https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) enum Backoff {
    /// Equal steps.
    #[default]
    Linear,
    /// Steps that grow equally.
    Arithmetic,
    /// Equal factors.
    Geometric,
    /// Steps that double.
    Exponential,
}

impl Backoff {
    /// All functions.
    const ALL: [Self; 4] = [Self::Linear, Self::Arithmetic, Self::Geometric, Self::Exponential];

    /// The function of this name.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|function| function.as_str() == text)
    }

    /// As policies name it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Linear => "linear",
            Self::Arithmetic => "arithmetic",
            Self::Geometric => "geometric",
            Self::Exponential => "exponential",
        }
    }

    /// The delay before the retry `at`, from 0, of `count` in this phase. A single one waits for the smallest delay.
    pub(crate) fn delay(self, at: u32, count: u32, least: Duration, most: Duration) -> Duration {
        if at == 0 || most <= least {
            return least;
        }
        if at + 1 >= count {
            return most;
        }
        let (at, end) = (f64::from(at), f64::from(count - 1));
        let (low, high) = (least.as_secs_f64(), most.as_secs_f64());
        let between = |share: f64| low + (high - low) * share;
        let seconds = match self {
            Self::Linear => between(at / end),
            Self::Arithmetic => between(at * (at + 1.0) / (end * (end + 1.0))),
            Self::Geometric => low * (high / low).powf(at / end),
            // As 2^-(end - at), so that many retries do not make numbers too large.
            Self::Exponential => between(((at - end).exp2() - (-end).exp2()) / (1.0 - (-end).exp2())),
        };
        // Times are whole milliseconds.
        Duration::from_millis(
            Duration::from_secs_f64(seconds.clamp(low, high)).as_millis().try_into().unwrap_or(u64::MAX),
        )
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Backoff;

    fn delays(function: Backoff, count: u32, least: u64, most: u64) -> Vec<u128> {
        let [least, most] = [least, most].map(Duration::from_secs);
        (0..count).map(|at| function.delay(at, count, least, most).as_millis()).collect()
    }

    #[test]
    fn functions_grow_from_the_smallest_to_the_largest_delay() {
        assert_eq!(delays(Backoff::Linear, 5, 1, 9), [1_000, 3_000, 5_000, 7_000, 9_000]);
        assert_eq!(delays(Backoff::Arithmetic, 5, 1, 21), [1_000, 3_000, 7_000, 13_000, 21_000]);
        assert_eq!(delays(Backoff::Geometric, 5, 1, 16), [1_000, 2_000, 4_000, 8_000, 16_000]);
        assert_eq!(delays(Backoff::Exponential, 5, 1, 16), [1_000, 2_000, 4_000, 8_000, 16_000]);
        assert_eq!(delays(Backoff::Exponential, 4, 10, 80), [10_000, 20_000, 40_000, 80_000]);
    }

    #[test]
    fn delays_never_fall_and_stay_within_their_bounds() {
        for function in Backoff::ALL {
            for (count, least, most) in
                [(1, 1, 20), (2, 1, 20), (3, 20, 20), (10, 1, 20), (100, 1, 3_600), (100, 3_600, 3_600)]
            {
                let delays = delays(function, count, least, most);
                assert!(delays.is_sorted(), "{function:?} {delays:?}");
                assert_eq!(delays[0], u128::from(least) * 1_000);
                assert!(*delays.last().unwrap() <= u128::from(most) * 1_000);
                assert!(count == 1 || *delays.last().unwrap() == u128::from(most) * 1_000);
            }
        }
    }

    #[test]
    fn names_are_those_of_policies() {
        for function in Backoff::ALL {
            assert_eq!(Backoff::parse(function.as_str()), Some(function));
        }
        assert_eq!(Backoff::parse("Linear"), None);
    }
}
