//! Virtual time: a start and what tokio's clock says has passed since.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_smithy_async::time::TimeSource;
use redeliver_core::Timestamp;
use tokio::time::Instant;

/// Farther than any timer is set: tokio's clock cannot tell much later times.
const FAR: Duration = Duration::from_hours(24 * 365);

/// Virtual time: a start and what tokio's clock says has passed since. Clones are the same clock.
///
/// Where tokio's clock is paused (`#[tokio::test(start_paused = true)]`), waiting costs nothing; elsewhere virtual time passes as fast as
/// real time.
#[derive(Debug, Clone)]
pub struct Clock {
    start: Timestamp,
    origin: Arc<OnceLock<Instant>>,
}

impl Clock {
    /// A clock that stands at `start`. It starts now, or at its first use when it is made outside of a runtime, whose clock would be
    /// another one.
    pub(crate) fn starting_at(start: Timestamp) -> Self {
        let clock = Self { start, origin: Arc::new(OnceLock::new()) };
        if tokio::runtime::Handle::try_current().is_ok() {
            clock.origin();
        }
        clock
    }

    fn origin(&self) -> Instant {
        *self.origin.get_or_init(Instant::now)
    }

    /// What time it is.
    pub fn now(&self) -> Timestamp {
        self.start + self.origin().elapsed()
    }

    /// Lets `duration` pass. What is due within it happens at its own time: timers fire, long polls end, messages come back.
    pub async fn advance(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }

    /// Lets time pass until `at`; does nothing when that has passed.
    pub async fn advance_to(&self, at: Timestamp) {
        tokio::time::sleep_until(self.instant(at)).await;
    }

    /// The moment of tokio's clock that `at` stands for; times a year away and more are a year away.
    pub(crate) fn instant(&self, at: Timestamp) -> Instant {
        let origin = self.origin();
        let ahead = at.since(self.start);
        let latest = origin.elapsed() + FAR;
        origin + ahead.min(latest)
    }
}

/// The AWS SDK asks for the time to sign requests and to age credentials.
impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_millis(Clock::now(self).as_millis())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use redeliver_core::Timestamp;

    use super::Clock;

    #[tokio::test(start_paused = true)]
    async fn clock_stands_still_until_time_passes() {
        let clock = Clock::starting_at(Timestamp(1_000));
        assert_eq!(clock.now(), Timestamp(1_000));
        clock.advance(Duration::from_hours(14 * 24)).await;
        assert_eq!(clock.now(), Timestamp(1_000 + 1_209_600_000));
        clock.advance_to(Timestamp(5)).await;
        clock.advance_to(clock.now() + Duration::from_millis(7)).await;
        assert_eq!(clock.clone().now(), Timestamp(1_000 + 1_209_600_007));
    }

    #[test]
    fn clock_made_outside_of_a_runtime_starts_at_its_first_use() {
        let clock = Clock::starting_at(Timestamp(5));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        let later = runtime.block_on(async {
            tokio::time::sleep(Duration::from_secs(9)).await;
            let first = clock.now();
            clock.advance(Duration::from_secs(1)).await;
            (first, clock.now())
        });
        assert_eq!(later, (Timestamp(5), Timestamp(1_005)));
    }

    #[tokio::test(start_paused = true)]
    async fn times_beyond_the_reach_of_timers_are_a_year_away() {
        let clock = Clock::starting_at(Timestamp(0));
        let ahead = clock.instant(Timestamp(u64::MAX)) - tokio::time::Instant::now();
        assert_eq!(ahead, super::FAR);
    }
}
