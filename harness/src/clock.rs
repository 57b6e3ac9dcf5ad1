//! Virtual time: a start and what tokio's clock says has passed since.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_smithy_async::time::TimeSource;
use redeliver_core::Timestamp;
use tokio::sync::Notify;
use tokio::time::Instant;

/// Farther than any timer is set: tokio's clock cannot tell much later times.
const FAR: Duration = Duration::from_hours(24 * 365);

/// How far a clock can be put ahead in all: a thousand years.
#[cfg(feature = "server")]
const FURTHEST: Duration = Duration::from_hours(24 * 365 * 1_000);

/// Virtual time: a start and what tokio's clock says has passed since. Clones are the same clock.
///
/// Where tokio's clock is paused (`#[tokio::test(start_paused = true)]`), waiting costs nothing; elsewhere virtual time passes as fast as
/// real time. A served harness can also be steered from outside: its clock jumps ahead, stands still and runs again.
#[derive(Debug, Clone)]
pub struct Clock {
    start: Timestamp,
    hand: Arc<Mutex<Hand>>,
    /// Tells those who sleep by the clock that it was steered.
    steered: Arc<Notify>,
}

/// Where the clock stands.
#[derive(Debug, Clone, Copy)]
struct Hand {
    /// When tokio's clock was first asked; `None` before.
    origin: Option<Instant>,
    /// What had passed since the start when the hand was last set.
    passed: Duration,
    /// Since when it runs from there; `None` while it stands still.
    since: Option<Instant>,
    /// How many times as fast as tokio's clock.
    scale: u32,
}

impl Hand {
    fn passed(&self) -> Duration {
        self.passed + self.since.map_or(Duration::ZERO, |since| since.elapsed() * self.scale)
    }
}

impl Clock {
    /// A clock that stands at `start`. It starts now, or at its first use when it is made outside of a runtime, whose clock would be
    /// another one.
    pub(crate) fn starting_at(start: Timestamp) -> Self {
        let clock = Self {
            start,
            hand: Arc::new(Mutex::new(Hand { origin: None, passed: Duration::ZERO, since: None, scale: 1 })),
            steered: Arc::default(),
        };
        if tokio::runtime::Handle::try_current().is_ok() {
            drop(clock.hand());
        }
        clock
    }

    fn hand(&self) -> MutexGuard<'_, Hand> {
        let mut hand = self.hand.lock().unwrap_or_else(PoisonError::into_inner);
        if hand.origin.is_none() {
            hand.origin = Some(Instant::now());
            hand.since = hand.origin;
        }
        hand
    }

    /// What time it is.
    pub fn now(&self) -> Timestamp {
        self.start + self.hand().passed()
    }

    /// Lets `duration` pass. What is due within it happens at its own time: timers fire, long polls end, messages come back.
    pub async fn advance(&self, duration: Duration) {
        let scale = self.hand().scale;
        tokio::time::sleep(duration / scale).await;
    }

    /// Lets time pass until `at`; does nothing when that has passed.
    pub async fn advance_to(&self, at: Timestamp) {
        match self.instant(at) {
            Some(instant) => tokio::time::sleep_until(instant).await,
            None => std::future::pending().await,
        }
    }

    /// The moment of tokio's clock that `at` stands for as long as nobody steers; times a year away and more are a year away, and while
    /// the clock stands still nothing comes.
    fn instant(&self, at: Timestamp) -> Option<Instant> {
        let hand = *self.hand();
        let ahead = at.since(self.start).saturating_sub(hand.passed);
        hand.since.map(|since| since + ahead.min(since.elapsed() * hand.scale + FAR) / hand.scale)
    }
}

impl Clock {
    /// When `duration` of tokio's time will have passed, if nobody steers.
    pub(crate) fn after(&self, duration: Duration) -> Timestamp {
        let scale = self.hand().scale;
        self.now() + duration * scale
    }

    /// Comes back when it is `at`, whoever steers the clock meanwhile.
    pub(crate) async fn reach(&self, at: Timestamp) {
        while self.now() < at {
            let steered = self.steered.notified();
            tokio::pin!(steered);
            // From here on nothing is missed.
            steered.as_mut().enable();
            tokio::select! {
                () = steered => {}
                () = self.advance_to(at) => {}
            }
        }
    }

    /// Lets the clock run so many times as fast as tokio's, from its start.
    pub(crate) fn scale(&self, scale: u32) {
        self.hand().scale = scale.max(1);
    }
}

/// Steering; whoever sleeps by the clock has to be told.
#[cfg(feature = "server")]
impl Clock {
    /// Puts the clock ahead.
    pub(crate) fn jump(&self, duration: Duration) {
        self.set(|hand| hand.passed = hand.passed.saturating_add(duration).min(FURTHEST));
    }

    /// Lets the clock stand still or run.
    pub(crate) fn freeze(&self, frozen: bool) {
        self.set(|hand| hand.since = (!frozen).then(Instant::now));
    }

    /// Whether the clock stands still.
    pub(crate) fn is_frozen(&self) -> bool {
        self.hand().since.is_none()
    }

    /// Puts the clock where it would be had nobody steered it.
    pub(crate) fn let_go(&self) {
        self.set(|hand| {
            hand.passed = hand.origin.map_or(Duration::ZERO, |origin| origin.elapsed());
            hand.since = Some(Instant::now());
        });
    }

    fn set(&self, set: impl FnOnce(&mut Hand)) {
        let mut hand = self.hand();
        hand.passed = hand.passed();
        if hand.since.is_some() {
            hand.since = Some(Instant::now());
        }
        set(&mut hand);
        drop(hand);
        self.steered.notify_waiters();
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
        let ahead = clock.instant(Timestamp(u64::MAX)).unwrap() - tokio::time::Instant::now();
        assert_eq!(ahead, super::FAR);
    }

    #[cfg(feature = "server")]
    #[tokio::test(start_paused = true)]
    async fn steered_clock_jumps_stands_still_and_finds_back() {
        let second = Duration::from_secs(1);
        let clock = Clock::starting_at(Timestamp(0));
        clock.jump(second * 60);
        clock.advance(second).await;
        assert_eq!((clock.now(), clock.is_frozen()), (Timestamp(61_000), false));
        clock.freeze(true);
        clock.advance(second).await;
        assert_eq!((clock.now(), clock.is_frozen()), (Timestamp(61_000), true));
        clock.jump(second);
        assert_eq!((clock.now(), clock.instant(Timestamp(70_000))), (Timestamp(62_000), None));
        clock.freeze(false);
        let due = clock.instant(Timestamp(70_000)).unwrap();
        assert_eq!(due - tokio::time::Instant::now(), second * 8);
        clock.advance(second).await;
        assert_eq!(clock.now(), Timestamp(63_000));
        clock.let_go();
        assert_eq!(clock.now(), Timestamp(3_000), "three seconds of tokio's have passed");
        clock.jump(Duration::MAX);
        clock.jump(Duration::MAX);
        assert_eq!(clock.now(), Timestamp(0) + super::FURTHEST);
    }
}
