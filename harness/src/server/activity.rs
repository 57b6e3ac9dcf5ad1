//! Whether a connection is idle.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// The requests of a connection.
#[derive(Debug)]
pub(super) struct Activity(Mutex<State>);

#[derive(Debug)]
struct State {
    in_flight: usize,
    /// When the last request ended, or the connection began.
    last: Instant,
}

impl Activity {
    /// A connection that begins now.
    pub(super) fn new() -> Self {
        Self(Mutex::new(State { in_flight: 0, last: Instant::now() }))
    }

    /// A request that is in flight until what this gives is dropped.
    pub(super) fn begin(&self) -> InFlight<'_> {
        self.state().in_flight += 1;
        InFlight(self)
    }

    /// Comes back when the connection has been without a request for this long.
    pub(super) async fn idle(&self, longest: Duration) {
        loop {
            let look_again = {
                let state = self.state();
                if state.in_flight > 0 { Instant::now() + longest } else { state.last + longest }
            };
            if look_again <= Instant::now() {
                return;
            }
            sleep_until(look_again).await;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A request in flight.
#[derive(Debug)]
pub(super) struct InFlight<'a>(&'a Activity);

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.in_flight -= 1;
        state.last = Instant::now();
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::Instant;

    use super::Activity;

    #[tokio::test(start_paused = true)]
    async fn connection_is_idle_when_its_last_request_is_long_over() {
        let second = Duration::from_secs(1);
        let start = Instant::now();
        let activity = Activity::new();
        activity.idle(second * 75).await;
        assert_eq!(start.elapsed(), second * 75);
        let request = activity.begin();
        let end = async {
            tokio::time::sleep(second * 100).await;
            drop(request);
        };
        tokio::join!(activity.idle(second * 75), end);
        assert_eq!(start.elapsed(), second * (75 + 100 + 75));
    }
}
