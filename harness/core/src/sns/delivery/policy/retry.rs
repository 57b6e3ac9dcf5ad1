//! How often and how a delivery is repeated.

use std::time::Duration;

use serde_json::{Map, Value};

use super::backoff::Backoff;

/// How often a failed delivery is repeated, in four phases: at once, with the smallest delay, with growing delays, with the largest.
/// <https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Retry {
    /// The smallest delay in seconds.
    pub(crate) min_delay_secs: u32,
    /// The largest delay in seconds.
    pub(crate) max_delay_secs: u32,
    /// Retries in all four phases.
    pub(crate) retries: u32,
    /// Of those, at once.
    pub(crate) without_delay: u32,
    /// Of those, with the smallest delay.
    pub(crate) with_min_delay: u32,
    /// Of those, with the largest delay.
    pub(crate) with_max_delay: u32,
    /// How delays grow in between.
    pub(crate) backoff: Backoff,
}

/// For HTTP endpoints.
impl Default for Retry {
    fn default() -> Self {
        Self {
            min_delay_secs: 20,
            max_delay_secs: 20,
            retries: 3,
            without_delay: 0,
            with_min_delay: 0,
            with_max_delay: 0,
            backoff: Backoff::Linear,
        }
    }
}

impl Retry {
    /// For endpoints that AWS manages: queues, functions, delivery streams. 100,015 retries in 23 days.
    pub(crate) const MANAGED: Self = Self {
        min_delay_secs: 1,
        max_delay_secs: 20,
        retries: 100_015,
        without_delay: 3,
        with_min_delay: 2,
        with_max_delay: 100_000,
        backoff: Backoff::Exponential,
    };

    /// The time from the first attempt to the last, when each fails at once.
    pub(crate) fn total(&self) -> Duration {
        (1..=self.retries).filter_map(|number| self.delay(number)).sum()
    }

    /// The delay before the retry `number`, from 1; nothing when there are no more.
    pub(crate) fn delay(&self, number: u32) -> Option<Duration> {
        let at = number.checked_sub(1).filter(|at| *at < self.retries)?;
        let [least, most] = [self.min_delay_secs, self.max_delay_secs].map(|secs| Duration::from_secs(secs.into()));
        let before_backoff = self.without_delay + self.with_min_delay;
        let in_backoff = self.retries.saturating_sub(before_backoff + self.with_max_delay);
        Some(if at < self.without_delay {
            Duration::ZERO
        } else if at < before_backoff {
            least
        } else if at - before_backoff < in_backoff {
            self.backoff.delay(at - before_backoff, in_backoff, least, most)
        } else {
            most
        })
    }

    /// As policies in force show it.
    pub(crate) fn to_value(self) -> Value {
        let mut members = Map::new();
        let numbers = [
            ("minDelayTarget", self.min_delay_secs),
            ("maxDelayTarget", self.max_delay_secs),
            ("numRetries", self.retries),
            ("numMaxDelayRetries", self.with_max_delay),
            ("numNoDelayRetries", self.without_delay),
            ("numMinDelayRetries", self.with_min_delay),
        ];
        for (name, number) in numbers {
            members.insert(name.to_owned(), number.into());
        }
        members.insert("backoffFunction".to_owned(), self.backoff.as_str().into());
        Value::Object(members)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Backoff, Retry};

    fn delays(retry: Retry) -> Vec<u64> {
        (1..).map_while(|number| retry.delay(number)).map(|delay| delay.as_secs()).collect()
    }

    /// Seconds of all delays together, rounded up.
    fn total_secs(retry: Retry) -> u64 {
        let total: Duration = (1..).map_while(|number| retry.delay(number)).sum();
        total.as_millis().div_ceil(1_000).try_into().unwrap_or(u64::MAX)
    }

    #[test]
    fn http_endpoints_get_three_more_attempts_twenty_seconds_apart() {
        assert_eq!(delays(Retry::default()), [20, 20, 20]);
    }

    #[test]
    fn phases_follow_each_other() {
        let retry = Retry {
            min_delay_secs: 1,
            max_delay_secs: 9,
            retries: 11,
            without_delay: 2,
            with_min_delay: 3,
            with_max_delay: 1,
            backoff: Backoff::Linear,
        };
        assert_eq!(delays(retry), [0, 0, 1, 1, 1, 1, 3, 5, 7, 9, 9]);
        assert_eq!((retry.delay(0), retry.delay(12)), (None, None));
        assert_eq!(total_secs(retry), 37);
    }

    #[test]
    fn managed_endpoints_are_tried_for_23_days() {
        let delays: Vec<Duration> = (1..).map_while(|number| Retry::MANAGED.delay(number)).collect();
        assert_eq!(delays.len(), 100_015);
        assert_eq!(delays[..5].iter().map(Duration::as_secs).collect::<Vec<_>>(), [0, 0, 0, 1, 1]);
        assert_eq!((delays[5].as_secs(), delays[14].as_secs(), delays[15].as_secs()), (1, 20, 20));
        assert_eq!(total_secs(Retry::MANAGED) / 86_400, 23);
    }
}
